"""An outlet's designs: its selectors are used if they match, else the generic reader; a disagreement is recorded."""

from datetime import date

import pytest

from crawler.reading.outlet import Design, Outlet
from tests.reading.markup import FIRST, SECOND, THIRD, URL, json_ld, page, paragraphs, read, texts

NEW = Design(
    evidence="page",
    headline="h1.head",
    deck="p.sub::text",
    byline="span.by",
    published="span.on::attr(data-time)",
    dateline="ul.meta li:first-child",
    section="nav.crumb a:last-child",
    tags="a.tag",
    body="div.story",
    junk="div.story .promo-box",
)
OLD = Design(evidence="page", until=date(2019, 12, 31), body="td.oldstory", byline="td.by")


def outlet(*designs: Design) -> Outlet:
    return Outlet(
        slug="khabar",
        name="खबर",
        hosts=("khabar.example",),
        group="digital",
        article=r"/world/.+-(?P<number>\d+)$",
        article_evidence="unverified",
        designs=designs or (NEW, OLD),
        signatures=("खबर डेस्क",),
    )


IN_NEW_DESIGN = (
    "<html><head><title>वरुणपुर में आंधी</title></head><body>"
    "<nav class='crumb'><a href='/'>होम</a><a href='/w'>विदेश</a></nav>"
    "<div><h1 class='head'>वरुणपुर में आंधी</h1>"
    "<p class='sub'>बिजली लौटने में दो दिन लगेंगे</p><span class='by'>रमेश वर्मा</span>"
    "<span class='on' data-time='2024-06-12T10:15:00+05:30'>कल</span>"
    "<ul class='meta'><li>काठमांडू,</li><li>12 जून</li></ul>"
    f"<div class='story'><p>{FIRST}</p><div class='promo-box'><p>{THIRD} यह प्रचार है।</p></div><p>{SECOND}</p></div>"
    f"<div class='wide'>{paragraphs(*[THIRD + ' दूसरी खबर का लंबा पाठ।'] * 6)}</div>"
    f"<a class='tag' href='/t'>आंधी</a></div></body></html>"
)


def test_selectors_find_what_standard_markup_lacks() -> None:
    article = read(IN_NEW_DESIGN, outlet=outlet())

    assert texts(article) == [FIRST, SECOND]
    assert (article.headline, article.deck) == ("वरुणपुर में आंधी", "बिजली लौटने में दो दिन लगेंगे")
    assert (article.byline, article.section, article.tags) == (["रमेश वर्मा"], "विदेश", ["आंधी"])
    assert article.published_at == "2024-06-12T04:45:00Z"
    for name in ("headline", "deck", "byline", "published_at", "dateline", "section", "tags", "body"):
        assert article.provenance[name] == "selector", name


def test_a_place_printed_outside_the_text_is_the_dateline() -> None:
    dateline = read(IN_NEW_DESIGN, outlet=outlet()).dateline

    assert dateline is not None
    assert dateline.raw == "काठमांडू,"
    assert [(place.english, place.country) for place in dateline.places] == [("Kathmandu", "NP")]


def test_a_place_in_json_ld_or_in_a_field_of_the_story_is_the_dateline() -> None:
    loose = read("<div><b class='place_cont'>लीमा: </b>" + paragraphs() + "</div>")
    stated = read(paragraphs(), head=json_ld(dateline="झंगोला"))
    created = read(paragraphs(), head=json_ld(locationCreated={"@type": "Place", "name": "काठमांडू"}))

    found = [(article.dateline, article.provenance.get("dateline")) for article in (loose, stated, created)]
    assert [(line.raw, source) for line, source in found if line] == [
        ("लीमा:", "generic"),
        ("झंगोला", "json-ld"),
        ("काठमांडू", "json-ld"),
    ]


def test_a_country_a_date_or_a_person_in_such_a_field_is_no_dateline() -> None:
    for markup, head in (
        (f"<div><p class='dateline'>रमेश वर्मा</p>{paragraphs()}</div>", ""),
        (f"<div><p class='dateline'>12 जून 2024, 10:15 IST</p>{paragraphs()}</div>", ""),
        (paragraphs(), json_ld(locationCreated={"@type": "Country", "name": "भारत"})),
        (paragraphs(), json_ld(dateline="2024-06-12")),
    ):
        assert read(markup, head=head).dateline is None


@pytest.mark.parametrize(
    "row",
    [
        "<p>जकार्ता6 घंटे पहले</p>",
        "<p>जकार्ता</p><p>6 घंटे पहले</p>",
        "<div><span>जकार्ता</span><time>6 घंटे पहले</time></div>",
        "<ul><li>जकार्ता</li><li>6 घंटे पहले</li></ul>",
    ],
)
def test_the_place_before_the_time_of_update_is_the_dateline(row: str) -> None:
    article = read(row + paragraphs())

    assert article.dateline is not None
    assert [place.english for place in article.dateline.places] == ["Jakarta"]
    assert texts(article)[0] == FIRST


@pytest.mark.parametrize("row", ["<p>6 घंटे पहले</p>", "<p>भारत6 घंटे पहले</p>", "<p>रीना दास</p><p>6 घंटे पहले</p>"])
def test_no_place_before_the_time_of_update_is_no_dateline(row: str) -> None:
    assert read(row + paragraphs()).dateline is None


def test_selectors_and_generic_reader_that_disagree_are_noted() -> None:
    assert read(IN_NEW_DESIGN, outlet=outlet()).disagreement == "body"


def test_agreement_is_not_noted() -> None:
    markup = page(f"<div class='story'>{paragraphs()}</div>")

    article = read(markup, outlet=outlet())

    assert article.provenance["body"] == "selector"
    assert article.disagreement is None


def test_after_a_redesign_the_generic_reader_is_used() -> None:
    article = read(page(f"<div class='renamed'>{paragraphs()}</div>"), outlet=outlet())

    assert texts(article) == [FIRST, SECOND, THIRD]
    assert article.provenance["body"] == "generic"
    assert article.outlet == "khabar"


def test_an_older_design_is_tried_after_the_newer_one() -> None:
    markup = (
        "<html><body><table><tr><td><h1>वरुणपुर में आंधी</h1></td></tr><tr><td class='by'>सीता देवी</td></tr>"
        f"<tr><td class='oldstory'>{FIRST}<br>{SECOND}<br>{THIRD}</td></tr></table></body></html>"
    )

    article = read(markup, outlet=outlet())

    assert texts(article) == [FIRST, SECOND, THIRD]
    assert article.byline == ["सीता देवी"]


def test_a_design_that_ended_before_the_publication_is_not_tried() -> None:
    head = '<meta property="article:published_time" content="2024-06-12T10:15:00+05:30">'
    markup = page(f"<table><tr><td class='oldstory'>{paragraphs()}</td></tr></table>", head=head)

    assert read(markup, outlet=outlet()).provenance["body"] == "generic"


def test_a_body_of_single_blocks_is_read_in_page_order() -> None:
    markup = page(f"<div><p class='x'>{FIRST}</p><div><p>अलग डिब्बे का पाठ</p></div><p class='x'>{SECOND}</p></div>")

    article = read(markup, outlet=outlet(Design(evidence="page", body="p.x")))

    assert texts(article) == [FIRST, SECOND]


@pytest.mark.parametrize("wrapper", ["story", "unknown"])
def test_a_design_without_a_body_names_junk_in_the_body_that_the_generic_reader_finds(wrapper: str) -> None:
    markup = page(f"<div class='{wrapper}'>{paragraphs()}<div class='zz'><p>{THIRD} यह प्रचार है।</p></div></div>")
    article = read(markup, outlet=outlet(Design(evidence="page", junk=".zz")))

    assert not any("प्रचार" in text for text in texts(article))
    assert any("प्रचार" in text for text in texts(read(markup)))
    assert article.provenance["body"] == "generic"


def test_an_outlets_own_signature_is_a_desk() -> None:
    markup = page("<span class='by'>खबर डेस्क, काठमांडू</span>" + f"<div class='story'>{paragraphs()}</div>")

    assert read(markup, outlet=outlet()).byline == ["खबर डेस्क, काठमांडू"]


def test_the_id_depends_on_the_number_in_the_url_not_on_the_slug() -> None:
    one = read(page(f"<div class='story'>{paragraphs()}</div>"), url=URL, outlet=outlet())
    other = read(page(f"<div class='story'>{paragraphs()}</div>"), url=f"{URL[:-5]}-new-slug-4512", outlet=outlet())

    assert one.id == other.id
    assert one.id.startswith("khabar-")

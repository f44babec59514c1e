"""Who signed an article: people and desks, never an agency."""

import json
from typing import Any

import pytest

from tests.reading.markup import HEADLINE, URL, json_ld, paragraphs, read, script
from tests.reading.markup import OTHER as OTHER_HEADLINE

PERSON = {"@type": "Person", "@id": "https://khabar.example/#p1", "name": "सीमा जोशी"}
PAGE = {"@type": "WebPage", "author": {"@type": "Person", "@id": "https://khabar.example/#p3", "name": "रीना राव"}}
OTHER = {"@type": "Person", "@id": "https://khabar.example/#p2", "name": "राजीव मेहता"}


@pytest.mark.parametrize(
    ("author", "byline", "agencies"),
    [
        ({"@type": "Person", "name": "रमेश वर्मा"}, ["रमेश वर्मा"], []),
        ([{"name": "रमेश वर्मा"}, {"name": "सीता देवी"}], ["रमेश वर्मा", "सीता देवी"], []),
        ("By रमेश वर्मा और सीता देवी", ["रमेश वर्मा", "सीता देवी"], []),
        ({"@type": "Organization", "name": "एएनआई"}, [], ["ani"]),
        ("रमेश वर्मा, एएफपी", ["रमेश वर्मा"], ["afp"]),
        ("विदेश डेस्क, खबर संसार", ["विदेश डेस्क, खबर संसार"], []),
        ("शुभम वर्मा / नई दिल्ली June 12, 2024", ["शुभम वर्मा"], []),
        ("admin", [], []),
        ("", [], []),
        (None, [], []),
    ],
)
def test_the_byline_holds_people_and_desks_never_an_agency(author: Any, byline: list[str], agencies: list[str]) -> None:
    article = read(paragraphs(), head=json_ld(author=author))

    assert article.byline == byline
    assert [(credit.agency, credit.where) for credit in article.credits] == [(agency, "byline") for agency in agencies]


def graph(author: Any, *nodes: dict[str, Any]) -> str:
    """Return JSON-LD in which the article is in a graph with other nodes, as WordPress writes it."""
    article = {"@type": "NewsArticle", "headline": HEADLINE, "author": author}
    script = json.dumps({"@context": "https://schema.org", "@graph": [article, *nodes]}, ensure_ascii=False)
    return f'<script type="application/ld+json">{script}</script>'


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ({"@id": PERSON["@id"]}, ["सीमा जोशी"]),
        ([{"@id": PERSON["@id"]}, {"@id": OTHER["@id"]}], ["सीमा जोशी", "राजीव मेहता"]),
        ({"@type": "Person", "@id": PERSON["@id"]}, ["सीमा जोशी"]),
        ({"@type": "Person", "givenName": "सीमा", "familyName": "जोशी"}, ["सीमा जोशी"]),
        ({"@type": "Person", "name": ["सीमा जोशी", "राजीव मेहता"]}, ["सीमा जोशी", "राजीव मेहता"]),
        ({"@list": [{"name": "सीमा जोशी"}, {"name": "राजीव मेहता"}]}, ["सीमा जोशी", "राजीव मेहता"]),
        ('["सीमा जोशी", "राजीव मेहता"]', ["सीमा जोशी", "राजीव मेहता"]),
        ("सीमा जोशी; राजीव मेहता", ["सीमा जोशी", "राजीव मेहता"]),
        ([["सीमा जोशी"], [{"name": "राजीव मेहता"}]], ["सीमा जोशी", "राजीव मेहता"]),
        ("सीमा जोशी (seema@khabar.example)", ["सीमा जोशी"]),
        ("<a href='/author/seema'>सीमा जोशी</a>", ["सीमा जोशी"]),
        ({"@id": "https://khabar.example/#p3"}, ["रीना राव"]),
        ({"@id": "https://khabar.example/#nobody"}, []),
        ("https://khabar.example/author/seema/", []),
        ("khabar.example/author/seema", []),
        ("seema@khabar.example", []),
        ({"@type": "Person", "url": "https://khabar.example/author/seema/"}, []),
        ({"@type": "Person", "name": "https://khabar.example/author/seema/"}, []),
        ({"@type": "Person", "name": HEADLINE}, []),
        (f"{HEADLINE} | खबर", []),
        ({"@type": "Person", "name": {"@type": "Person"}}, []),
        ([{}, None, 4 * ["", None]], []),
    ],
)
def test_authors_of_json_ld_are_found_wherever_they_stand(author: Any, byline: list[str]) -> None:
    assert read(paragraphs(), head=graph(author, PERSON, OTHER, PAGE)).byline == byline


def test_json_ld_that_is_beyond_mending_keeps_its_author() -> None:
    broken = (
        f'{{"@type": "NewsArticle", "headline": "{HEADLINE}" "author": {{"@type": "Person", "name": "सीमा जोशी"}}}}'
    )

    article = read(paragraphs(), head=f'<script type="application/ld+json">{broken}</script>')

    assert article.byline == ["सीमा जोशी"]


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("<span itemprop='author'>सीमा जोशी <time>12 जून 2024, 10:20 IST</time></span>", ["सीमा जोशी"]),
        ("<span itemprop='author' itemscope><i>लेखक</i> <b itemprop='name'>सीमा जोशी</b></span>", ["सीमा जोशी"]),
        ("<div itemprop='author'>भाषा <span>Updated: June 12, 2024 10:20 IST</span></div>", []),
        ("<p><a rel='author' href='/x'>सीमा जोशी</a></p>", ["सीमा जोशी"]),
        ("<div class='author'>Written By : सीमा जोशी Edited By : राजीव मेहता | Updated: 12 जून 2024</div>",
         ["सीमा जोशी", "राजीव मेहता"]),
    ],
)  # fmt: skip
def test_an_author_before_the_report_signs_it(author: str, byline: list[str]) -> None:
    assert read(author + paragraphs()).byline == byline


@pytest.mark.parametrize(
    "other",
    [
        "<div class='more'><a rel='author' href='/author/x/'>दूसरा लेखक</a> का लेख</div>",
        "<div><a href='/author/x/'>दूसरा लेखक</a></div>",
        "<div itemscope itemtype='https://schema.org/Article'><span itemprop='author'>दूसरा लेखक</span></div>",
        "<div class='tags'>भाषा</div>",
    ],
)
def test_an_author_behind_the_report_signs_another_article(other: str) -> None:
    article = read(paragraphs() + other)

    assert (article.byline, article.credits) == ([], [])


def test_an_agency_in_a_row_behind_the_report_is_a_credit_beside_the_byline() -> None:
    body = paragraphs() + "<p>Written By: एएनआई</p><p>Edited By: राजीव मेहता</p>"

    article = read(body, head=json_ld(author="सीमा जोशी"))

    assert article.byline == ["सीमा जोशी"]
    assert [(credit.agency, credit.raw, credit.where) for credit in article.credits] == [("ani", "एएनआई", "byline")]
    assert len(article.body) == 3


def test_the_publisher_is_no_author() -> None:
    head = json_ld(author={"name": "खबर संसार"}, publisher={"name": "खबर संसार"})

    assert read(paragraphs(), head=head).byline == []


def test_an_author_link_beside_the_headline_is_the_byline() -> None:
    body = "<div class='meta'><a href='/author/ramesh-verma'>रमेश वर्मा</a></div>" + paragraphs()

    article = read(body)

    assert (article.byline, article.provenance["byline"]) == (["रमेश वर्मा"], "generic")


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ("<ul><li>सीता राव</li><li>वरुणपुर से, बीबीसी हिंदी के लिए</li></ul>", ["सीता राव"]),
        ("<ul><li>सीता राव</li><li>बीबीसी संवाददाता</li></ul>", ["सीता राव"]),
        ("<div><span>Author,</span> सीता राव</div><div><span>पदनाम,</span> बीबीसी संवाददाता</div>", ["सीता राव"]),
        ("<div>सीता राव</div><div>विशेष संवाददाता</div>", ["सीता राव"]),
        ("<ul><li>सीता राव और अजय वर्मा</li><li>बीबीसी संवाददाता</li></ul>", ["सीता राव", "अजय वर्मा"]),
        ("<ul><li>सीता राव</li><li>वरुणपुर से लौटकर</li></ul>", ["सीता राव"]),
        ("<ul><li>जेन डो</li><li>बीबीसी संवाददाता</li></ul>", ["जेन डो"]),
        ("<ul><li>होम</li><li>विदेश</li></ul>", []),
        ("<div>विदेश</div><div>संवाददाता</div>", []),
        ("<div>बड़ी खबर</div><div>विशेष संवाददाता</div>", []),
        ("<div>सीता राव</div><div>बड़ी खबर</div>", []),
        ("<div>विश्व बैंक</div><div>बीबीसी संवाददाता</div>", []),
        ("<div>जेन डो</div><div>विशेष संवाददाता</div>", []),
    ],
)
def test_a_person_right_above_a_role_signs_the_report(rows: str, names: list[str]) -> None:
    article = read(f"{rows}<div>12 जून 2024</div>{paragraphs()}")

    assert article.byline == names
    assert len(article.body) == 3


@pytest.mark.parametrize(
    ("row", "names"),
    [
        ("सीता राव | 12 जून 2024", ["सीता राव"]),
        ("सीता राव, अजय वर्मा | 12 जून 2024, 10:15", ["सीता राव", "अजय वर्मा"]),
        ("विदेश | 12 जून 2024", []),
        ("बड़ी खबर | 12 जून 2024", []),
        ("सीता | 12 जून 2024", []),
        ("12 जून 2024", []),
    ],
)
def test_a_full_name_beside_the_time_signs_the_report(row: str, names: list[str]) -> None:
    article = read(f"<div>{row}</div>{paragraphs()}")

    assert article.byline == names
    assert len(article.body) == 3


@pytest.mark.parametrize("label", ["By", "लेखक", "लेखक :", "Written by", "रिपोर्ट:", "द्वारा"])
def test_the_name_below_the_label_of_a_byline_is_one(label: str) -> None:
    assert read(f"<div><div>{label}</div><div>सीता राव</div><div>-</div></div>{paragraphs()}").byline == ["सीता राव"]


@pytest.mark.parametrize(
    ("label", "below"),
    [
        ("By", "विदेश की खबरें"),
        ("लेखक", "12 जून 2024, 10:15"),
        ("लेखक संघ", "सीता राव"),
        ("रिपोर्ट कार्ड", "सीता राव"),
        ("विदेश", "सीता राव"),
        ("By the sea", "सीता राव"),
    ],
)
def test_another_line_or_label_signs_nothing(label: str, below: str) -> None:
    assert read(f"<div><div>{label}</div><div>{below}</div></div>{paragraphs()}").byline == []


@pytest.mark.parametrize(
    "row",
    [
        "12 जून 2024, 10:15 | सीता राव",
        "प्रकाशित: १२ जून २०२४, शाम ६:४५ बजे | सीता राव, लीमा",
        "सीता राव | 12 जून 2024",
        "सीता राव · अपडेट 12 जून 2024, सुबह 9:20",
        "By: सीता राव Publish Date: Wed, 12 Jun 2024 09:20 AM (IST)",
        "सीता राव • Posted on 12 जून 2024",
        "लेखक: सीता राव प्रकाशन तिथि: 12 जून 2024",
    ],
)
def test_a_person_before_or_behind_a_time_signs(row: str) -> None:
    assert read(f"<div>{row}</div>{paragraphs()}").byline == ["सीता राव"]


@pytest.mark.parametrize("row", ["12 जून 2024, 10:15 | विदेश", "12 जून 2024 | खबर संसार डेस्क", "12 जून 2024 | पुल टूटा"])
def test_a_section_or_a_title_behind_a_time_does_not_sign(row: str) -> None:
    assert read(f"<div>{row}</div>{paragraphs()}").byline == []


def of_another(**fields: Any) -> dict[str, Any]:
    """Return the JSON-LD of an article whose headline is not the page's."""
    return {
        "@type": "NewsArticle",
        "headline": OTHER_HEADLINE,
        "author": {"name": "राजीव मेहता"},
        "datePublished": "2024-06-12T10:00:00+05:30",
        **fields,
    }


@pytest.mark.parametrize(
    ("node", "byline"),
    [
        ({"@type": "ItemList", "itemListElement": [of_another(url="https://khabar.example/world/rail-1")]}, []),
        ({"@type": "ItemList", "itemListElement": [{"item": of_another(url="/world/rail-1")}]}, []),
        ({"@type": "CollectionPage", "hasPart": [of_another(url="https://khabar.example/world/rail-1/")]}, []),
        ({"@type": "ItemList", "itemListElement": [of_another()]}, []),
        ({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": of_another()}]}, []),
        ({"@graph": [{"@type": "ItemList", "itemListElement": [{"item": of_another()}, "x"]}]}, []),
        ({"@type": "ItemList", "itemListElement": [{"item": of_another(headline=HEADLINE)}]}, ["राजीव मेहता"]),
        ({"@graph": [{"@type": "ItemList", "itemListElement": [{"url": "/x"}]}, of_another()]}, ["राजीव मेहता"]),
        (of_another(url="https://khabar.example/world/rail-1"), []),
        (of_another(), ["राजीव मेहता"]),
        (of_another(url=URL), ["राजीव मेहता"]),
        (of_another(url=URL + "/"), ["राजीव मेहता"]),
        (of_another(url="https://www.khabar.example/world/varunpur"), ["राजीव मेहता"]),
        (of_another(url="https://khabar.example/world/rail-1", headline=HEADLINE), ["राजीव मेहता"]),
        (of_another(url=""), ["राजीव मेहता"]),
    ],
)
def test_an_article_at_another_address_gives_this_one_neither_author_nor_time(
    node: dict[str, Any], byline: list[str]
) -> None:
    article = read(paragraphs(), head=script(node))

    assert article.byline == byline
    assert (article.published_at is not None) == bool(byline)


LINKED = "<a href='/author/ramesh-verma'>रमेश वर्मा</a>"


@pytest.mark.parametrize(
    ("row", "byline"),
    [
        (f"By: {LINKED} | Edited By: सीमा जोशी | Updated at : 13 Jun 2024 09:30 AM (IST)", ["रमेश वर्मा", "सीमा जोशी"]),
        (f"Written by {LINKED}, Edited by सीमा जोशी", ["रमेश वर्मा", "सीमा जोशी"]),
        (f"Written by: {LINKED}<br>Edited by: सीमा जोशी", ["रमेश वर्मा", "सीमा जोशी"]),
        (f"By {LINKED} | विदेश डेस्क", ["रमेश वर्मा"]),
        (f"लेखक: {LINKED}", ["रमेश वर्मा"]),
        (f"{LINKED} और सीमा जोशी", ["रमेश वर्मा"]),
        (f"By: {LINKED} | पुल के पास नाव डूबी", ["रमेश वर्मा"]),
        (f"By: {LINKED} | Edited By: नदी किनारे मेला", ["रमेश वर्मा"]),
        (f"By: {LINKED} | {'सीमा जोशी, ' * 20}", ["रमेश वर्मा"]),
        (f"यह भी पढ़ें: {LINKED} की दूसरी खबर", ["रमेश वर्मा"]),
    ],
)
def test_the_labelled_row_around_a_linked_author_names_the_others_too(row: str, byline: list[str]) -> None:
    assert read(f"<div>{row}</div>{paragraphs()}").byline == byline


def test_an_agency_in_the_row_around_a_linked_author_is_a_credit() -> None:
    article = read(f"<div>By: {LINKED} | Source: भाषा</div>{paragraphs()}")

    assert (article.byline, [credit.agency for credit in article.credits]) == (["रमेश वर्मा"], ["pti-bhasha"])

"""The headline is the one that the titles name, without an outlet's name, a kicker or the label of a live page."""

import pytest

from crawler.reading.headline import without_live_label
from tests.reading.markup import FIRST, HEADLINE, SECOND, THIRD, json_ld, meta, page, paragraphs, read

DARK = "आंधी से अंधेरा"
STORM = f"वरुणपुर में {DARK}"
CAUGHT = "पुलिस ने दो लोगों को पकड़ा: चोरी का माल भी बरामद"
UNTITLED = ""


def headline_of(h1: str, head: str, title: str) -> str:
    markup = page(paragraphs(), head=head).replace(f"<h1>{HEADLINE}</h1>", f"<h1>{h1}</h1>")
    return read(markup.replace(f"<title>{HEADLINE} | खबर</title>", f"<title>{title}</title>")).headline


@pytest.mark.parametrize("title", [f"{HEADLINE} | खबर", f"{HEADLINE[:30]}...", HEADLINE])
@pytest.mark.parametrize(
    "h1",
    [
        f"<span class='kicker'>विदेश</span>{HEADLINE}",
        f"<small>विदेश</small> {HEADLINE}",
        f"<a href='/world'>विदेश</a> {HEADLINE}",
        f"<div class='category'>पूर्वी तट</div><div>{HEADLINE}</div>",
        f"<strong>ब्रेकिंग</strong> | {HEADLINE}",
        f"<span>EXCLUSIVE</span><br>{HEADLINE}",
        f"<em>मौसम:</em> {HEADLINE}",
        f"<i class='dot'></i><span>लाइव</span> {HEADLINE}",
        f"<span><span class='eyebrow'>विदेश</span> {HEADLINE}</span>",
        f"<a href='/world'>विदेश</a> » <a href='/east'>पूर्व</a> » {HEADLINE}",
    ],
)
def test_a_kicker_that_the_titles_leave_out_is_no_headline(h1: str, title: str) -> None:
    assert headline_of(h1, UNTITLED, title) == HEADLINE


@pytest.mark.parametrize(
    "name", ["kicker", "story-kicker", "eyebrow", "category_label", "article-topic", "badge badge-live", "overline"]
)
def test_a_named_kicker_is_cut_where_no_title_says_what_the_headline_is(name: str) -> None:
    assert headline_of(f"<span class='{name}'>पूर्वी तट</span> {HEADLINE}", UNTITLED, "खबर संसार") == HEADLINE


@pytest.mark.parametrize(
    ("h1", "head", "title", "headline"),
    [
        ("<b>वरुणपुर</b> में आंधी से अंधेरा", UNTITLED, f"{STORM} | खबर", STORM),
        ("<b>वरुण</b>पुर में आंधी से अंधेरा", UNTITLED, STORM, STORM),
        (
            "<span class='kicker'>पूर्वी तट:</span> आंधी से अंधेरा",
            json_ld(headline=f"पूर्वी तट: {DARK}"),
            "खबर",
            f"पूर्वी तट: {DARK}",
        ),
        ("<span class='label'>वरुणपुर</span> में आंधी से अंधेरा", meta("og:title", "वरुणपुर में आंधी से"), "खबर", STORM),
        ("<span>पुलिस ने दो लोगों को पकड़ा:</span>चोरी का माल भी बरामद", UNTITLED, "चोरी का माल भी बरामद", CAUGHT),
        ("<span>वरुणपुर में</span> <span>आंधी से अंधेरा</span>", UNTITLED, "खबर संसार", STORM),
        ("<span class='title'>वरुणपुर में</span> आंधी से अंधेरा", UNTITLED, "खबर संसार", STORM),
        ("<a href='/world/varunpur-storm-4512' class='tag'>वरुणपुर में आंधी से अंधेरा</a>", UNTITLED, "खबर संसार", STORM),
        ("वरुणपुर में <span class='tag'>आंधी</span> से अंधेरा", UNTITLED, "खबर संसार", STORM),
        (f"वरुणपुर - {DARK} की एक रात", UNTITLED, f"वरुणपुर - {DARK} की एक रात", f"वरुणपुर - {DARK} की एक रात"),
        (f"वरुणपुर - {DARK} की एक रात", UNTITLED, f"वरुणपुर - {DARK} की एक रात - खबर", f"वरुणपुर - {DARK} की एक रात"),
    ],
)
def test_a_part_of_the_headline_is_no_kicker(h1: str, head: str, title: str, headline: str) -> None:
    assert headline_of(h1, head, title) == headline


@pytest.mark.parametrize(
    "label",
    [
        "LIVE: {}",
        "लाइव: {}",
        "Live Updates: {}",
        "लाइव अपडेट्स: {}",
        "LIVE | {}",
        "लाइव - {}",
        "Live Blog: {}",
        "🔴 LIVE: {}",
        "लाइव, {}",
        "लाइव अपडेट – {}",
        "{} | LIVE Updates",
        "{}: लाइव अपडेट",
        "{} - लाइव",
        "{} (LIVE)",
        "LIVE-UPDATES: {}",
    ],
)
def test_the_label_of_a_live_page_is_no_part_of_its_headline(label: str) -> None:
    printed = label.format(HEADLINE)
    live = json_ld(**{"@type": "LiveBlogPosting", "headline": printed})

    assert without_live_label(printed) == HEADLINE
    assert read(page(paragraphs(), head=live, headline=printed)).headline == HEADLINE
    assert read(page(paragraphs(), head=json_ld(headline=printed), headline=printed)).headline == printed


@pytest.mark.parametrize(
    "printed",
    [
        "लाइव मैच में भिड़े खिलाड़ी, दो घायल",
        "जल्द आएगा नया फोन, सपोर्ट पेज हुआ लाइव",
        "लाइव टीवी पर एंकर ने मांगी माफी",
        "LIVE शो में गिरा मंच, गायक सुरक्षित",
        "कैसे देखें मैच लाइव",
        "मैच लाइव देखें: कहां और कब",
        "लाइवस्टॉक: पशुओं के दाम बढ़े",
        "Alive: समुद्र में दस दिन",
        "वरुणपुर LIVE: आंधी थमी",
        "ओलिव: जैतून के दाम बढ़े",
        "लाइव",
        "LIVE:",
        "ऑन-एयर-लाइव में क्या हुआ",
    ],
)
def test_a_word_inside_a_sentence_is_no_label(printed: str) -> None:
    assert without_live_label(printed) == printed


SITE = meta("og:site_name", "खबर संसार")
NIGHT = "वरुणपुर में आंधी के बाद की रात"


def titled(title: str, *, head: str = "", h1: str = "") -> str:
    """Return the headline of a page whose `h1` stands outside its article."""
    markup = page(paragraphs(), head=head).replace(f"<h1>{HEADLINE}</h1>", "").replace("<nav>", f"{h1}<nav>")
    return read(markup.replace(f"<title>{HEADLINE} | खबर</title>", f"<title>{title}</title>")).headline


@pytest.mark.parametrize(
    ("h1", "title", "head"),
    [
        ("<h1>खबर संसार</h1>", f"{HEADLINE} | खबर संसार", ""),
        ("<h1>खबर संसार</h1>", HEADLINE, SITE + meta("og:title", HEADLINE)),
        ("<h1>विदेश</h1>", f"{HEADLINE} | विदेश | खबर संसार", ""),
        ("<h1>विदेश</h1>", f"{HEADLINE} | खबर संसार", ""),
        ("<h1>विदेश</h1>", f"{HEADLINE} | खबर संसार", json_ld(articleSection="विदेश")),
        ("<h1>Khabar Sansar - Hindi</h1>", f"{HEADLINE} - Khabar Sansar - Hindi", ""),
        ("<h1><a href='/'><img alt='खबर संसार'></a></h1>", f"{HEADLINE} | खबर संसार", ""),
        (f"<h1>{HEADLINE} - खबर संसार</h1>", f"{HEADLINE} - खबर संसार", SITE),
        (f"<h1>{HEADLINE} | खबर संसार</h1>", "खबर संसार", SITE),
        (f"<h1>{HEADLINE} › खबर संसार</h1>", "खबर संसार", SITE),
        (f"<h1>{HEADLINE} :: खबर संसार</h1>", "खबर संसार", SITE),
        ("", f"{HEADLINE} | World News in Hindi | खबर संसार", ""),
        ("", f"{HEADLINE} - खबर संसार", ""),
        ("", f"{HEADLINE} » खबर संसार", ""),
        ("", f"{HEADLINE}|खबर संसार", ""),
        ("", f"खबर संसार | {HEADLINE}", ""),
        ("", f"खबर संसार - {HEADLINE}", SITE),
        ("", "खबर", meta("og:title", f"{HEADLINE} - खबर संसार") + SITE),
        ("", "खबर", meta("og:title", f"{HEADLINE} - Khabar") + json_ld(headline="", publisher={"name": "Khabar"})),
    ],
)
def test_the_name_of_outlet_or_section_is_no_headline(h1: str, title: str, head: str) -> None:
    assert titled(title, head=head, h1=h1) == HEADLINE


@pytest.mark.parametrize(
    "headline",
    [
        f"{NIGHT} - एक रिपोर्ट",
        f"{NIGHT} - ग्राउंड रिपोर्ट",
        f"रिपोर्ट - {NIGHT}",
        f"{NIGHT} - क्या हुआ था",
        f"{NIGHT} – खास बातें",
    ],
)
@pytest.mark.parametrize("head", ["", SITE])
def test_a_dash_inside_a_title_cuts_nothing(headline: str, head: str) -> None:
    assert titled(f"{headline} | खबर संसार", head=head) == headline
    assert titled(headline, head=head) == headline
    assert titled("खबर", head=head + meta("og:title", headline)) == headline
    assert titled("खबर", head=head + json_ld(headline=headline)) == headline
    assert titled("खबर", head=head, h1=f"<h1>{headline}</h1>") == headline


@pytest.mark.parametrize("headline", ["आंधी थमी", "वरुणपुर में आंधी"])
def test_a_short_headline_that_the_title_repeats_is_one(headline: str) -> None:
    body = paragraphs(FIRST, SECOND, THIRD, f"{FIRST} {SECOND}", f"{SECOND} {THIRD}")

    assert read(page(body, headline=headline)).headline == headline


def test_emphasis_inside_a_word_does_not_split_it() -> None:
    assert read(page(paragraphs(), headline="वरुण<b>पुर</b> में आंधी से अंधेरा")).headline == "वरुणपुर में आंधी से अंधेरा"


def test_the_printed_headline_wins_over_a_cut_one() -> None:
    article = read(paragraphs(), head=json_ld(headline=f"{HEADLINE[:20]}..."))

    assert (article.headline, article.provenance["headline"]) == (HEADLINE, "generic")


def test_json_ld_is_the_source_if_it_states_the_same() -> None:
    assert read(paragraphs(), head=json_ld()).provenance["headline"] == "json-ld"


def test_a_site_name_in_h1_is_not_the_headline() -> None:
    markup = (
        page(paragraphs(), head=json_ld())
        .replace("<nav>", "<h1>खबर संसार</h1><nav>")
        .replace(f"<h1>{HEADLINE}</h1>", "")
    )

    assert read(markup).headline == HEADLINE


def test_the_headline_among_several_is_the_one_that_the_titles_name() -> None:
    markup = page(paragraphs()).replace(
        "<nav>", "<h1>दिन भर की बड़ी और बहुत लंबी खबरों का सबसे तेज और भरोसेमंद मंच यहां है</h1><nav>"
    )

    assert read(markup).headline == HEADLINE


def test_without_h1_the_title_without_the_site_name_is_used() -> None:
    markup = page(paragraphs()).replace(f"<h1>{HEADLINE}</h1>", "")

    article = read(markup)

    assert (article.headline, article.provenance["headline"]) == (HEADLINE, "meta")


@pytest.mark.parametrize(
    ("h1", "title"),
    [
        ("खबर पत्र", f"{HEADLINE} | खबर पत्र"),
        ("The Khabar - Hindi", f"{HEADLINE} - The Khabar - Hindi"),
        ("विदेश समाचार", f"{HEADLINE} | विदेश समाचार | खबर पत्र"),
    ],
)
def test_an_h1_behind_a_bar_of_the_title_is_no_headline(h1: str, title: str) -> None:
    whole = page(paragraphs(), head=json_ld()).replace(f"<h1>{HEADLINE}</h1>", f"<h1>{h1}</h1><h2>{HEADLINE}</h2>")
    whole = whole.replace(f"<title>{HEADLINE} | खबर</title>", f"<title>{title}</title>")

    assert read(whole).headline == HEADLINE


def test_all_names_behind_the_bars_of_a_title_are_cut() -> None:
    whole = page(paragraphs()).replace(f"<h1>{HEADLINE}</h1>", "")
    whole = whole.replace(f"<title>{HEADLINE} | खबर</title>", f"<title>{HEADLINE} | World News in Hindi | खबर</title>")

    assert read(whole).headline == HEADLINE


@pytest.mark.parametrize("title", ["खबर संसार :: {}", "{} :: खबर संसार", "खबर › {}", "{} › विदेश › खबर"])
def test_the_name_of_the_outlet_is_cut_from_a_title_at_other_marks(title: str) -> None:
    markup = (
        f"<html><head><title>{title.format(HEADLINE)}</title></head><body><b>{HEADLINE}</b>{paragraphs()}</body></html>"
    )
    article = read(markup)

    assert (article.headline, article.deck) == (HEADLINE, None)


@pytest.mark.parametrize("title", ["वरुणपुर: आंधी के 2:30 घंटे बाद बिजली लौटी", "वरुणपुर में आंधी:पहला दिन और राहत का काम"])
def test_a_colon_inside_a_title_cuts_nothing(title: str) -> None:
    assert read(f"<html><head><title>{title}</title></head><body>{paragraphs()}</body></html>").headline == title

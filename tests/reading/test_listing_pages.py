"""Pages that list articles are refused as listings; a report with links to others beside it is read."""

import json

import pytest

from tests.reading.markup import (
    FIRST,
    HEADLINE,
    SECOND,
    THIRD,
    URL,
    WEB_PAGE,
    json_ld,
    meta,
    page,
    paragraphs,
    read,
    reason,
    script,
)

WEBSITE = meta("og:type", "website")
TITLE = "पहाड़ी जिले में सड़क धंसी और राहत दल रवाना हुआ, दस गांवों का संपर्क टूटा"
TOPIC = "दुनिया भर की ताजा खबरें"
TIME = "<time datetime='2024-06-12'>12 जून 2024</time>"
INTRODUCTION = "<p>वरुणपुर से जुड़ी ताजा खबरें, फोटो और वीडियो यहां पढ़ें। हर खबर सबसे पहले आप तक।</p>"


def links(count: int, tag: str = "ul") -> str:
    """Return titles that are links, each in a list item."""
    items = "".join(f"<li><a href='/world/story-{n}'>{TITLE} {n}</a></li>" for n in range(count))
    return f"<{tag}>{items}</{tag}>"


def cards(count: int, *, text: str = TITLE, time: str = "", heading: str = "h3") -> str:
    """Return cards of a linked heading, a text and perhaps a time."""
    return "".join(
        f"<div class='c'><{heading}><a href='/world/story-{n}'>दूसरी खबर संख्या {n} का शीर्षक</a></{heading}>"
        f"<p>{text} {n}।</p>{time}</div>"
        for n in range(count)
    )


def around(count: int) -> str:
    """Return links that hold a heading and a text."""
    return "".join(
        f"<a href='/world/story-{n}'><h3>दूसरी खबर संख्या {n}</h3><p>{TITLE} {n}।</p></a>" for n in range(count)
    )


def headings(count: int) -> str:
    return "".join(f"<h3><a href='/world/story-{n}'>{TITLE} {n}</a></h3>" for n in range(count))


def spans(count: int) -> str:
    return "".join(
        f"<div><a href='/world/story-{n}'><span>{TITLE} {n}</span></a><span>{n} जून 2024</span></div>"
        for n in range(1, count)
    )


ARTICLES = [
    {
        "@type": "NewsArticle",
        "headline": f"दूसरी खबर संख्या {n} का शीर्षक",
        "url": f"https://khabar.example/world/story-{n}",
        "datePublished": "2024-06-12T10:00:00+05:30",
    }
    for n in range(12)
]
ITEMS = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": article} for article in ARTICLES]}
LISTINGS = {
    "front page without h1": page(cards(12), head=WEBSITE + WEB_PAGE).replace(f"<h1>{HEADLINE}</h1>", ""),
    "topic of plain links": page(links(20), headline="वरुणपुर की आंधी"),
    "topic of links in JSON-LD's words": page(links(20), head=WEBSITE + WEB_PAGE, headline="वरुणपुर की आंधी"),
    "most read": page(links(10, "ol"), headline="सबसे ज़्यादा पढ़ी गई खबरें"),
    "five most read": page(links(5, "ol"), headline="सबसे ज़्यादा पढ़ी गई खबरें"),
    "links around cards": page(around(12), headline=TOPIC),
    "long teasers": page(cards(12, text=f"{FIRST} {SECOND}"), headline=TOPIC),
    "long teasers with times": page(cards(12, text=f"{FIRST} {SECOND}", time=TIME), headline=TOPIC),
    "a lead and cards": page(
        f"<h2><a href='/w/1'>{HEADLINE}</a></h2><p>{FIRST} {SECOND} {THIRD}</p>{cards(15)}",
        head=WEBSITE + WEB_PAGE,
        headline=TOPIC,
    ),
    "cards without headings": page(spans(16), headline=TOPIC),
    "cards of h2 with times": page(cards(12, time=TIME, heading="h2"), headline=TOPIC),
    "five cards": page(cards(5), headline=TOPIC),
    "headings alone": page(headings(12), head=WEBSITE + WEB_PAGE, headline="हमारी पुरखिन की कहानियां"),
    "three headings": page(headings(3), headline=TOPIC),
    "item list of articles": page(cards(12, time=TIME), head=script(ITEMS), headline=TOPIC),
    "collection that has parts": page(
        cards(12), head=script({"@type": "CollectionPage", "hasPart": ARTICLES}), headline=TOPIC
    ),
    "articles in an array": page(cards(12), head=script(ARTICLES), headline=TOPIC),
    "a script for each article": page(spans(16), head="".join(map(script, ARTICLES)), headline=TOPIC),
    "an author": page(f"<p>सुनीता राव दस साल से विदेश की खबरें लिखती हैं।</p>{cards(12, time=TIME)}", headline="सुनीता राव"),
    "a search": page(f"<p>12 परिणाम मिले</p>{cards(12)}", headline="खोज: वरुणपुर"),
    "an introduction and cards": page(INTRODUCTION + cards(12, time=TIME), head=WEBSITE + WEB_PAGE, headline=TOPIC),
    "an introduction and cards alone": page(INTRODUCTION + cards(12), headline=TOPIC),
    "an introduction and links": page(INTRODUCTION + links(15), head=WEBSITE + WEB_PAGE, headline=TOPIC),
}


@pytest.mark.parametrize("url", [URL, "https://khabar.example/hindi"])
@pytest.mark.parametrize("name", LISTINGS)
def test_a_page_that_lists_articles_is_a_listing(name: str, url: str) -> None:
    assert reason(LISTINGS[name], url) == "listing"


def beside(markup: str, others: str) -> str:
    return markup.replace("</main>", f"</main>{others}")


OWN = script({"@type": "NewsArticle", "headline": HEADLINE})
STOPS = "".join(f"<h3>{n}. पड़ाव</h3><p>{n} {FIRST}</p>" for n in range(1, 11))
SHORT = paragraphs(FIRST, SECOND)
REPORTS = {
    "cards beside it": (beside(page(paragraphs()), cards(12)), 3),
    "links beside it": (beside(page(paragraphs()), links(20)), 3),
    "a website with an article": (beside(page(paragraphs(), head=WEBSITE + json_ld()), cards(12)), 3),
    "short, dated, with dated promotions": (
        beside(page(TIME + SHORT, head=WEBSITE + WEB_PAGE), cards(12, time=TIME)),
        2,
    ),
    "short, undated, with promotions": (beside(page(SHORT, head=WEB_PAGE), cards(12)), 2),
    "a box of related articles inside": (
        page(f"{SHORT}<div class='related'>{cards(8)}</div>{paragraphs(THIRD)}", head=WEB_PAGE),
        3,
    ),
    "a list of stops": (page(STOPS, head=WEBSITE + WEB_PAGE), 20),
    "links inside its sentences": (
        page("".join(f"<p>{n} {FIRST} <a href='/w/{n}'>राहत का काम जारी</a> {SECOND}</p>" for n in range(9))),
        9,
    ),
    "three links inside": (page(paragraphs(FIRST) + links(3) + paragraphs(SECOND, THIRD)), 3),
    "one line and cards, with an article": (page(paragraphs(FIRST) + cards(12), head=json_ld()), 1),
    "its node among those of others": (
        beside(page(paragraphs(), head=script([*ARTICLES[:4], json.loads(OWN[35:-9])])), cards(9)),
        3,
    ),
    "related articles in an item list": (beside(page(paragraphs(), head=OWN + script(ITEMS)), cards(12)), 3),
    "another headline in JSON-LD": (page(paragraphs(), head=json_ld(headline="Storm in Varunpur")), 3),
}


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_with_links_to_others_is_no_listing(name: str) -> None:
    markup, count = REPORTS[name]

    assert len(read(markup).body) >= count


@pytest.mark.parametrize(
    "head",
    [json_ld(), meta("article:published_time", "2024-06-12T10:00:00+05:30"), meta("og:type", "article")],
    ids=["json-ld", "time", "og:type"],
)
def test_an_article_whose_text_is_missing_is_no_listing(head: str) -> None:
    assert reason(beside(page("", head=head), cards(12))) == "no-body"


def teasers(count: int, *, time: str = "", text: str = "पहाड़ी जिले में सड़क धंसी और राहत दल रवाना हुआ") -> str:
    """Return cards of articles: a linked heading, a line and perhaps a time."""
    return (
        "<ul>"
        + "".join(
            f"<li><h3><a href='/world/story-{number}'>दूसरी खबर संख्या {number} का शीर्षक</a></h3>"
            f"<p>{text} {number}।</p>{time}</li>"
            for number in range(count)
        )
        + "</ul>"
    )


@pytest.mark.parametrize("time", ["", TIME])
@pytest.mark.parametrize("url", [URL, "https://khabar.example/hindi", "https://khabar.example/hindi/india-4512"])
def test_a_page_of_teasers_is_a_listing(time: str, url: str) -> None:
    assert (
        reason(page(teasers(12, time=time), head=WEBSITE + WEB_PAGE, headline="हमारी पुरखिन की कहानियां"), url)
        == "listing"
    )


def test_a_report_of_a_website_with_promotions_is_no_listing() -> None:
    long = f"{FIRST} {SECOND} {THIRD}"

    assert read(
        page(paragraphs(long, SECOND), head=WEBSITE + WEB_PAGE).replace(
            "</main>", f"</main><aside>{teasers(12, time=TIME)}</aside>"
        )
    )


def test_a_report_with_an_article_in_json_ld_is_no_listing() -> None:
    assert read(page(paragraphs() + teasers(2), head=WEBSITE + json_ld()))

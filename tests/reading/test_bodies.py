"""Bodies: the whole report and nothing else, in page order, whatever the markup."""

from pathlib import Path

import pytest

from crawler.items import Block
from crawler.reading.page import read_page
from tests.reading.markup import BODY, FIRST, HEADLINE, SECOND, THIRD, page, paragraphs, read, texts
from tools.page_scores import Label, read_fixtures


def test_blocks_keep_their_kind_and_order() -> None:
    body = (
        f"<p>{FIRST}</p><h3>कहां कितना नुकसान</h3><ul><li>बंदरगाह की तीन सड़कें बंद हैं</li><li>दो पुल टूटे</li></ul>"
        f"<blockquote>हम रात भर जागते रहे।</blockquote><p>{SECOND}</p>"
    )

    assert read(body).body == [
        Block(kind="paragraph", text=FIRST),
        Block(kind="subhead", text="कहां कितना नुकसान"),
        Block(kind="list_item", text="बंदरगाह की तीन सड़कें बंद हैं"),
        Block(kind="list_item", text="दो पुल टूटे"),
        Block(kind="quote", text="हम रात भर जागते रहे।"),
        Block(kind="paragraph", text=SECOND),
    ]


@pytest.mark.parametrize(
    "body",
    [
        f"<div class='story'>{FIRST}<br><br>{SECOND}<br/>{THIRD}</div>",
        f"<div>{FIRST}<p>{SECOND}</p>{THIRD}</div>",
        f"<div><div>{FIRST}</div><div></div><div>{SECOND}</div><div><div>{THIRD}</div></div></div>",
        f"<table><tr><td><p></p><div>{FIRST}</div><div>{SECOND}</div></td></tr><tr><td>{THIRD}</td></tr></table>",
        f"<section><p>{FIRST}</p></section><section><p>{SECOND}</p></section><section><p>{THIRD}</p></section>",
        f"<span>{FIRST}</span><br><span>{SECOND}</span><br><font>{THIRD}</font>",
        f"<p>{FIRST}</p><div class='paywallBlockedContent'><div>.</div><p>{SECOND}</p><p>{THIRD}</p></div>",
        f"<pre>{FIRST}</pre><pre>{SECOND}</pre><pre>{THIRD}</pre>",
    ],
    ids=["br", "mixed", "divs", "table", "sections", "spans", "paywall", "pre"],
)
def test_the_text_is_found_in_any_markup(body: str) -> None:
    assert texts(read(body)) == BODY


def test_a_headline_outside_the_article_does_not_lose_the_body() -> None:
    markup = (
        f"<html><body><header><h1>{HEADLINE}</h1></header><div>"
        f"<div class='left'><p><a href='/1'>दूसरी खबर पढ़ने को</a></p>"
        f"</div><div class='right'>{paragraphs()}</div></div></body></html>"
    )

    assert texts(read(markup)) == BODY


def test_a_bold_line_before_a_break_is_a_subhead() -> None:
    article = read(f"<p>{FIRST}</p><p><strong>राहत के लिए दो शिविर खुले</strong><br>{SECOND}</p>")

    assert [(block.kind, block.text) for block in article.body[1:]] == [
        ("subhead", "राहत के लिए दो शिविर खुले"),
        ("paragraph", SECOND),
    ]


JUNK = [
    "<p>Advertisement</p>",
    "<div>विज्ञापन</div>",
    "<p>और पढ़ें</p>",
    "<p>Posted By: Ramesh Kumar</p>",
    "<p>देश और दुनिया की ताजा खबरों के लिए <a href='https://khabar.example/app'>खबर का ऐप डाउनलोड करें</a></p>",
    "<p>हमें फेसबुक और ट्विटर पर फॉलो करें</p>",
    "<p>शायद आप ऐड ब्लॉकर का इस्तेमाल कर रहे हैं। पढ़ना जारी रखने के लिए उसे बंद करें।</p>",
    "<div class='ad-wrapper'><p>इस दिवाली सबसे सस्ते फ्लैट, आज ही बुक करें और सोना जीतें।</p></div>",
    "<div class='related-news'><p><a href='/1'>पश्चिमी तट पर भी चली तेज आंधी</a></p></div>",
    "<ul class='social-share'><li>फेसबुक</li><li>ट्विटर</li></ul>",
    "<div style='display: none'><p>यह छिपा हुआ पाठ है जो पन्ने पर नहीं दिखता है।</p></div>",
    "<p hidden>यह भी छिपा हुआ पाठ है जो पन्ने पर नहीं दिखता है।</p>",
    "<script>var a = 'वरुणपुर में आंधी';</script><style>.a{}</style><noscript>जावास्क्रिप्ट चालू करें</noscript>",
    "<form><p>न्यूजलेटर के लिए अपना ईमेल पता यहां लिखें।</p></form>",
    "<aside><p>संपादक की पसंद में आज पढ़िए तीन खास रिपोर्ट।</p></aside>",
    "<blockquote class='twitter-tweet'><p>The storm has passed.</p>&mdash; Office (@office) June 12, 2024</blockquote>",
    "<p>&gt; The storm has passed over the eastern coast.</p><p>&gt; — Office (@office) June 12, 2024</p>",
    "<figure><img src='/a.jpg'><figcaption>वरुणपुर की अंधेरी सड़कें (Photo: AP)</figcaption></figure>",
    "<p>वरुणपुर की अंधेरी सड़कें (Photo: AP)</p>",
    "<p><img src='/a.jpg' alt='आंधी के बाद वरुणपुर का बाजार'></p><p>आंधी के बाद वरुणपुर का बाजार</p>",
    "<p>https://khabar.example/video/12</p>",
    "<p>छोड़कर पॉडकास्ट आगे बढ़ें</p><p>समाप्त</p>",
    "<section class='podcast'><p>इस हफ्ते का पॉडकास्ट: तूफान की कहानी सुनिए।</p></section>",
]


@pytest.mark.parametrize("junk", JUNK)
def test_junk_between_paragraphs_is_left_out(junk: str) -> None:
    assert texts(read(f"<p>{FIRST}</p>{junk}<p>{SECOND}</p>{paragraphs(THIRD)}")) == BODY


@pytest.mark.parametrize(
    "tail",
    [
        "<p>---- समाप्त ----</p><p>लेटेस्ट</p><p>यह पंक्ति दूसरी खबर की है और यहां नहीं आनी चाहिए।</p>",
        "<p>English Summary</p><p>A storm brought down two hundred poles in Varunpur on Wednesday night.</p>",
        "<div class='english_summary_content'><p>A storm brought down two hundred poles in Varunpur.</p></div>",
        "<ul class='tags'><li><a href='/t/1'>आंधी</a></li></ul>"
        "<div class='comments'><p>बहुत दुखद खबर है, सब ठीक हो।</p></div>",
        "<h3><a href='https://app.example/x'>सबसे तेज खबरों के लिए हमारा ऐप डाउनलोड करें</a></h3>",
        "<p>TOPICS:</p>",
    ],
)
def test_nothing_after_the_end_belongs_to_the_report(tail: str) -> None:
    assert texts(read(paragraphs() + tail)) == BODY


@pytest.mark.parametrize(
    "credit",
    [
        "<p>(इनपुट- भाषा)</p>",
        "<p>--आईएएनएस</p>",
        "<p>एजेंसियां</p>",
        "<p><strong>(एएनआई)</strong></p>",
        "<div>(भाषा)</div>",
        "<p>ये खबर एएनआई के इनपुट के साथ लिखी गई है.</p>",
    ],
)
def test_a_printed_credit_is_no_junk(credit: str) -> None:
    article = read(paragraphs() + credit)

    assert len(article.body) == 4
    assert article.body[-1].kind == "paragraph"


@pytest.mark.parametrize("opening", ["एजेंसियां", "नई दिल्ली।", "काठमांडू, 12 जून (एजेंसी)।", "<b>वरुणपुर, संवाददाता।</b>"])
def test_a_short_opening_line_stays(opening: str) -> None:
    article = read(f"<p>{opening}</p>{paragraphs()}")

    assert len(article.body) == 4
    assert article.body[0].kind == "paragraph"


def test_one_short_paragraph_is_a_body() -> None:
    assert texts(read("<p>वरुणपुर में बिजली लौटी।</p>")) == ["वरुणपुर में बिजली लौटी।"]


def test_a_report_of_list_items_alone_is_read() -> None:
    items = "".join(f"<li>{text}</li>" for text in BODY)

    assert [(b.kind, b.text) for b in read(f"<ul>{items}</ul>").body] == [("list_item", text) for text in BODY]


def test_ordinary_words_in_class_names_do_not_make_junk() -> None:
    body = f"<div class='story-share-ads-related'>{paragraphs()}</div>"

    assert texts(read(body)) == BODY


def test_hashed_class_names_do_not_make_junk() -> None:
    body = (
        f"<div class='ad43c76f'><p class='e0ad12c3'>{FIRST}</p></div>"
        f"<div class='b8ad9901'>{paragraphs(SECOND, THIRD)}</div>"
    )

    assert texts(read(body)) == BODY


def test_a_page_in_amp_is_read() -> None:
    markup = page(
        f"<amp-img src='/a.jpg' width='600' height='400'></amp-img><amp-ad>विज्ञापन</amp-ad>{paragraphs()}"
        "<amp-social-share></amp-social-share>"
    ).replace("<html", "<html amp")

    article = read(markup)

    assert texts(article) == BODY
    assert [image.url for image in article.images] == ["https://khabar.example/a.jpg"]


def test_a_hindi_page_that_calls_itself_english_is_read() -> None:
    assert texts(read(page(paragraphs(), language="en-US"))) == BODY


@pytest.mark.parametrize("label", read_fixtures(Path("tests/pages")), ids=lambda label: label.file.stem)
def test_a_sentence_taken_at_once_is_one_that_every_rule_takes(label: Label, monkeypatch: pytest.MonkeyPatch) -> None:
    page = label.file.read_bytes()

    at_once = read_page(page, label.url)
    monkeypatch.setattr("crawler.reading.blocks._SHORTEST_PLAIN", len(page))

    assert read_page(page, label.url) == at_once


@pytest.mark.parametrize("ends", ["।", "?", "।”", ".", " (फाइल फोटो)", ":"])
@pytest.mark.parametrize(
    "begins",
    [
        "", "विज्ञापन के बाद ", "यह भी पढ़ें: ", "नेपाल में ", "-- समाप्त -- ", "इमेज स्रोत, एपी इमेज कैप्शन, ", "टैग्स: ", "डिस्क्लेमर ",
        "Written by: ", "https://khabar.example/ ", "#वरुणपुर #आंधी ", "© 2024 खबर ", "(@khabar) ", "— ", f"{HEADLINE} ",
    ],
)  # fmt: skip
def test_a_line_is_read_alike_however_soon_it_is_taken(begins: str, ends: str, monkeypatch: pytest.MonkeyPatch) -> None:
    line = f"{begins}{SECOND[:-1]} और {THIRD[:-1]}{ends}"
    body = paragraphs(FIRST, line, THIRD, line[: 130 + len(begins)] + ends)

    at_once = read(body)
    monkeypatch.setattr("crawler.reading.blocks._SHORTEST_PLAIN", 10_000)

    assert read(body) == at_once

"""Bodies: the whole report and nothing else, in page order, whatever the markup."""

import pytest

from crawler.items import Block, Related
from tests.reading.markup import FIRST, HEADLINE, SECOND, THIRD, page, paragraphs, read, texts

BODY = [FIRST, SECOND, THIRD]


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


MARKERS = ["यह भी पढ़ें", "ये भी पढ़ें", "इसे भी पढ़ें", "सम्बंधित ख़बरें", "Also Read", "यह भी पढ़ें :", "► ये भी देखें -"]
OTHER = "पश्चिमी तट पर भी तेज हवा चली"
LINK = f"<a href='/world/west-9'>{OTHER}</a>"
POINTED = [Related(title=OTHER, url="https://khabar.example/world/west-9")]


@pytest.mark.parametrize("marker", MARKERS)
def test_links_under_also_read_are_related(marker: str) -> None:
    article = read(f"<p>{FIRST}</p><p>{SECOND}</p><h4>{marker}</h4><ul><li>{LINK}</li></ul><p>{THIRD}</p>")

    assert texts(article) == BODY
    assert article.related == POINTED


@pytest.mark.parametrize(
    "line",
    [
        f"<p>यह भी पढ़ें: {LINK}</p>",
        f"<p><strong>यह भी पढ़ें- {LINK}</strong></p>",
        f"<p><a href='/world/west-9'>ये भी पढ़ें: {OTHER}</a></p>",
        f"<div class='relativeNews'><figure><a href='/world/west-9'>"
        f"<img src='/b.jpg'></a></figure><div>{LINK}</div><a>यह भी पढ़ें</a></div>",
        f"<p>{LINK}</p>",
    ],
)
def test_a_pointer_between_paragraphs_is_related(line: str) -> None:
    article = read(f"<p>{FIRST}</p><p>{SECOND}</p>{line}<p>{THIRD}</p>")

    assert texts(article) == BODY
    assert article.related == POINTED


@pytest.mark.parametrize(
    "pointer", [f" इसे भी पढ़ें: {LINK}", f" <a href='/world/west-9'>यह भी पढ़ें : {OTHER}</a>", f" (ये भी पढ़ें: {LINK}"]
)
def test_a_pointer_at_the_end_of_a_paragraph_is_cut_off(pointer: str) -> None:
    article = read(f"<p>{FIRST}</p><p>{SECOND}{pointer}</p><p>{THIRD}</p>")

    assert texts(article) == BODY
    assert article.related == POINTED


def test_titles_without_links_under_also_read_are_related() -> None:
    body = f"{paragraphs()}<p>यह भी पढ़ें</p><p>पहाड़ी गांवों में बर्फ गिरी, तीन रास्ते बंद</p><p>नए पुल का काम अगले महीने से</p>"

    article = read(body)

    assert texts(article) == BODY
    assert [link.title for link in article.related] == ["पहाड़ी गांवों में बर्फ गिरी, तीन रास्ते बंद", "नए पुल का काम अगले महीने से"]
    assert [link.url for link in article.related] == [None, None]


def test_the_report_goes_on_after_also_read() -> None:
    body = f"<p>{FIRST}</p><h4>यह भी पढ़ें</h4><p>{LINK}</p><h3>मरम्मत में कितने दिन</h3><p>{SECOND}</p><p>{THIRD}</p>"

    assert texts(read(body)) == [FIRST, "मरम्मत में कितने दिन", SECOND, THIRD]


def test_a_linked_word_in_a_sentence_stays() -> None:
    linked = FIRST.replace("वरुणपुर", "<a href='/topic/varunpur'>वरुणपुर</a>")

    assert texts(read(paragraphs(linked, SECOND, THIRD))) == BODY


@pytest.mark.parametrize(
    "deck",
    [
        "<h2>{}</h2>",
        "<div class='summary_art'><p>{}</p></div>",
        "<p class='short-description'>{}</p>",
        "<div class='synopsis'>{}</div>",
        "<p>{}</p><div>12 जून 2024, 10:15 AM IST</div>",
    ],
)
def test_the_deck_is_no_part_of_the_body(deck: str) -> None:
    printed = "बिजली लौटने में दो दिन लग सकते हैं, अस्पताल जनरेटर पर चल रहे हैं"

    article = read(deck.format(printed) + f"<div class='content'>{paragraphs()}</div>")

    assert article.deck == printed
    assert texts(article) == BODY


def test_a_share_bar_and_a_date_row_before_the_body_are_left_out() -> None:
    row = "<h4><a href='/author/ramesh'>रमेश वर्मा</a></h4><ul><li>वरुणपुर,</li><li>12 जून 2024,</li><li>फेसबुक</li></ul>"

    article = read(row + paragraphs())

    assert texts(article) == BODY
    assert article.byline == ["रमेश वर्मा"]


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


def test_a_relative_time_before_the_body_is_no_paragraph() -> None:
    assert texts(read(f"<div>मीरा जोशी | 5 घंटे पहले</div>{paragraphs(*BODY)}")) == BODY


def test_the_time_of_a_card_between_paragraphs_goes_with_its_link() -> None:
    card = '<div><a href="/world/lake-story-5521">झील के किनारे नया संग्रहालय खुला</a><div>20 नवंबर, 18:11</div></div>'

    assert texts(read(f"<p>{FIRST}</p>{card}<p>{SECOND}</p><p>{THIRD}</p>")) == BODY


ROWS = [
    "Updated: 12 जून 2024, 10:15 AM",
    "अपडेटेड: 12 जून 2024",
    "Published: June 12, 2024 10:15 IST",
    "5 घंटे पहले",
    "3 min read",
]


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize(
    "body",
    [
        "<p>{1}</p><p>{0}</p><p>{2}</p><p>{3}</p>",
        "<div class='c'><p>{1}</p><div>{0}</div><p>{2}</p><p>{3}</p></div>",
        "<div class='w'><p>{1}</p></div><div class='w'><p>{0}</p></div><div class='w'><p>{2}</p></div><p>{3}</p>",
    ],
    ids=["paragraphs", "a row of its own", "wrappers"],
)
def test_a_lead_above_the_date_row_is_no_deck(row: str, body: str) -> None:
    article = read(body.format(row, *BODY))

    assert texts(article) == BODY
    assert article.deck is None


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("deck", ["<p class='x'>{}</p>", "<div class='x'><p>{}</p></div>", "<h2>{}</h2>"])
def test_a_sentence_that_stands_apart_above_the_date_row_is_the_deck(row: str, deck: str) -> None:
    printed = "बिजली लौटने में दो दिन लग सकते हैं, अस्पताल जनरेटर पर चल रहे हैं।"

    article = read(f"{deck.format(printed)}<div>{row}</div><div class='content'>{paragraphs()}</div>")

    assert texts(article) == BODY
    assert article.deck == printed


@pytest.mark.parametrize(
    "wrapper",
    [
        "<div><div class='w'><p>{}</p></div></div>",
        "<section><div class='w'><p>{}</p></div></section>",
        "<div class='w'><span>{}</span></div>",
        "<div class='w'><p>{}</p><figure><img src='/a.jpg'></figure></div>",
    ],
)
def test_a_lead_that_is_the_description_stays_in_wrappers_of_any_depth(wrapper: str) -> None:
    head = f'<meta name="description" content="{FIRST}">'

    assert texts(read("".join(map(wrapper.format, BODY)), head=head)) == BODY


def test_a_description_that_stands_apart_is_the_deck() -> None:
    body = f"<div><p>{FIRST}</p></div><div>{paragraphs(SECOND, THIRD)}</div>"

    assert read(body, head=f'<meta name="description" content="{FIRST}">').deck == FIRST


def test_a_dateline_on_its_own_line_above_the_date_row_stays() -> None:
    body = f"<p>वरुणपुर, 12 जून (एजेंसी)।</p><p>Updated: 12 जून 2024</p>{paragraphs()}"

    assert texts(read(body)) == ["वरुणपुर, 12 जून (एजेंसी)।", *BODY]


@pytest.mark.parametrize("day", ["<h3>12 जून 2024</h3>", "<h4>12 जून 2024, शाम</h4>"])
def test_a_day_as_a_subhead_is_no_date_row(day: str) -> None:
    assert len(texts(read(f"<p>{FIRST}</p>{day}{paragraphs(SECOND, THIRD)}"))) == 4


@pytest.mark.parametrize(
    "line",
    [
        "<p>पहले प्रकाशित: 12 जून 2024</p>",
        "<p>Last Updated on: 12 Jun 2024</p>",
        "<p>#आंधी #बिजली</p>",
        "<p><a href='/a'>होम</a> | <a href='/b'>विदेश</a></p>",
        "<p>डिस्क्लेमर: यह खबर सामान्य जानकारी के लिए है।</p>",
        "<p>Subscribe to our newsletter</p>",
        "<p>संबंधित विषय</p>",
        "<p>अगली खबर पढ़ें</p>",
        "<p>Location : वरुणपुर</p>",
    ],
)
def test_what_stands_under_a_report_is_no_text(line: str) -> None:
    assert texts(read(paragraphs() + line)) == BODY


@pytest.mark.parametrize(
    "line",
    [
        "12 जून 2024 को राहत शुरू हुई थी",
        "प्रकाशित रिपोर्ट में 12 गांवों के नाम हैं।",
        "अपडेट: 12 गांवों में बिजली लौटी",
        "#आंधी से सौ खंभे गिरे।",
        "<a href='/a'>राहत दल</a> और <a href='/b'>सेना</a> रात भर लगे रहे।",
    ],
)
def test_a_line_that_only_begins_like_one_stays(line: str) -> None:
    assert len(texts(read(f"{paragraphs()}<p>{line}</p>"))) == 4

"""Pages without an article are refused with the right reason; articles that resemble them are read."""

from pathlib import Path

import pytest

from crawler.reading.wall_titles import read_wall
from tests.reading.markup import FIRST, HEADLINE, SECOND, THIRD, URL, page, paragraphs, read, reason, script, texts

TABLE = Path(__file__).parent / "walls.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
ENTRIES = "".join(
    f"<div class='item'><h3><a href='/world/story-{n}'>वरुणपुर से जुड़ी खबर क्रमांक {n}</a></h3>"
    f"<time datetime='2024-06-{n:02}T10:00:00+05:30'>{n} जून</time><p>{FIRST[:60]}...</p></div>"
    for n in range(1, 13)
)


@pytest.mark.parametrize(("title", "answer"), ROWS)
def test_a_title_says_what_the_table_says(title: str, answer: str) -> None:
    assert (read_wall(title) or "-") == answer


@pytest.mark.parametrize(
    ("markup", "url"),
    [
        (page(ENTRIES, headline="विदेश की खबरें"), "https://khabar.example/world"),
        (page(ENTRIES, headline="वरुणपुर"), "https://khabar.example/tag/varunpur"),
        (page(ENTRIES, headline="खबर संसार"), "https://khabar.example/"),
        (page(ENTRIES, headline="Tag: वरुणपुर").replace("<body>", "<body class='archive tag'>"), URL),
        (page(ENTRIES, headline="विदेश", head=script({"@type": "CollectionPage", "name": "विदेश"})), URL),
    ],
    ids=["section", "tag", "home", "wordpress", "collection"],
)
def test_a_listing_is_refused(markup: str, url: str) -> None:
    assert reason(markup, url) == "listing"


@pytest.mark.parametrize(
    "markup",
    [
        page("<amp-story standalone><amp-story-page><p>पहली तस्वीर</p></amp-story-page></amp-story>"),
        page(paragraphs(), head=script({"@type": "NewsArticle", "headline": HEADLINE})).replace(
            "</head>", '<link rel="canonical" href="https://khabar.example/visualstories/world/a-1"></head>'
        ),
    ],
)
def test_a_web_story_is_refused(markup: str) -> None:
    assert reason(markup) == "web-story"


@pytest.mark.parametrize(
    ("markup", "url"),
    [
        (page("<video></video>", headline="खबर संसार"), "https://khabar.example/livetv"),
        (page("<audio></audio>", headline="खबर संसार"), "https://khabar.example/khabar_radio/liveradio"),
        (page("<audio></audio>", headline="खबर संसार"), "https://khabar.example/radio-live/"),
        (page("<video></video>", headline="खबर संसार"), "https://khabar.example/watch-live"),
        (page(f"<div id='player'></div><p>{SECOND}</p>", headline="लाइव रेडियो सुनिए"), URL),
        (page(f"<div id='player'></div><p>{SECOND}</p>", headline="खबर Live TV: 24 घंटे देखिए"), URL),
        (
            page("<div id='player'></div>", head='<meta property="og:url" content="https://khabar.example/live-tv/">'),
            URL,
        ),
    ],
)
def test_live_television_is_refused(markup: str, url: str) -> None:
    assert reason(markup, url) == "live-tv"


@pytest.mark.parametrize(
    "markup",
    [
        page(paragraphs(), head=script({"@type": "Product", "name": "दीप 12"}), headline="दीप 12"),
        page("<table><tr><td>बैटरी</td><td>5000</td></tr></table>", headline="दीप 12 प्राइस इन इंडिया, फुल स्पेसिफिकेशन"),
        page(
            "<div itemscope itemtype='https://schema.org/Product'><p>बैटरी 5000 इकाई की है।</p></div>", headline="दीप 12"
        ),
    ],
)
def test_a_product_is_refused(markup: str) -> None:
    assert reason(markup) == "product"


def test_a_report_with_teasers_beside_it_is_no_listing() -> None:
    markup = page(paragraphs()).replace("</main>", f"</main><div>{ENTRIES}</div>")

    assert texts(read(markup)) == [FIRST, SECOND, THIRD]


def test_a_report_about_live_television_is_read() -> None:
    markup = page(paragraphs(*[FIRST, SECOND, THIRD] * 4), headline="लाइव टीवी पर एंकर ने मांगी माफी")

    assert read(markup).headline == "लाइव टीवी पर एंकर ने मांगी माफी"


@pytest.mark.parametrize(
    "path", ["live-radio-station-opens-4512", "world/livestream-of-launch", "watch-live-matches-4512"]
)
def test_an_address_with_these_words_in_its_slug_is_no_live_channel(path: str) -> None:
    assert read(page(paragraphs()), url=f"https://khabar.example/{path}").headline == HEADLINE


def test_an_article_in_english_is_read_and_left_to_the_language_pipeline() -> None:
    english = "A storm brought down two hundred poles in the port city on Wednesday, and half of it lies in darkness."

    assert texts(read(page(paragraphs(english, english), headline="Storm hits the port city"))) == [english, english]


def test_an_english_summary_is_neither_body_nor_deck() -> None:
    english = (
        "<div class='english_summary_content'><p>A storm brought down two hundred poles in Varunpur today.</p></div>"
    )

    article = read(paragraphs() + english)

    assert (texts(article), article.deck) == ([FIRST, SECOND, THIRD], None)


@pytest.mark.parametrize("url_path", ["/about-us", "/hindi/contact.html", "/privacy-policy/", "/pages/terms-of-use"])
def test_the_path_of_a_page_about_the_outlet_refuses_it(url_path: str) -> None:
    assert reason(page(paragraphs(), headline="खबर संसार की बात"), f"https://khabar.example{url_path}") == "about-outlet"


@pytest.mark.parametrize("title", ["हमारे बारे में", "गोपनीयता नीति", "Contact us", "नियम और शर्तें", "About us - खबर"])
def test_the_title_of_a_page_about_the_outlet_refuses_it(title: str) -> None:
    assert reason(page(paragraphs(), headline=title), "https://khabar.example/info/12") == "about-outlet"


@pytest.mark.parametrize(
    ("headline", "url"),
    [
        ("हमारे बारे में झूठ फैलाया गया, दूत ने कहा", URL),
        ("गोपनीयता नीति बदलने पर कंपनी पर जुर्माना", URL),
        ("संपर्क करें तो मदद मिलेगी, दूतावास ने कहा", URL),
        (HEADLINE, "https://khabar.example/world/privacy-policy-of-apps-4512"),
        (HEADLINE, "https://khabar.example/world/about-us-and-them"),
        (HEADLINE, "https://khabar.example/world/contact/4512"),
    ],
)
def test_an_article_about_policies_and_contacts_is_read(headline: str, url: str) -> None:
    assert texts(read(page(paragraphs(), headline=headline), url=url)) == [FIRST, SECOND, THIRD]


IMPRINT = "खबर संसार देश और दुनिया की खबरें देने वाला पोर्टल है और इसके पाठक हर राज्य में हैं।"


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("सोने का भाव आज", "<table><tr><td>वरुणपुर</td><td>72,300</td></tr><tr><td>सागर</td><td>72,150</td></tr></table>"),
        ("वरुणपुर का मौसम", "<div>34° साफ</div><ul><li>शुक्र 35°</li><li>शनि 36°</li></ul>"),
        ("जनमत: पुल कैसा लगा?", "<form><label><input type='radio'>अच्छा</label></form>"),
    ],
)
@pytest.mark.parametrize("rights", ["© 2026 खबर मीडिया", "कॉपीराइट: खबर मीडिया", "सर्वाधिकार सुरक्षित"])
def test_the_footer_of_a_page_without_text_is_no_article(headline: str, body: str, rights: str) -> None:
    markup = page(body, headline=headline)

    assert reason(markup.replace("</body>", f"<footer><p>{IMPRINT}</p><p>{rights}</p></footer></body>")) in (
        "listing",
        "no-body",
    )


@pytest.mark.parametrize("rights", ["", "<p>पुल खुलने पर मेला लगा।</p>"])
def test_a_report_in_a_footer_is_read(rights: str) -> None:
    markup = page("").replace("</article>", f"<footer>{paragraphs()}{rights}</footer></article>")

    assert texts(read(markup))[:3] == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    ("title", "headline", "line"),
    [
        ("रखरखाव", "साइट पर काम चल रहा है", "हम जल्द ही वापस आएंगे।"),
        ("500", "500 Internal Server Error", "सर्वर में गड़बड़ी है, कृपया बाद में कोशिश करें।"),
        ("खबर", "क्या आप 18 वर्ष से अधिक हैं?", "इसे देखने के लिए अपनी उम्र की पुष्टि करें।"),
        (HEADLINE, HEADLINE, "हमारी साइट विज्ञापनों से चलती है। कृपया अपना ऐड ब्लॉकर बंद करके पेज दोबारा खोलें।"),
    ],
)
def test_an_error_or_a_gate_of_one_line_is_no_article(title: str, headline: str, line: str) -> None:
    markup = f"<html lang='hi'><head><title>{title}</title></head><body><h1>{headline}</h1><p>{line}</p></body></html>"

    assert reason(markup) == "no-body"


@pytest.mark.parametrize("line", ["पुल पर काम चल रहा है और दल जल्द ही वापस आएंगे।", FIRST])
def test_an_article_of_one_line_whose_title_repeats_the_headline_is_read(line: str) -> None:
    assert texts(read(page(f"<p>{line}</p>"))) == [line]

"""The full text in a feed as the article of a page that is refused, and how it is told from a summary."""

import json
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

import pytest

from crawler.discovery.full_texts import article_in_feed
from crawler.discovery.links import Further, Link
from crawler.discovery.listing import Feed
from crawler.discovery.read_listing import read_listing
from crawler.items import Article
from crawler.limits import LONGEST_FEED_TEXT
from spiders.indiatv import IndiatvSpider
from tests.commands.running import Done, scrapy
from tests.crawling.site import FEED, HOME, NOW, address
from tests.site.publisher import Answer, Publisher

URL = address(1)
TITLE = "वरुणपुर में बाढ़ के बाद पुल का काम फिर शुरू"
LINES = (
    "काठमांडू, 24 नवंबर (भाषा) नेपाल के वरुणपुर जिले में बाढ़ से टूटे पुल को बनाने का काम मंगलवार को फिर शुरू हुआ।",
    "जिले की अधिकारी सीता राई ने बताया कि सौ मजदूर दिन-रात काम कर रहे हैं और मार्च तक सड़क खोल दी जाएगी।",
    "पुल के टूटने से पहाड़ के बारह गांवों का रास्ता तीन हफ्ते से बंद है और लोग नाव से नदी पार करते हैं।",
    "स्थानीय दुकानदार मोहन थापा ने कहा कि अनाज की कीमतें बढ़ गई हैं और स्कूल भी अब तक नहीं खुले हैं।",
    "सरकार ने प्रभावित परिवारों को राहत देने के लिए दस करोड़ रुपये मंजूर किए हैं।",
)
FULL = "".join(f"<p>{line}</p>" for line in LINES)
LONG = "".join(f"<p>{line.replace('।', f', क्रम {number}।')}</p>" for number in range(6) for line in LINES)
SUMMARY = LINES[0]


def rss(content: str, description: str = SUMMARY, *, url: str = URL, title: str = TITLE) -> bytes:
    """Return a feed with one entry, whose `content:encoded` is this HTML."""
    return f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
        xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
        <item><title>{title}</title><link>{url}</link><pubDate>Tue, 24 Nov 2026 06:00:00 +0530</pubDate>
        <dc:creator>सुनीता राव</dc:creator><description><![CDATA[{description}]]></description>
        <content:encoded><![CDATA[{content}]]></content:encoded></item></channel></rss>""".encode()


def atom(content: str, kind: str, **others: str) -> bytes:
    """Return an Atom feed with one entry, whose `content` is this text."""
    more = "".join(f' {name}="{value}"' for name, value in others.items())
    return f"""<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><entry>
        <title>{TITLE}</title><link href="{URL}"/><published>2026-11-24T06:00:00+05:30</published>
        <content type="{kind}"{more}>{content}</content></entry></feed>""".encode()


def links(feed: bytes, *, keeps_texts: bool = True) -> list[Link]:
    listing = Feed(url=FEED, evidence="code")
    found: Iterable[Any] = read_listing(listing, Further(url=FEED), feed, FEED, keeps_texts=keeps_texts)
    return [link for link in found if isinstance(link, Link)]


def read(feed: bytes) -> Article | None:
    (link,) = links(feed)
    return article_in_feed(link, IndiatvSpider.outlet, None)


def test_the_text_of_a_feed_is_read_as_a_page_is_and_says_where_it_is_from() -> None:
    article = read(rss(FULL))

    assert article is not None
    assert [block.text for block in article.body] == list(LINES)
    assert (article.headline, article.url, article.byline) == (TITLE, URL, ["सुनीता राव"])
    assert article.published_at == "2026-11-24T00:30:00Z"
    assert set(article.provenance.values()) == {"feed"}
    assert {"headline", "body", "byline", "published_at"} <= article.provenance.keys()


@pytest.mark.parametrize(
    "feed",
    [
        rss(FULL.replace("<p>", "").replace("</p>", "<br><br>")),
        rss(f"<div><figure><img src='/a.jpg'><figcaption>पुल</figcaption></figure>{FULL}</div>"),
        rss(FULL + f'<p>The post <a href="{URL}">{TITLE}</a> appeared first on <a href="{HOME}">India TV</a>.</p>'),
        rss(FULL, description=""),
        rss(FULL + LONG, description=FULL + LONG),
        rss(FULL + "<p>यह भी पढ़ें: <a href='/world/2'>नेपाल में चुनाव की तारीख तय</a></p>"),
        rss(FULL + f'<p>The post <a href="{URL}">{TITLE}</a> first appeared on <a href="{HOME}">India TV</a>.</p>'),
        rss(FULL + "<p><a href='/world/2'>यह भी पढ़ें</a></p>"),
        rss(FULL + "<p>पढ़ें: <a href='/world/2'>नेपाल में चुनाव की तारीख तय</a></p>"),
        rss(FULL + "<p>इस गांव के बच्चे पहली बार स्कूल में पढ़े।</p>"),
        rss(FULL + "<p>अब लोग खबर पढ़ने के लिए दूसरे गांव जाते हैं।</p>"),
        rss("TEXT").replace(b"<![CDATA[TEXT]]>", escape(FULL).encode()),
        rss(FULL).replace(b"<content:encoded><![CDATA[", b"<content:encoded>").replace(b"]]></content", b"</content"),
        atom(escape(FULL), "html"),
        atom(f'<div xmlns="http://www.w3.org/1999/xhtml">{FULL}</div>', "xhtml"),
        atom("\n\n".join(LINES), "text"),
        atom(escape(FULL), "text/html"),
    ],
)
def test_a_full_text_is_recognised_however_it_is_written(feed: bytes) -> None:
    article = read(feed)

    assert article is not None
    assert {LINES[1], LINES[4]} <= {block.text for block in article.body}


@pytest.mark.parametrize(
    "feed",
    [
        rss(f"<p>{SUMMARY}</p>"),
        rss(f"<p>{LINES[0]} {LINES[1]}</p>"),
        rss(f"<p>{''.join(LINES)[:450]}…</p>"),
        rss(f"<p>{''.join(LINES)[:450]} [&hellip;]</p>"),
        rss(f"<p>{''.join(LINES)[:450]} [...]</p>"),
        rss(f'{FULL}<p><a href="{URL}">आगे पढ़ें</a></p>'),
        rss(f'{FULL}<p><a href="{URL}">पूरी खबर पढ़ें »</a></p>'),
        rss(f'{FULL}<p><a href="{URL}">Continue reading</a></p>'),
        rss(f"<p>{''.join(LINES)[:450]} Read more...</p>"),
        rss(f'{FULL}<p><a href="{URL}">Continue reading <span>“{TITLE}”</span> →</a></p>'),
        rss(f'{FULL} <a href="{URL}">Continue reading {TITLE} at India TV</a>'),
        rss(f'{FULL}<p><a href="{URL}">Read the rest of this entry »</a></p><p>The post x appeared first on y.</p>'),
        rss(f'{FULL}<p><a href="{URL}">पढ़ें पूरी खबर</a></p>'),
        rss(f'{FULL}<p><a href="{URL}">पूरी खबर यहाँ पढ़े</a></p><img src="/1.gif">'),
        rss(f'{FULL}<p><a href="{URL}">पढ़ना जारी रखें</a></p>'),
        rss(f'{FULL}<p><a href="{URL}">पूरा पढ़ने के लिए सदस्यता लें।</a></p>'),
        rss(f"<p>{''.join(LINES)[:450]} [&hellip;]</p><p>The post {TITLE} first appeared on India TV.</p>"),
        rss(FULL, description=FULL),
        rss(FULL, description=" ".join(LINES[:4])),
        rss(""),
        rss(FULL).replace(b"content:encoded", b"excerpt:encoded"),
        rss(FULL).replace(b"content:encoded", b"media:content"),
        rss(FULL + "a" * LONGEST_FEED_TEXT),
        rss("<script>alert(1)</script>" * 40),
        atom("", "html", src=f"{URL}?full"),
        atom(escape(f"<p>{SUMMARY}</p>"), "html"),
    ],
)
def test_a_summary_is_no_article(feed: bytes) -> None:
    assert read(feed) is None


def test_without_the_profile_a_feeds_texts_are_not_kept() -> None:
    assert [link.text for link in links(rss(FULL), keeps_texts=False)] == [None]


SETTINGS = {
    "CRAWL_TIME": NOW,
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "0",
    "RETRY_ENABLED": "0",
    "STATS_DUMP": "1",
    "RECHECK_AFTER": "1",
}


def crawl(folder: Path, answers: dict[str, Answer], **settings: str) -> tuple[list[dict[str, Any]], Done, list[str]]:
    out = folder / "out.jsonl"
    out.unlink(missing_ok=True)
    values = {**SETTINGS, "STORE": f"sqlite:///{folder}/v.db", **settings}
    given = [part for name, value in values.items() for part in ("-s", f"{name}={value}")]
    with Publisher(answers, folder) as publisher:
        done = scrapy("crawl", "indiatv", "-O", out, *given, environment=publisher.environment)
        asked = publisher.urls()
    assert "Traceback" not in done.err, done.err
    lines = out.read_text(encoding="utf-8").splitlines() if out.exists() else []
    return [json.loads(line) for line in lines], done, asked


def refusing_site() -> dict[str, Answer]:
    """Return a site whose feed prints four articles in full: the pages are refused, a wall, gone, and forbidden."""
    wall = Answer(body=b"<!doctype html><html><head><title>Just a moment...</title></head><body><p>Wait.")
    feed = rss(FULL).replace(b"</item>", b"</item>" + b"".join(_items(2, 3, 4)))
    return {
        f"{HOME}/robots.txt": Answer(body=f"User-agent: *\nDisallow: {address(4).removeprefix(HOME)}\n".encode()),
        FEED: Answer(body=feed, headers={"Content-Type": "application/rss+xml"}),
        address(1): Answer(status=403, body=b"no"),
        address(2): wall,
        address(3): Answer(status=404, body=b"gone"),
    }


def test_a_refused_page_is_read_from_its_feed_and_no_page_that_is_gone_or_forbidden(tmp_path: Path) -> None:
    read, done, _ = crawl(tmp_path, refusing_site(), FEED_TEXT_OUTLETS="indiatv")

    assert {article["url"] for article in read} == {address(1), address(2)}
    assert all(article["provenance"]["body"] == "feed" for article in read)
    assert {article["dateline"]["raw"] for article in read} == {"काठमांडू, 24 नवंबर (भाषा)"}
    assert "'article/from_feed': 2" in done.err
    assert "'outcome/articles/exported': 2" in done.err


@pytest.mark.soak
def test_an_article_that_is_known_is_not_read_again_from_its_feed(tmp_path: Path) -> None:
    crawl(tmp_path, refusing_site(), FEED_TEXT_OUTLETS="indiatv")
    site = refusing_site()
    site[FEED] = Answer(body=site[FEED].body.replace("सौ मजदूर".encode(), "दो सौ मजदूर".encode()))

    later, done, asked = crawl(tmp_path, site, FEED_TEXT_OUTLETS="indiatv", CRAWL_TIME="2026-11-24T13:00:00+05:30")

    assert address(1) in asked
    assert later == []
    assert "article/from_feed" not in done.err
    assert "'outcome/articles/failed/http-403': 1" in done.err


def _items(*numbers: int) -> Iterable[bytes]:
    for number in numbers:
        other = rss(FULL.replace("वरुणपुर", f"वरुणपुर {number}"), url=address(number), title=f"{TITLE} {number}")
        yield other[other.index(b"<item>") : other.index(b"</channel>")]

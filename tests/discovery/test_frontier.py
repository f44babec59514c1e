"""Announcements of several listings are joined, decide what is requested, and fill gaps of the page."""

import asyncio
import pickle
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import HtmlResponse, Response
from scrapy.utils.request import request_from_dict
from scrapy.utils.test import get_crawler
from twisted.python.failure import Failure

from crawler.discovery.ask import ArticleAsk, ListingAsk
from crawler.discovery.frontier import TooOld, refuse_too_old
from crawler.discovery.links import Further, Link, Listing
from crawler.discovery.listing import NewsSitemap
from crawler.items import Article
from crawler.notes import notes_of
from crawler.reading.urls import article_id
from crawler.reasons import NotAnArticle
from spiders.bbc_hindi import BbcHindiSpider
from spiders.indiatv import IndiatvSpider

PAGE = "https://www.indiatv.in/world/asia/a-2026-11-23-1184188"
PAGES = Path(__file__).resolve().parent.parent / "pages"
SILENT = """<html lang="hi"><body><article><div id="content"><p>काठमांडू: नेपाल की संसद ने सोमवार को नया कानून पारित
कर दिया। इसके बाद सरकार ने कहा कि नियम अगले साल से लागू होंगे।</p><p>विपक्ष ने इसका विरोध किया और कहा कि वह सड़क पर
उतरेगा। प्रधानमंत्री ने बातचीत का न्योता दिया है, जिसे विपक्ष ने ठुकरा दिया।</p><p>राजधानी में सुरक्षा बढ़ा दी गई है
और स्कूलों को दो दिन के लिए बंद रखने का फैसला किया गया है।</p></div></article></body></html>"""
FEED = IndiatvSpider.listings[0]


def spider(cls: Any = IndiatvSpider, **given: str) -> Any:
    crawler = get_crawler(cls, settings_dict={"CRAWL_TIME": "2026-11-24T10:00:00+05:30"})
    crawler.spider = cls.from_crawler(crawler, **given)
    return crawler.spider


def listed(listing: Listing, body: str, url: str | None = None, page: int = 1, depth: int = 0) -> Response:
    ask = ListingAsk(listing=listing, further=Further(url=url or listing.url, page=page), depth=depth)
    return Response(url or listing.url, body=body.encode(), request=Request(url or listing.url, meta={"ask": ask}))


def rss(*items: tuple[str, str, str]) -> str:
    entries = "".join(f"<item><link>{u}</link><title>{t}</title><pubDate>{d}</pubDate></item>" for u, t, d in items)
    return f'<rss version="2.0"><channel>{entries}</channel></rss>'


def article_page(link: Link, body: str) -> HtmlResponse:
    request = Request(PAGE, meta={"ask": ArticleAsk(link=link, address="indiatv-1")})
    return HtmlResponse(PAGE, body=body.encode(), encoding="utf-8", request=request)


def test_an_article_that_several_listings_announce_is_requested_once_with_all_their_facts() -> None:
    crawl = spider()
    sitemap = NewsSitemap(url="https://www.indiatv.in/s.xml", evidence="page")
    bare = f'<urlset xmlns="x"><url><loc>{PAGE.replace("www.", "m.")}?utm_source=x</loc></url></urlset>'

    first = list(crawl.read_listing(listed(sitemap, bare)))
    second = list(crawl.read_listing(listed(FEED, rss((PAGE, "शीर्षक", "Mon, 23 Nov 2026 10:00:00 +0530")))))

    assert [request.url for request in first] == [PAGE]
    assert second == []
    announced = crawl.frontier.announced.of(first[0].meta["ask"].link)
    assert announced.title == "शीर्षक"
    assert announced.published == datetime(2026, 11, 23, 4, 30, tzinfo=UTC)


def test_the_announced_title_and_time_are_used_if_the_page_has_none() -> None:
    link = Link(
        url=PAGE, listing=FEED.url, title="नेपाल में नया कानून", published=datetime(2026, 11, 23, 4, 30, tzinfo=UTC)
    )

    (article,) = spider().read_article(article_page(link, SILENT))

    assert isinstance(article, Article)
    assert (article.headline, article.published_at) == ("नेपाल में नया कानून", "2026-11-23T04:30:00Z")
    assert (article.provenance["headline"], article.provenance["published_at"]) == ("feed", "feed")


@pytest.mark.parametrize(
    ("announced", "read"),
    [
        ("2026-11-23T20:15:00+00:00", ("2026-11-23T20:15:00Z", "2026-11-24", "minute")),
        ("2026-11-23T20:15:08+00:00", ("2026-11-23T20:15:08Z", "2026-11-24", "second")),
        ("2026-11-23T00:00:00+05:30", (None, "2026-11-23", "day")),
        ("2026-11-23T00:00:00+00:00", (None, "2026-11-23", "day")),
    ],
)
def test_an_announced_midnight_is_a_day_without_a_time(announced: str, read: tuple[str | None, str, str]) -> None:
    link = Link(url=PAGE, listing=FEED.url, title="नेपाल में नया कानून", published=datetime.fromisoformat(announced))

    (article,) = spider().read_article(article_page(link, SILENT))

    assert (article.published_at, article.published_on, article.published_precision) == read
    assert (article.provenance.get("published_at"), article.provenance["published_on"]) == (read[0] and "feed", "feed")


def test_an_announced_time_does_not_replace_a_day_that_the_page_prints() -> None:
    stated = '<head><meta name="publish-date" content="2026-11-22"></head>'
    page = SILENT.replace("<body>", f"{stated}<body>")
    link = Link(
        url=PAGE, listing=FEED.url, title="नेपाल में नया कानून", published=datetime(2026, 11, 23, 4, 30, tzinfo=UTC)
    )

    (article,) = spider().read_article(article_page(link, page))

    assert (article.published_at, article.published_on) == (None, "2026-11-22")


@pytest.mark.parametrize(("since", "refused"), [("2026-11-23T10:00", False), ("2026-11-24", True)])
def test_a_day_alone_is_too_old_only_if_the_whole_day_is(since: str, refused: bool) -> None:
    article = Article(id="a", outlet="indiatv", url=PAGE, headline="नया कानून", published_on="2026-11-23")
    wanted = spider(since=since).arguments.since

    if refused:
        with pytest.raises(TooOld, match="published 2026-11-23T23:59:59"):
            refuse_too_old(article, wanted)
    else:
        refuse_too_old(article, wanted)


def test_the_page_has_priority_over_the_announcement() -> None:
    page = (PAGES / "indiatv" / "nepal_bridge_bhasha.html").read_text(encoding="utf-8")
    link = Link(url=PAGE, listing=FEED.url, title="कुछ और", published=datetime(2020, 1, 1, tzinfo=UTC))

    (article,) = spider().read_article(article_page(link, page))

    assert article.headline.startswith("नेपाल में 11 महीने बाद")
    assert "feed" not in article.provenance.values()


def test_since_excludes_articles_that_the_listing_or_the_page_dates_earlier() -> None:
    crawl = spider(since="2026-11-24")
    page = (PAGES / "indiatv" / "nepal_bridge_bhasha.html").read_text(encoding="utf-8")
    old, new = PAGE, PAGE.replace("1184188", "1184189")
    feed = rss((old, "क", "Mon, 23 Nov 2026 10:00:00 +0530"), (new, "ख", "Tue, 24 Nov 2026 10:00:00 +0530"))

    requests = list(crawl.read_listing(listed(FEED, feed)))

    assert [request.url for request in requests] == [new]
    with pytest.raises(NotAnArticle, match="before-since: published 2026-11-23"):
        list(crawl.read_article(article_page(Link(url=PAGE, listing=FEED.url), page)))


def test_ads_other_sections_and_videos_are_not_requested() -> None:
    feed = rss(
        ("https://ads.example.net/x", "विज्ञापन", ""),
        ("https://www.indiatv.in/sports/x-2026-11-23-1", "खेल", ""),
        ("https://www.indiatv.in/video/world/x-1", "वीडियो", ""),
    )
    crawl = spider()

    assert list(crawl.read_listing(listed(FEED, feed))) == []
    assert crawl.tally.of(FEED.url).announced == 3
    assert crawl.tally.of(FEED.url).offsite == 1


def test_a_listing_of_all_sections_requests_nothing_and_adds_titles_and_times() -> None:
    crawl = spider(BbcHindiSpider)
    world, everything = BbcHindiSpider.listings[0], BbcHindiSpider.listings[1]
    url = "https://www.bbc.com/hindi/articles/c8x2dkv41m7o"

    assert list(crawl.read_listing(listed(everything, rss((url, "पूरा शीर्षक", ""))))) == []
    (request,) = crawl.read_listing(listed(world, rss((url + ".amp", "", ""))))

    assert request.url == url
    assert crawl.frontier.announced.of(request.meta["ask"].link).title == "पूरा शीर्षक"


def test_a_dead_listing_is_counted_under_its_reason_and_a_broken_one_apart() -> None:
    crawl = spider()

    list(crawl.read_listing(listed(FEED, "<!doctype html><html>")))
    list(crawl.read_listing(listed(FEED, rss((PAGE, "क", ""))[:-10] + "<item><link>https://x")))

    assert crawl.tally.of(FEED.url).dead == "html"
    assert crawl.tally.of(FEED.url).broken == "cut-short"
    stats = dict(crawl.tally.stats("indiatv"))
    assert (stats["listing/dead"], stats["listing/broken"]) == (1, 1)
    assert stats[f"listing/indiatv/{FEED.url}/dead"] == "html"


def index(*sitemaps: tuple[str, str]) -> str:
    entries = "".join(f"<sitemap><loc>{url}</loc><lastmod>{time}</lastmod></sitemap>" for url, time in sitemaps)
    return f"<sitemapindex>{entries}</sitemapindex>"


def test_an_index_is_followed_to_its_recent_sitemaps_on_the_outlets_domains() -> None:
    crawl = spider()
    listing = NewsSitemap(url="https://www.indiatv.in/index.xml", evidence="page")
    body = index(
        ("https://www.indiatv.in/new.xml", "2026-11-24T09:00:00+05:30"),
        ("https://www.indiatv.in/old.xml", "2019-01-01"),
        ("https://cdn.example.net/new.xml", "2026-11-24T09:00:00+05:30"),
    )

    assert [request.url for request in crawl.read_listing(listed(listing, body))] == ["https://www.indiatv.in/new.xml"]


def test_endless_nesting_of_sitemaps_ends() -> None:
    crawl = spider()
    listing = NewsSitemap(url="https://www.indiatv.in/0.xml", evidence="page")
    depth, response = 0, listed(listing, index(("https://www.indiatv.in/1.xml", "")))

    while requests := list(crawl.read_listing(response)):
        depth += 1
        body = index((f"https://www.indiatv.in/{depth + 1}.xml", ""), (requests[0].url, ""))
        response = listed(listing, body, requests[0].url, depth=depth)

    assert depth == 4
    assert crawl.tally.of(listing.url).broken == "endless"


def test_an_index_of_a_thousand_indexes_is_warned_of_once(caplog: pytest.LogCaptureFixture) -> None:
    crawl = spider()
    listing = NewsSitemap(url="https://www.indiatv.in/0.xml", evidence="page")
    names = [(f"https://www.indiatv.in/{n}.xml", "") for n in range(1, 1001)]
    waiting = list(crawl.read_listing(listed(listing, index(*names))))
    count = len(waiting)

    for request in waiting:
        further = [(f"{request.url}?{n}", "") for n in range(1000)]
        count += len(list(crawl.read_listing(listed(listing, index(*further), request.url, depth=1))))

    assert count == 500
    assert sum("not read" in record.message for record in caplog.records) == 1
    assert dict(crawl.tally.stats("indiatv"))["listing/broken"] == 1
    assert crawl.tally.of(listing.url).broken_again == 500


def test_a_damaged_listing_is_read_and_its_skipped_entries_are_counted() -> None:
    crawl = spider()
    other = PAGE.replace("1184188", "1184189")
    body = rss(("http://[link]/x", "क", ""), (PAGE, "ख\x07", ""), (other, "ग", ""))
    response = listed(FEED, body)

    requests = list(crawl.read_listing(response))

    assert [request.url for request in requests] == [PAGE, other]
    assert crawl.tally.of(FEED.url).skipped == 1
    assert crawl.tally.of(FEED.url).broken == "bad-bytes"
    assert crawl.tally.of(FEED.url).read == 1
    assert not notes_of(response).is_whole


def test_an_article_that_moved_to_another_section_leaves_the_spider_with_the_id_of_its_announced_address() -> None:
    page = (PAGES / "indiatv" / "passport_desk.html").read_text(encoding="utf-8")
    moved = re.sub(r'(rel="canonical" href=")[^"]*', rf"\1{PAGE.replace('/world/asia/', '/india/')}", page)
    crawl = spider()

    (article,) = crawl.read_article(article_page(Link(url=PAGE, listing=FEED.url), moved))

    assert article.url == PAGE.replace("/world/asia/", "/india/")
    assert article.id == article_id(PAGE, IndiatvSpider.outlet) != article_id(article.url, IndiatvSpider.outlet)


def test_an_article_on_several_pages_is_one_article() -> None:
    page = (PAGES / "indiatv" / "passport_desk.html").read_text(encoding="utf-8")
    first = page.replace("</head>", f'<link rel="next" href="{PAGE}?page=2"></head>')
    second = page.replace("यूरोप के 29 देशों की यात्रा पर", "दूसरे पन्ने पर भी यूरोप के 29 देशों की यात्रा पर")
    crawl = spider()

    (request,) = crawl.read_article(article_page(Link(url=PAGE, listing=FEED.url), first))
    response = HtmlResponse(request.url, body=second.encode(), encoding="utf-8", request=request)
    (article,) = crawl.read_article(response)

    assert request.url == f"{PAGE}?page=2"
    assert article.body[0].text.startswith("यूरोप के 29 देशों")
    assert article.body[-1].text.startswith("दूसरे पन्ने पर भी")
    assert article.pages == [PAGE, f"{PAGE}?page=2"]


def test_an_article_whose_second_page_holds_nothing_is_delivered_with_its_first() -> None:
    page = (PAGES / "indiatv" / "passport_desk.html").read_text(encoding="utf-8")
    first = page.replace("</head>", f'<link rel="next" href="{PAGE}?page=2"></head>')
    crawl = spider()

    (request,) = crawl.read_article(article_page(Link(url=PAGE, listing=FEED.url), first))
    (article,) = crawl.read_article(Response(request.url, request=request))

    assert article.headline.startswith("यूरोप घूमने")
    assert crawl.crawler.stats.get_value("article/pages_missing") == 1


def test_a_known_article_whose_second_page_is_missing_was_not_read() -> None:
    page = (PAGES / "indiatv" / "passport_desk.html").read_text(encoding="utf-8")
    first = article_page(
        Link(url=PAGE, listing=FEED.url), page.replace("</head>", f'<link rel="next" href="{PAGE}?page=2"></head>')
    )
    crawl = spider()

    (request,) = crawl.read_article(first)
    notes_of(request).is_recheck = True
    with pytest.raises(NotAnArticle, match="empty"):
        list(crawl.read_article(Response(request.url, request=request)))
    failure: Any = Failure(DownloadTimeoutError("too long"))  # type: ignore[no-untyped-call]
    failure.request = request
    assert list(crawl.page_failed(failure)) == []

    assert crawl.crawler.stats.get_value("article/failed/timeout") == 1
    assert crawl.crawler.stats.get_value("article/pages_missing") is None


def test_requests_survive_a_job_that_is_paused() -> None:
    crawl = spider()
    page = (PAGES / "indiatv" / "passport_desk.html").read_text(encoding="utf-8")
    first = page.replace("</head>", f'<link rel="next" href="{PAGE}?page=2"></head>')
    (article,) = crawl.read_listing(listed(FEED, rss((PAGE, "क", ""))))
    (further,) = crawl.read_article(article_page(article.meta["ask"].link, first))

    for request in (article, further):
        copy = request_from_dict(pickle.loads(pickle.dumps(request.to_dict(spider=crawl))), spider=crawl)

        assert (copy.url, copy.callback, copy.meta) == (request.url, request.callback, request.meta)
        assert copy.errback == request.errback


def test_a_since_before_the_earliest_day_of_a_daily_sitemap_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def started(crawl: Any) -> list[Request]:
        return [request async for request in crawl.start()]

    requests = asyncio.run(started(spider(since="2026-01-01")))

    assert sum("generic-articles" in request.url for request in requests) == 31
    assert "only the last 31 days are read, and since=2026-01-01 lies before" in caplog.text


def test_a_page_whose_readers_disagree_is_counted() -> None:
    crawl = spider()
    body = "काठमांडू में संसद ने नया कानून पारित किया और सरकार ने नियम बताए। " * 30
    node = f'{{"@type": "NewsArticle", "headline": "न", "articleBody": "{body}"}}'
    script = f'<script type="application/ld+json">{node}</script>'
    link = Link(
        url=PAGE, listing=FEED.url, title="नेपाल में नया कानून", published=datetime(2026, 11, 23, 4, 30, tzinfo=UTC)
    )

    (article,) = crawl.read_article(article_page(link, SILENT.replace("<body>", f"<body>{script}")))

    assert article.disagreement == "body"
    assert crawl.crawler.stats.get_value("reading/disagreement") == 1
    assert crawl.crawler.stats.get_value("reading/last_resort") == 0

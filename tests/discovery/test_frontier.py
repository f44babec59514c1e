"""The frontier requests each wanted article once, whichever listings announce it, and ends endless listings."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from scrapy import Request

from crawler.discovery.links import Link
from crawler.discovery.listing import NewsSitemap
from crawler.reasons import NotAnArticle
from spiders.bbc_hindi import BbcHindiSpider
from tests.spiders.crawl import FEED, PAGE, PAGES, article_page, listed, rss, spider


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


def test_a_crawl_that_has_ended_forgets_its_frontier() -> None:
    crawl = spider()
    request, *_ = crawl.read_listing(listed(FEED, rss((PAGE, "शीर्षक", "Mon, 23 Nov 2026 10:00:00 +0530"))))
    assert crawl.frontier.announced.of(request.meta["ask"].link).title == "शीर्षक"

    crawl.closed("finished")

    assert "frontier" not in vars(crawl)


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


def test_a_since_before_the_earliest_day_of_a_daily_sitemap_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def started(crawl: Any) -> list[Request]:
        return [request async for request in crawl.start()]

    requests = asyncio.run(started(spider(since="2026-01-01")))

    assert sum("generic-articles" in request.url for request in requests) == 31
    assert "only the last 31 days are read, and since=2026-01-01 lies before" in caplog.text

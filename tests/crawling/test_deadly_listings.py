"""A listing on which runs die is counted after each SIGKILL, and rests for a day after three; all others are read."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.project import get_project_settings
from scrapy.utils.test import get_crawler

from crawler.crawling.listing_marks import MarkListingMiddleware, RefuseListingMiddleware
from crawler.crawling.poison import PoisonExtension
from crawler.discovery.ask import ListingAsk
from crawler.discovery.links import Further
from crawler.discovery.listing import Feed
from crawler.reasons import Reason, RequestRefused
from crawler.store import Listed, open_store, store_of
from tests.crawling.crawls import Crawls, site
from tests.crawling.deaths import being_read, die_on
from tests.crawling.killing import MARK
from tests.crawling.site import FEED, address, articles
from tests.site.publisher import Answer

MIDDLEWARES = get_project_settings().getdict("SPIDER_MIDDLEWARES")
NEAREST = {**MIDDLEWARES, "tests.crawling.killing.KillingMiddleware": max(MIDDLEWARES.values()) + 1}
KILLING = ("-s", f"SPIDER_MIDDLEWARES={json.dumps(NEAREST)}")


def feed(title: str) -> Answer:
    item = f"<item><title>{title}</title><link>{address(3)}</link></item>"
    body = f'<rss version="2.0"><channel>{item}</channel></rss>'
    return Answer(body=body.encode(), headers={"Content-Type": "text/xml"})


def test_a_listing_on_which_three_runs_died_rests_for_a_day_and_is_named(
    tmp_path: Path, new_address: Callable[[], str]
) -> None:
    answers = {**site(3), **articles(4), FEED: feed(MARK)}
    crawls = Crawls(tmp_path, answers, store=new_address())
    with crawls.publisher:
        runs = [crawls.start(*KILLING, now=f"2026-11-24T{hour}:00:00+05:30").wait() for hour in (10, 11, 12, 13)]
        row = crawls.listed()[FEED]
        asked = crawls.publisher.urls().count(FEED)
        rested, was_counted = {record["url"] for record in crawls.delivered()}, listed(crawls)
        answers[FEED] = feed("नया पुल खुला")
        crawls.start(*KILLING, now="2026-11-25T13:00:00+05:30").wait()

    assert [done.code for done in runs] == [-9, -9, -9, 3]
    assert f"{FEED}: a run died while it read this listing (3 so far)" in runs[3].err
    assert f"1 kills-reader of listing {FEED}" in runs[3].err
    assert (row["state"], row["reason"], asked) == ("dead", "kills-reader", 3)
    refused = [json.loads(line) for path in tmp_path.rglob("refused*.jsonl") for line in path.read_text().splitlines()]
    assert [(line["url"], line["detail"]) for line in refused if line["reason"] == "kills-reader"] == [
        (FEED, f"{FEED} killed 3 runs that read it: left alone until 2026-11-25 07:30 UTC")
    ]
    assert rested == {address(number) for number in range(3)}
    assert {record["url"] for record in crawls.delivered()} == {address(number) for number in range(4)}
    assert was_counted is None


def listed(crawls: Crawls) -> Listed | None:
    """Return what the store counts of the feed: a run in which it rests is not one in which it was silent."""
    store = open_store(crawls.store)
    found = store.listings.get(FEED)
    store.close()
    return found


def crawler_at(store: str, time: str) -> Crawler:
    return get_crawler(settings_dict={"STORE": store, "CRAWL_TIME": f"2026-11-{time}:00+05:30"})


@pytest.fixture
def crawler(address: str) -> Iterator[Crawler]:
    crawler = crawler_at(address, "24T10:00")
    yield crawler
    store_of(crawler).close()


def request() -> Request:
    ask = ListingAsk(listing=Feed(url=FEED, evidence="page"), further=Further(url=FEED))
    return Request(FEED, meta={"ask": ask})


def response() -> Response:
    return Response(FEED, request=request())


def mark(crawler: Crawler) -> str:
    """Return what the store says is being read."""
    return "".join(being_read(store_of(crawler), crawler.settings["STORE"]))


def refusal(crawler: Crawler) -> RequestRefused | None:
    """Return why a request for the listing is refused, or None."""
    try:
        RefuseListingMiddleware.from_crawler(crawler).process_request(request())
    except RequestRefused as refused:
        return refused
    return None


def read(crawler: Crawler) -> None:
    assert [*MarkListingMiddleware.from_crawler(crawler).process_spider_output(response(), [1, 2])] == [1, 2]


def test_the_mark_is_there_only_while_the_listing_is_read(crawler: Crawler) -> None:
    seen = []

    def callback() -> Iterator[int]:
        for number in range(3):
            seen.append(mark(crawler))
            yield number

    between = []
    for _ in MarkListingMiddleware.from_crawler(crawler).process_spider_output(response(), callback()):
        between.append(mark(crawler))
        store_of(crawler).readings.begin("a page")
        store_of(crawler).readings.done("a page")

    assert seen == [FEED] * 3
    assert between == [""] * 3
    assert mark(crawler) == ""


def test_a_listing_that_breaks_its_callback_leaves_no_mark(crawler: Crawler) -> None:
    def callback() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        list(MarkListingMiddleware.from_crawler(crawler).process_spider_output(response(), callback()))

    assert mark(crawler) == ""


async def links(crawler: Crawler, seen: list[str]) -> AsyncIterator[int]:
    for number in range(2):
        seen.append(mark(crawler))
        yield number


def test_an_asynchronous_callback_is_marked_too(crawler: Crawler) -> None:
    seen: list[str] = []
    middleware = MarkListingMiddleware.from_crawler(crawler)

    async def crawl() -> list[int]:
        return [each async for each in middleware.process_spider_output_async(response(), links(crawler, seen))]

    assert asyncio.run(crawl()) == [0, 1]
    assert seen == [FEED] * 2
    assert mark(crawler) == ""


def test_a_listing_that_kills_again_after_its_rest_rests_for_another_day(address: str) -> None:
    refused = []
    for time in ("24T10:00", "24T11:00", "24T12:00", "25T13:00"):
        die_on(address, FEED)
        crawler = crawler_at(address, time)
        refused.append(str(refusal(crawler)))
        PoisonExtension.from_crawler(crawler).spider_opened()
        refused.append(str(refusal(crawler)))
        store_of(crawler).close()

    assert refused == [
        *["None"] * 5,
        f"{FEED} killed 3 runs that read it: left alone until 2026-11-25 06:30 UTC",
        "None",
        f"{FEED} killed 4 runs that read it: left alone until 2026-11-26 07:30 UTC",
    ]


def test_the_deaths_on_a_listing_are_forgotten_when_it_is_read(crawler: Crawler, address: str) -> None:
    for _ in range(2):
        die_on(address, FEED)
        PoisonExtension.from_crawler(crawler).spider_opened()
    read(crawler)
    die_on(address, FEED)
    PoisonExtension.from_crawler(crawler).spider_opened()

    assert store_of(crawler).readings.deaths(FEED) == 1
    assert refusal(crawler) is None


def test_a_listing_is_read_again_when_its_url_is_forgotten(crawler: Crawler, address: str) -> None:
    for _ in range(3):
        die_on(address, FEED)
        PoisonExtension.from_crawler(crawler).spider_opened()
    refused = refusal(crawler)
    store = open_store(address)
    before, said = list(store.upkeep.stats(now=0)), list(store.upkeep.forget({FEED: FEED}))

    assert refused is not None
    assert refused.reason is Reason.KILLS_READER
    assert f"  {FEED}: not asked before 2026-11-25 04:30 UTC: it killed 3 runs that read it" in before
    assert said == [f"{FEED}: forgotten"]
    assert refusal(crawler) is None
    assert store.readings.deaths(FEED) == 0
    store.close()


def test_prune_forgets_the_deaths_on_a_listing_with_its_rest(crawler: Crawler, address: str) -> None:
    for _ in range(3):
        die_on(address, FEED)
        PoisonExtension.from_crawler(crawler).spider_opened()
    store = open_store(address)
    rest = store.hosts.resting(FEED, 0)
    assert rest is not None

    list(store.upkeep.prune(before=rest.until))
    before = store.readings.deaths(FEED)
    list(store.upkeep.prune(before=rest.until + 1))

    assert (before, store.readings.deaths(FEED)) == (3, 0)
    store.close()

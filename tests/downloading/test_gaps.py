"""The gap between two requests to a host is its allowed delay: never less, and at most a twentieth more on average.

The crawls run in a time of their own, which stands still while they work and leaps over each wait. So a Crawl-delay of
half a minute costs nothing, and no machine is too busy for the figures.
"""

import asyncio
import selectors
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from scrapy import Request, signals
from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.http import Response

from crawler.discovery.listing import Feed
from crawler.runs.ended import ended
from crawler.settings import EXTENSIONS
from spiders.indiatv import IndiatvSpider
from tests.crawling.site import FEED, HOME, address, articles, listings
from tests.downloading.canned import CannedHandler, Table, settings_of
from tests.site.publisher import Answer

ROBOTS = f"{HOME}/robots.txt"
HOST = urlsplit(HOME).hostname or ""
COUNT = 12
AS_SET = {"DOWNLOAD_DELAY": 1, "AUTOTHROTTLE_ENABLED": True, "RETRY_TIMES": 2}
"""As in crawler/settings.py."""


class LeapingLoop(asyncio.SelectorEventLoop):
    """An event loop whose time stands still while it works, and leaps over each wait."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        """Its time in seconds."""
        super().__init__(_Leaping(self))

    def time(self) -> float:
        return self.now


class _Leaping(selectors.SelectSelector):
    def __init__(self, loop: LeapingLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> Any:
        found = super().select(0 if timeout else timeout)
        if timeout and not found:
            self._loop.now += timeout
        return found


class SlowHandler(CannedHandler):
    """Answers each request after some seconds, as the setting LATENCY says, and notes when it was sent."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._latency = crawler.settings.getfloat("LATENCY")
        self._sent: dict[str, list[float]] = crawler.settings["SENT"]

    async def download_request(self, request: Request) -> Response:
        """Return the next answer for the request's URL, or raise its failure, after the latency."""
        self._sent[urlsplit(request.url).hostname or ""].append(asyncio.get_running_loop().time())
        await asyncio.sleep(self._latency)
        request.meta["download_latency"] = self._latency
        return await super().download_request(request)


Run = Callable[..., dict[str, list[float]]]


@pytest.fixture
def gaps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that crawls a site, and returns the seconds between the requests to each host."""

    def crawl(answers: Mapping[str, Any], *, latency: float = 0, spider: Any = IndiatvSpider, **more: Any) -> Any:
        loop, table = LeapingLoop(), Table(answers)
        sent: dict[str, list[float]] = defaultdict(list)
        monkeypatch.setattr(time, "monotonic", loop.time)
        for module in ("scrapy.core.downloader", "crawler.downloading.downloader"):
            monkeypatch.setattr(f"{module}.monotonic", loop.time)
        settings = settings_of(tmp_path, table, LATENCY=latency, SENT=sent, **more)
        for name in AS_SET:
            settings.delete(name, "cmdline")  # which an outlet's own settings would not change
        settings.setdict(AS_SET, "project")
        handler = "tests.downloading.test_gaps.SlowHandler"
        settings.set("DOWNLOAD_HANDLERS", {"http": handler, "https": handler}, priority="cmdline")
        runner = AsyncCrawlerRunner(settings)
        crawler = runner.create_crawler(spider)
        with asyncio.Runner(loop_factory=lambda: loop) as running:
            running.run(_crawl(runner, crawler))
        assert ended(crawler).articles["exported"] == COUNT
        asked = [url for url in table.asked if url.endswith("/robots.txt")]
        assert len(asked) == len(set(asked)) == len(sent), "a host's robots.txt is asked for once a run"
        return {host: [after - before for before, after in pairwise(times)] for host, times in sent.items()}

    return crawl


async def _crawl(runner: AsyncCrawlerRunner, crawler: Crawler) -> None:
    await runner.crawl(crawler)


def site(robots: str = "User-agent: *\nDisallow:\n") -> dict[str, Any]:
    rules = Answer(body=robots.encode(), headers={"Content-Type": "text/plain"})
    return {**listings(COUNT), **articles(COUNT), ROBOTS: rules}


def keeps(gaps: list[float], delay: float) -> bool:
    """Return whether a lane goes at its delay: no gap is shorter, and they are at most a twentieth longer."""
    return len(gaps) >= COUNT and min(gaps) >= delay - 1e-6 and statistics.mean(gaps) <= 1.05 * delay


@pytest.mark.parametrize("latency", [0, 0.3, 0.8])
def test_the_gap_is_the_delay_whatever_the_latency_below_it(gaps: Run, latency: float) -> None:
    assert keeps(gaps(site(), latency=latency)[HOST], 1)


@pytest.mark.parametrize("latency", [0, 0.3])
def test_the_gap_behind_robots_txt_begins_with_its_answer(gaps: Run, latency: float) -> None:
    first, *_ = gaps(site(), latency=latency)[HOST]  # its connection was made meanwhile

    assert first == pytest.approx(1 + latency)


@pytest.mark.parametrize(("printed", "delay"), [("2.5", 2.5), ("30", 30), ("0.2", 1)])
def test_the_gap_is_the_crawl_delay_of_robots_txt_if_that_is_longer(gaps: Run, printed: str, delay: float) -> None:
    assert keeps(gaps(site(f"User-agent: *\nCrawl-delay: {printed}\n"), latency=0.1)[HOST], delay)


@pytest.mark.parametrize("robots", ["User-agent: *\nDisallow:\n", "User-agent: *\nCrawl-delay: 2\n"])
def test_the_gap_is_the_delay_of_an_outlet_that_sets_a_longer_one(gaps: Run, robots: str) -> None:
    class SlowSpider(IndiatvSpider):
        custom_settings = {"DOWNLOAD_DELAY": 4}

    assert keeps(gaps(site(robots), latency=0.1, spider=SlowSpider)[HOST], 4)


def test_a_retry_keeps_the_gap(gaps: Run) -> None:
    busy = Answer(status=503)
    twice = {address(number): [busy, answer] for number, answer in enumerate(list(articles(COUNT).values())[:4])}

    assert keeps(gaps({**site(), **twice})[HOST], 1)


class SlowStart:
    """An extension that takes its time when the spider is opened; the engine begins after it."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "SlowStart":
        extension = cls()
        crawler.signals.connect(extension.spider_opened, signals.spider_opened)
        return extension

    async def spider_opened(self) -> None:
        """Wait longer than the clock of the deadline does between two looks."""
        await asyncio.sleep(10)


def test_a_crawl_that_begins_slowly_is_not_taken_for_one_that_is_to_stop(gaps: Run) -> None:
    slow = {"tests.downloading.test_gaps.SlowStart": 1000}

    assert keeps(gaps(site(), EXTENSIONS={**EXTENSIONS, **slow})[HOST], 1)


def test_each_host_of_an_outlet_has_a_gap_and_a_robots_txt_of_its_own(gaps: Run) -> None:
    feed = FEED.replace(HOST, "feeds.indiatv.in")
    entries = "".join(f"<item><title>ख़बर</title><link>{address(number)}</link></item>" for number in range(COUNT))
    answer = Answer(body=f"<rss><channel>{entries}</channel></rss>".encode(), headers={"Content-Type": "text/xml"})

    class TwoHostsSpider(IndiatvSpider):
        listings = (Feed(url=feed, evidence="code"),)  # type: ignore[assignment]

    found = gaps({**articles(COUNT), feed: answer}, spider=TwoHostsSpider)

    assert keeps(found[HOST], 1)
    assert len(found["feeds.indiatv.in"]) == 1
    assert 1 - 1e-6 <= found["feeds.indiatv.in"][0] <= 1.05

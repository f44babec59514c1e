"""Two machines with one store: what a host asks of one of them is kept by the other, which never saw it."""

import asyncio
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner, Crawler

from crawler.runs.ended import ended
from crawler.store import lend_store, open_store
from tests.crawling.site import HOME, address, articles, listings
from tests.downloading.canned import Table, settings_of
from tests.site.publisher import Answer

HOST = "www.indiatv.in"
COUNT = 3
URL = address(0)
SITE: Mapping[str, Any] = {**listings(COUNT), **articles(COUNT)}


async def crawl_as(machine: Path, store: str, answers: Mapping[str, Any], **more: Any) -> tuple[Crawler, list[str]]:
    """Take the outlet's lane, crawl it, and leave the lane, with a session and a folder of this machine's own."""
    table, machine = Table(answers), machine.resolve()
    machine.mkdir(exist_ok=True)
    with closing(open_store(store)) as session:
        assert session.lanes.take({"indiatv": [HOST]}, time.time()) == ["indiatv"]
        runner = AsyncCrawlerRunner(settings_of(machine, table, STORE=store, **more))
        crawler = runner.create_crawler("indiatv")
        lend_store(crawler, session, shares_hosts=True)
        await runner.crawl(crawler)
        session.lanes.leave("indiatv", time.time(), due=0)
    return crawler, table.asked


def test_a_retry_after_that_one_machine_got_keeps_the_other_from_the_host(tmp_path: Path, address: str) -> None:
    asked_to_wait = {URL: Answer(status=503, headers={"Retry-After": "7200"})}

    asyncio.run(crawl_as(tmp_path / "a", address, {**SITE, **asked_to_wait}))
    other, asked = asyncio.run(crawl_as(tmp_path / "b", address, SITE))

    assert asked == []
    assert "asks to wait 7200 seconds" in ended(other).left_alone[HOST]


def test_a_crawl_delay_that_one_machine_read_is_kept_by_the_first_request_of_the_other(
    tmp_path: Path, address: str
) -> None:
    robots, rules = f"{HOME}/robots.txt", b"User-agent: *\nCrawl-delay: 59\n"
    slowly = {robots: Answer(body=rules, headers={"Content-Type": "text/plain"})}

    one, asked_first = asyncio.run(crawl_as(tmp_path / "a", address, slowly, OUTLET_MINUTES="0.03"))
    other, asked_next = asyncio.run(crawl_as(tmp_path / "b", address, SITE, OUTLET_MINUTES="0.03"))

    assert asked_first == [robots]
    assert asked_next == []
    assert [ended(each).reason for each in (one, other)] == ["outlet_deadline"] * 2

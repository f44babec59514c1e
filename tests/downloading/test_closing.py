"""The end of a crawl: a request that finds the store lost is not sent, and connections close quietly."""

import asyncio
import json
import time
from pathlib import Path
from typing import Any, Self

import pytest
from scrapy import signals
from scrapy.crawler import Crawler

from crawler.settings import EXTENSIONS
from crawler.store import StoreError
from tests.crawling.crawls import Crawls, site
from tests.crawling.site import articles, listings
from tests.downloading.canned import Table, settings_of
from tests.runs.replaying import crawl

_ASKED = 5


def test_the_request_that_finds_the_store_lost_is_not_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table({**listings(9), **articles(9)})

    def require(_: Any) -> None:
        if len(table.asked) >= _ASKED:
            raise StoreError("v.db: is lost")

    monkeypatch.setattr("crawler.store.store.DatabaseStore.require", require)
    crawler = crawl(settings_of(tmp_path, table, CONCURRENT_REQUESTS=1))

    assert crawler.stats.get_value("finish_reason") == "cannot_keep"
    assert len(table.asked) == _ASKED


class BusyAtTheEnd:
    """Keeps its process busy for over a second after the crawl has begun to close its connections."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        busy = cls()
        crawler.signals.connect(busy.engine_stopped, signals.engine_stopped)
        return busy

    async def engine_stopped(self) -> None:
        for _ in range(3):  # until the connections have begun to close
            await asyncio.sleep(0)
        time.sleep(1.3)  # as a statement takes whose server does not answer


@pytest.mark.soak
def test_connections_that_close_while_the_process_is_busy_are_no_error(tmp_path: Path) -> None:
    crawls = Crawls(tmp_path, site(3))
    busy = json.dumps({**EXTENSIONS, "tests.downloading.test_closing.BusyAtTheEnd": 1})
    with crawls.publisher:
        _, log = crawls.run("-s", f"EXTENSIONS={busy}")

    assert "AlreadyCalledError" not in log
    assert "Traceback" not in log

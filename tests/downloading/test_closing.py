"""A crawl whose store is lost as a request reaches the downloader: that request is not sent either."""

from pathlib import Path
from typing import Any

import pytest

from crawler.store import StoreError
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

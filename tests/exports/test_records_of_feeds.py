"""What feeds have stored is not delivered again, and what they failed to store comes with the next run."""

import errno
import logging
from pathlib import Path
from typing import Any

import pytest
from scrapy.exporters import JsonLinesItemExporter

from crawler.shelves import Shelf
from crawler.store import open_store
from tests.exports.exporting import article
from tests.runs.replaying import archive, crawl, lines, manifest, run_folders, settings_of
from tests.site.pages import site_of


def test_records_that_feeds_have_stored_are_not_delivered_again(tmp_path: Path) -> None:
    replay = archive(tmp_path / "a.warc.gz", site_of("indiatv"))
    out = tmp_path / "out.jsonl"

    crawl(settings_of(tmp_path, replay, FEEDS={str(out): {"format": "jsonlines"}}))
    crawl(settings_of(tmp_path, replay))

    assert len(lines(out)) > 0
    (folder,) = run_folders(tmp_path)
    assert lines(folder / "articles.jsonl") == []


def test_records_that_a_feed_failed_to_store_are_delivered_by_the_next_run(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    replay = archive(tmp_path / "a.warc.gz", site_of("indiatv"))
    gone = {"ftp://127.0.0.1:1/out.jsonl": {"format": "jsonlines"}}

    crawl(settings_of(tmp_path, replay, FEEDS=gone, RUN_ID="first"))
    with caplog.at_level(logging.WARNING):
        crawl(settings_of(tmp_path, replay, RUN_ID="second"))

    first, second = run_folders(tmp_path)
    assert first.name == "run=first"
    assert manifest(first)["state"] == "recovered"
    assert len(lines(first / "articles.jsonl")) > 0
    assert lines(second / "articles.jsonl") == []
    assert "a run died with" in caplog.text


class FullDisk(JsonLinesItemExporter):
    """A feed storage whose disk is full after one article."""

    def export_item(self, item: Any) -> None:
        if self.file.tell():
            raise OSError(errno.ENOSPC, "No space left on device")
        super().export_item(item)


def test_records_that_a_feed_on_a_full_disk_did_not_store_are_delivered_by_the_next_run(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    replay = archive(tmp_path / "a.warc.gz", site_of("indiatv"))
    out = tmp_path / "out.jsonl"
    full = {
        "FEEDS": {str(out): {"format": "full"}},
        "FEED_EXPORTERS": {"full": "tests.exports.test_records_of_feeds.FullDisk"},
    }

    crawl(settings_of(tmp_path, replay, **full))
    first = lines(out)
    logged = [record.getMessage() for record in caplog.records if "cannot be written" in record.getMessage()]
    crawl(settings_of(tmp_path, replay, FEEDS={str(out): {"format": "jsonlines", "overwrite": True}}))

    assert len(first) == 1
    assert logged == [
        f"{out}: cannot be written (No space left on device); the run's articles wait in the store and come with the "
        "next run"
    ]
    assert len(lines(out)) > 2


def test_records_left_by_a_run_with_feeds_are_delivered_by_the_next_run_with_feeds_only(tmp_path: Path) -> None:
    replay = archive(tmp_path / "a.warc.gz", site_of("indiatv"))
    store = open_store(f"sqlite:///{tmp_path}/v.db")
    for number, run in ((1, "with-feeds"), (2, "with-folder")):
        store.outbox.put(article(number, run=run), Shelf.ARTICLES)
    store.close()
    (tmp_path / "exports" / "date=2026-11-23" / "run=with-folder").mkdir(parents=True)
    out = tmp_path / "out.jsonl"

    for _ in range(2):
        crawl(settings_of(tmp_path, replay, FEEDS={str(out): {"format": "jsonlines", "overwrite": False}}))

    assert [record["id"] for record in lines(out) if record["id"].startswith("a")] == ["a1"]
    (folder,) = run_folders(tmp_path)
    assert [record["id"] for record in lines(folder / "articles.jsonl")] == ["a2"]

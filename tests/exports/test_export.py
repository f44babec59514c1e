"""A run's folder holds whole parts and a manifest that lists them correctly."""

import errno
import gzip
import hashlib
import json
import logging
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import UsageError
from scrapy.exporters import JsonLinesItemExporter
from scrapy.settings import BaseSettings

from crawler.exports.export import RunExport, open_export
from crawler.exports.jsonl import ZstdPlugin, read_rows
from crawler.items import SCHEMA_VERSION, Article, Story
from crawler.shelves import Shelf
from crawler.store import open_store
from crawler.store.store import SqliteStore
from tests.runs.replaying import archive, crawl, lines, manifest, run_folders, settings_of
from tests.site.pages import site_of

RUN = "20261124T060000Z-9f3c"


def article(number: int, *, run: str = RUN, relation: Any = "original") -> Article:
    story = Story(id=f"s{number}", relation=relation)
    url = f"https://example.in/{number}"
    return Article(id=f"a{number}", outlet="indiatv", url=url, headline="पुल खुला", run_id=run, story=story)


def settings(folder: Path, **more: Any) -> BaseSettings:
    return BaseSettings({"EXPORTS": str(folder / "exports"), "RUN_ID": RUN, **more})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = open_store(f"sqlite:///{tmp_path}/v.db")
    yield store
    store.close()


def put(export: RunExport, store: SqliteStore, *numbers: int) -> None:
    for number in numbers:
        store.outbox.put(article(number), Shelf.ARTICLES)
        export.count()


def test_a_run_of_one_outlet_writes_every_file_and_a_matching_manifest(tmp_path: Path) -> None:
    replay = archive(tmp_path / "a.warc.gz", site_of("indiatv"))
    settings = settings_of(tmp_path, replay, RUN_ID=RUN)

    crawl(settings)

    (folder,) = run_folders(tmp_path)
    assert folder == tmp_path / "exports" / "date=2026-11-24" / f"run={RUN}"
    names = {path.name for path in folder.iterdir()}
    assert {"articles.jsonl", "copies.jsonl", "refused.jsonl", "manifest.json"} <= names
    assert not any(name.startswith(".") for name in names)
    listed = manifest(folder)
    assert (listed["run_id"], listed["state"], listed["outlets"]) == (RUN, "complete", ["indiatv"])
    assert listed["store"] == {"address": f"sqlite:///{tmp_path}/v.db", "waiting": 0}
    for part in listed["parts"]:
        content = (folder / part["name"]).read_bytes()
        assert part["sha256"] == hashlib.sha256(content).hexdigest()
        assert (part["rows"], part["bytes"]) == (len(content.splitlines()), len(content))
        assert part["schema_version"] == SCHEMA_VERSION
    assert {record["run_id"] for record in lines(folder / "articles.jsonl")} == {RUN}


def test_an_empty_run_leaves_valid_empty_parts(tmp_path: Path, store: SqliteStore) -> None:
    export = open_export(settings(tmp_path), store.outbox)
    export.end("complete")
    export.release_locks()

    assert [(part["name"], part["rows"]) for part in manifest(export.path)["parts"]] == [
        ("articles.jsonl", 0),
        ("copies.jsonl", 0),
        ("refused.jsonl", 0),
        ("story-moves.jsonl", 0),
        ("withdrawn.jsonl", 0),
    ]


@pytest.mark.parametrize("suffix", [".jsonl.gz", ".jsonl.zst"])
def test_parts_are_packed_by_their_suffix_even_empty_ones(tmp_path: Path, store: SqliteStore, suffix: str) -> None:
    export = open_export(settings(tmp_path, EXPORT_SUFFIX=suffix), store.outbox)
    put(export, store, 1, 2)
    export.refuse({"url": "https://example.in/3", "reason": "no-body"})
    export.end("complete")
    export.release_locks()

    assert [record["id"] for record in read_rows(export.path / f"articles{suffix}")] == ["a1", "a2"]
    assert list(read_rows(export.path / f"copies{suffix}")) == []
    assert [line["reason"] for line in read_rows(export.path / f"refused{suffix}")] == ["no-body"]


def test_a_long_run_publishes_a_part_whenever_one_is_full(tmp_path: Path, store: SqliteStore) -> None:
    export = open_export(settings(tmp_path, EXPORT_PART_ROWS=2), store.outbox)
    put(export, store, 1, 2, 3)

    assert [path.name for path in export.path.glob("articles*")] == ["articles-0001.jsonl"]
    assert manifest(export.path)["state"] == "running"

    export.end("complete")
    export.release_locks()
    assert [(part["name"], part["rows"]) for part in manifest(export.path)["parts"]][:2] == [
        ("articles-0001.jsonl", 2),
        ("articles-0002.jsonl", 1),
    ]


def test_a_part_is_published_when_its_minutes_are_over(tmp_path: Path, store: SqliteStore) -> None:
    export = open_export(settings(tmp_path, EXPORT_PART_MINUTES=0.000001), store.outbox)
    put(export, store, 1, 2)
    export.end("complete")
    export.release_locks()

    names = [part["name"] for part in manifest(export.path)["parts"] if part["shelf"] == "articles"]
    assert names == ["articles-0001.jsonl", "articles-0002.jsonl"]


def test_a_run_of_one_part_has_no_number_in_its_name(tmp_path: Path, store: SqliteStore) -> None:
    export = open_export(settings(tmp_path, EXPORT_PART_ROWS=3, EXPORT_PART_MINUTES=2), store.outbox)
    put(export, store, 1, 2)
    export.publish_due()
    export.end("complete")
    export.release_locks()

    assert [part["name"] for part in manifest(export.path)["parts"]][:1] == ["articles.jsonl"]


def test_waiting_records_are_published_in_time_even_if_no_other_arrives(
    tmp_path: Path, store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = [0.0]
    monkeypatch.setattr("crawler.exports.export.time.monotonic", lambda: moments[-1])
    export = open_export(settings(tmp_path, EXPORT_PART_MINUTES=2), store.outbox)
    put(export, store, 1)
    moments.append(119.0)
    export.publish_due()
    before = list(export.path.glob("articles*"))
    moments.append(120.0)
    export.publish_due()
    export.publish_due()

    assert before == []
    assert [path.name for path in export.path.glob("articles*")] == ["articles-0001.jsonl"]
    export.end("complete")
    export.release_locks()


def test_a_resumed_run_overwrites_nothing(tmp_path: Path, store: SqliteStore) -> None:
    for number in (1, 2, 3):
        export = open_export(settings(tmp_path), store.outbox)
        put(export, store, number)
        export.end("complete")
        export.release_locks()

    parts = [part for part in manifest(export.path)["parts"] if part["shelf"] == "articles"]
    assert [(part["name"], part["rows"]) for part in parts] == [
        ("articles-0001.jsonl", 1),
        ("articles-0002.jsonl", 1),
        ("articles.jsonl", 1),
    ]


def test_copies_have_parts_of_their_own_unless_export_together_is_set(tmp_path: Path, store: SqliteStore) -> None:
    for number, together in enumerate((False, True)):
        store.outbox.put(article(1), Shelf.ARTICLES)
        store.outbox.put(article(2, relation="wire-copy"), Shelf.COPIES)
        export = open_export(settings(tmp_path, RUN_ID=f"r{number}", EXPORT_TOGETHER=together), store.outbox)
        export.end("complete")
        export.release_locks()
        rows = {part["shelf"]: part["rows"] for part in manifest(export.path)["parts"]}
        assert rows == dict.fromkeys(Shelf, 0) | {"articles": 2 if together else 1, "copies": 0 if together else 1}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"EXPORTS": "s3://bucket/exports"}, "set FEEDS or use -O s3://"),
        ({"EXPORTS": "/dev/null/exports"}, "/dev/null/exports: cannot be written"),
        ({"RUN_ID": "../../etc"}, "use letters, digits, dots and dashes only"),
        ({"EXPORT_SUFFIX": ".csv"}, "say one of .jsonl, .jsonl.gz, .jsonl.zst"),
    ],
)
def test_settings_of_an_export_that_cannot_be_written_are_refused_with_what_to_do(
    tmp_path: Path, store: SqliteStore, given: dict[str, str], message: str
) -> None:
    with pytest.raises(UsageError, match=message.replace(".", r"\.").replace("/", "/")):
        open_export(settings(tmp_path, **given), store.outbox)


def test_a_run_that_another_process_writes_is_refused(tmp_path: Path, store: SqliteStore) -> None:
    export = open_export(settings(tmp_path), store.outbox)

    with pytest.raises(UsageError, match="another process is writing this run"):
        open_export(settings(tmp_path), store.outbox)
    export.end("complete")
    export.release_locks()


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
    full = {"FEEDS": {str(out): {"format": "full"}}, "FEED_EXPORTERS": {"full": "tests.exports.test_export.FullDisk"}}

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


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_a_feed_is_packed_by_its_suffix(tmp_path: Path, ending: str) -> None:
    replay = archive(tmp_path / "a.warc.gz", site_of("indiatv"))
    out = tmp_path / f"out.jsonl{ending}"

    crawl(settings_of(tmp_path, replay, STORE="", FEEDS={str(out): {}}))

    assert len(list(read_rows(out))) > 0


def test_closing_a_packed_feed_twice_writes_its_end_once() -> None:
    file = BytesIO()
    packed = ZstdPlugin(file, {})

    packed.close()
    once = file.getvalue()
    packed.close()

    assert file.getvalue() == once != b""


def test_the_export_and_scrapys_own_feeds_write_the_same_bytes(tmp_path: Path) -> None:
    replay = archive(tmp_path / "a.warc.gz", site_of("indiatv"))
    out = tmp_path / "out.jsonl"

    crawl(settings_of(tmp_path, replay, STORE="", RUN_ID=RUN, FEEDS={str(out): {"format": "jsonlines"}}))
    crawl(settings_of(tmp_path, replay, STORE="", RUN_ID=RUN))

    (folder,) = run_folders(tmp_path)
    parts = [(folder / f"{shelf}.jsonl").read_bytes() for shelf in ("articles", "copies")]
    assert sorted(b"".join(parts).splitlines()) == sorted(out.read_bytes().splitlines())


@pytest.mark.foreign
def test_feeds_reach_s3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moto = pytest.importorskip("moto.server")
    boto3 = pytest.importorskip("boto3")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        s3 = boto3.client("s3", endpoint_url=f"http://{host}:{port}")
        s3.create_bucket(Bucket="videsh")
        replay = archive(tmp_path / "a.warc.gz", site_of("indiatv"))
        feeds: dict[str, Any] = {"s3://videsh/%(name)s/out.jsonl.gz": {}}

        crawl(settings_of(tmp_path, replay, FEEDS=feeds, AWS_ENDPOINT_URL=f"http://{host}:{port}"))

        body = s3.get_object(Bucket="videsh", Key="indiatv/out.jsonl.gz")["Body"].read()
    finally:
        server.stop()
    assert len([json.loads(line) for line in gzip.decompress(body).splitlines()]) > 0

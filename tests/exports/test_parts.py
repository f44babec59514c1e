"""A run's folder holds whole parts and a manifest that lists them correctly."""

import hashlib
from pathlib import Path

import pytest

from crawler.exports.export import open_export
from crawler.exports.jsonl import read_rows
from crawler.items import SCHEMA_VERSION
from crawler.shelves import Shelf
from crawler.store.store import DatabaseStore
from tests.exports.exporting import RUN, article, put, settings
from tests.runs.replaying import archive, crawl, lines, manifest, run_folders, settings_of
from tests.site.pages import site_of


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


def test_an_empty_run_leaves_valid_empty_parts(tmp_path: Path, store: DatabaseStore) -> None:
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
def test_parts_are_packed_by_their_suffix_even_empty_ones(tmp_path: Path, store: DatabaseStore, suffix: str) -> None:
    export = open_export(settings(tmp_path, EXPORT_SUFFIX=suffix), store.outbox)
    put(export, store, 1, 2)
    export.refuse({"url": "https://example.in/3", "reason": "no-body"})
    export.end("complete")
    export.release_locks()

    assert [record["id"] for record in read_rows(export.path / f"articles{suffix}")] == ["a1", "a2"]
    assert list(read_rows(export.path / f"copies{suffix}")) == []
    assert [line["reason"] for line in read_rows(export.path / f"refused{suffix}")] == ["no-body"]


def test_a_long_run_publishes_a_part_whenever_one_is_full(tmp_path: Path, store: DatabaseStore) -> None:
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


def test_a_part_is_published_when_its_minutes_are_over(tmp_path: Path, store: DatabaseStore) -> None:
    export = open_export(settings(tmp_path, EXPORT_PART_MINUTES=0.000001), store.outbox)
    put(export, store, 1, 2)
    export.end("complete")
    export.release_locks()

    names = [part["name"] for part in manifest(export.path)["parts"] if part["shelf"] == "articles"]
    assert names == ["articles-0001.jsonl", "articles-0002.jsonl"]


def test_a_run_of_one_part_has_no_number_in_its_name(tmp_path: Path, store: DatabaseStore) -> None:
    export = open_export(settings(tmp_path, EXPORT_PART_ROWS=3, EXPORT_PART_MINUTES=2), store.outbox)
    put(export, store, 1, 2)
    export.publish_due()
    export.end("complete")
    export.release_locks()

    assert [part["name"] for part in manifest(export.path)["parts"]][:1] == ["articles.jsonl"]


def test_waiting_records_are_published_in_time_even_if_no_other_arrives(
    tmp_path: Path, store: DatabaseStore, monkeypatch: pytest.MonkeyPatch
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


def test_a_resumed_run_overwrites_nothing(tmp_path: Path, store: DatabaseStore) -> None:
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


def test_copies_have_parts_of_their_own_unless_export_together_is_set(tmp_path: Path, store: DatabaseStore) -> None:
    for number, together in enumerate((False, True)):
        store.outbox.put(article(1), Shelf.ARTICLES)
        store.outbox.put(article(2, relation="wire-copy"), Shelf.COPIES)
        export = open_export(settings(tmp_path, RUN_ID=f"r{number}", EXPORT_TOGETHER=together), store.outbox)
        export.end("complete")
        export.release_locks()
        rows = {part["shelf"]: part["rows"] for part in manifest(export.path)["parts"]}
        assert rows == dict.fromkeys(Shelf, 0) | {"articles": 2 if together else 1, "copies": 0 if together else 1}

"""Damaged files of a dead run are set aside and named: no later run stops for them, and no record is lost."""

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.exports.export import RunExport, open_export
from crawler.exports.jsonl import read_rows
from crawler.exports.verification import check_run
from crawler.shelves import Shelf
from crawler.store import open_store
from crawler.store.store import DatabaseStore
from tests.exports.exporting import article, put, settings
from tests.runs.replaying import manifest

LATER = "20261124T070000Z-2222"


def died(folder: Path, store: DatabaseStore, *, suffix: str = ".jsonl.gz") -> RunExport:
    """Return the export of a run that published one part, appended refusals, and died."""
    export = open_export(settings(folder, EXPORT_PART_ROWS=2, EXPORT_SUFFIX=suffix), store.outbox)
    put(export, store, 1, 2)
    export.refuse({"url": "https://example.in/3", "reason": "no-body", "where": "page"})
    export._refusals.close()
    export._folder.release_unfinished()
    return export


def recovered(folder: Path, store: DatabaseStore, **more: Any) -> list[str]:
    """Start the next run, and return its messages about the dead one."""
    later = open_export(settings(folder, **{"RUN_ID": LATER, **more}), store.outbox)
    later.end("complete")
    later.release_locks()
    return later.recovered.messages


def rows(folder: Path, shelf: str = "articles") -> list[str]:
    return [row.get("id", row["url"]) for part in sorted(folder.glob(f"{shelf}*")) for row in read_rows(part)]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"state": "running", "parts": [',
        b"\xff\xfe\x00",
        b"[]",
        b'{"parts": 5}',
        b'{"state": "running", "started_at": null, "parts": [{"name": 7}]}',
        b'{"state": "running", "parts": []}',
        b"[" * 5000,
    ],
)
def test_a_damaged_manifest_is_set_aside_and_a_new_one_is_made_from_the_parts(
    tmp_path: Path, store: DatabaseStore, content: bytes
) -> None:
    dead = died(tmp_path, store)
    (dead.path / "manifest.json").write_bytes(content)

    messages = recovered(tmp_path, store)

    assert any("manifest.json is damaged" in each and "set aside as damaged/manifest.json" in each for each in messages)
    assert (dead.path / "damaged" / "manifest.json").read_bytes() == content
    assert manifest(dead.path)["state"] == "recovered"
    assert rows(dead.path) == ["a1", "a2"]
    assert list(check_run(dead.path)) == []
    assert recovered(tmp_path, store, RUN_ID="20261124T080000Z-3333") == []


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".jsonl.zst"])
def test_a_truncated_part_whose_records_are_still_in_the_outbox_is_set_aside_and_delivered_again(
    tmp_path: Path, store: DatabaseStore, suffix: str
) -> None:
    dead = died(tmp_path, store, suffix=suffix)
    (part,) = dead.path.glob("articles*")
    for number in (1, 2):
        store.outbox.put(article(number), Shelf.ARTICLES)
    store.outbox.assign(str(part.resolve()), [delivery.number for delivery in store.outbox.waiting()])
    part.write_bytes(part.read_bytes()[:-20])
    (dead.path / "manifest.json").unlink()
    store.close()

    later = open_store(f"sqlite:///{tmp_path}/v.db")
    messages = recovered(tmp_path, later)
    later.close()

    assert any(f"{part.name} is damaged" in each for each in messages)
    assert (dead.path / "damaged" / part.name).is_file()
    assert rows(dead.path) == ["a1", "a2"]
    assert list(check_run(dead.path)) == []


def test_a_damaged_part_in_the_manifest_is_left_for_scrapy_verify(tmp_path: Path, store: DatabaseStore) -> None:
    dead = died(tmp_path, store)
    (part,) = dead.path.glob("articles*")
    part.write_bytes(part.read_bytes()[:-20])

    recovered(tmp_path, store)

    assert [fault for fault in check_run(dead.path) if "in the manifest; restore it" in fault]


def test_invalid_lines_of_refusals_are_set_aside_and_the_others_are_kept(tmp_path: Path, store: DatabaseStore) -> None:
    dead = died(tmp_path, store)
    good = (dead.path / ".refused.jsonl").read_bytes()
    (dead.path / ".refused.jsonl").write_bytes(b"\xff\x00\n[1]\n" + good + b'{"url": "https://exam')

    messages = recovered(tmp_path, store)

    assert any("is damaged" in each and "set aside as damaged/refused.jsonl" in each for each in messages)
    assert rows(dead.path, "refused") == ["https://example.in/3"]
    assert list(check_run(dead.path)) == []


def test_a_truncated_last_refusal_is_not_damage(tmp_path: Path, store: DatabaseStore) -> None:
    dead = died(tmp_path, store)
    with (dead.path / ".refused.jsonl").open("ab") as file:
        file.write(b'{"url": "https://exam')

    messages = recovered(tmp_path, store)

    assert not any("damaged" in each for each in messages)
    assert rows(dead.path, "refused") == ["https://example.in/3"]


def test_a_folder_that_cannot_be_repaired_does_not_stop_a_later_run(tmp_path: Path, store: DatabaseStore) -> None:
    dead = died(tmp_path, store)
    (dead.path / "manifest.json").unlink()
    (dead.path / "manifest.json").mkdir()

    messages = recovered(tmp_path, store)

    assert any("cannot be repaired (Is a directory); left as it is" in each for each in messages)


def test_a_second_file_of_one_name_that_is_set_aside_gets_a_number(tmp_path: Path, store: DatabaseStore) -> None:
    dead = died(tmp_path, store)
    (dead.path / "damaged").mkdir()
    (dead.path / "damaged" / "manifest.json").write_text("earlier", encoding="utf-8")
    (dead.path / "manifest.json").write_text("later", encoding="utf-8")

    recovered(tmp_path, store)

    assert (dead.path / "damaged" / "manifest.json").read_text(encoding="utf-8") == "earlier"
    assert (dead.path / "damaged" / "manifest.json.2").read_text(encoding="utf-8") == "later"


def test_a_running_folder_without_a_lock_file_that_an_earlier_release_left_on_a_full_disk_is_closed(
    tmp_path: Path, store: DatabaseStore
) -> None:
    dead = died(tmp_path, store)
    (dead.path / ".running").unlink()

    recovered(tmp_path, store)

    assert json.loads((dead.path / "manifest.json").read_text(encoding="utf-8"))["state"] == "recovered"
    assert list(check_run(dead.path)) == []

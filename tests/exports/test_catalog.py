"""The catalog lists every run and part; a lost or damaged one is made anew from the manifests."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.exports.catalog import CATALOG, Catalog, open_catalog
from crawler.exports.catalog_rows import PartState
from crawler.exports.publication import Publication
from crawler.exports.storage import ChangedError, LocalStorage
from crawler.exports.verification import check_exports
from crawler.shelves import Shelf
from crawler.store.store import DatabaseStore
from tests.exports.exporting import export_of
from tests.exports.sequences import check_numbers


@pytest.fixture
def exports(tmp_path: Path, store: DatabaseStore) -> Path:
    """Two runs of three and one articles."""
    export_of(tmp_path, store, 1, 2, 3, STORE="s", RUN_ID="20261124T060000Z-1111", EXPORT_PART_ROWS=2)
    export_of(tmp_path, store, 4, STORE="s", RUN_ID="20261125T060000Z-2222")
    return tmp_path / "exports"


def test_the_catalog_lists_each_part_with_what_the_manifest_says_and_a_state(exports: Path) -> None:
    found = json.loads((exports / CATALOG).read_text(encoding="utf-8"))

    first, second = found["runs"]
    assert (found["catalog_version"], found["sequence"], found["compacted"]) == ("1.0", 4, [])
    assert first["folder"] == "date=2026-11-24/run=20261124T060000Z-1111"
    assert (first["state"], second["state"]) == ("complete", "complete")
    manifest = json.loads((exports / first["folder"] / "manifest.json").read_text(encoding="utf-8"))
    assert first["parts"] == [part | {"state": "published"} for part in manifest["parts"]]
    check_numbers(exports)


@pytest.mark.parametrize(("since", "files"), [(None, 3), (0, 3), (1, 3), (2, 2), (3, 1), (4, 0)])
def test_a_cursor_leaves_out_the_files_that_hold_nothing_later(exports: Path, since: int | None, files: int) -> None:
    found = open_catalog(exports).files(Shelf.ARTICLES, since=since)

    assert len(found) == files
    assert [each.last_sequence for each in found] == [2, 3, 4][3 - files :]


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b'{"sequence": 9}', b"\xff", b"[" * 5000])
def test_a_lost_or_damaged_catalog_is_made_from_the_manifests(
    tmp_path: Path, store: DatabaseStore, exports: Path, content: bytes | None
) -> None:
    before = open_catalog(exports)
    if content is None:
        (exports / CATALOG).unlink()
    else:
        (exports / CATALOG).write_bytes(content)

    assert open_catalog(exports) == before
    export_of(tmp_path, store, 5, STORE="s", RUN_ID="20261126T060000Z-3333")

    check_numbers(exports)
    assert open_catalog(exports).sequence == 5


def test_exports_of_before_the_catalog_are_taken_into_it(tmp_path: Path, store: DatabaseStore, exports: Path) -> None:
    (exports / CATALOG).unlink()
    for path in exports.glob("date=*/run=*/manifest.json"):
        manifest = json.loads(path.read_text(encoding="utf-8"))
        for part in manifest["parts"]:
            del part["first_sequence"], part["last_sequence"]
        path.write_text(json.dumps(manifest), encoding="utf-8")

    export_of(tmp_path, store, 5, STORE="s", RUN_ID="20261126T060000Z-3333")

    catalog = open_catalog(exports)
    assert [each.first_sequence for each in catalog.files(Shelf.ARTICLES)] == [None, None, None, 1]


def test_a_part_that_is_lost_or_cut_is_damaged_in_a_catalog_that_is_made_anew(exports: Path) -> None:
    (exports / CATALOG).unlink()
    lost, cut, _ = [exports / each.path for each in open_catalog(exports).files(Shelf.ARTICLES)]
    lost.unlink()
    cut.write_bytes(cut.read_bytes()[:-9])

    catalog = open_catalog(exports)

    assert [exports / path for path in catalog.damaged()] == [lost, cut]
    assert [each.first_sequence for each in catalog.files(Shelf.ARTICLES)] == [4]


def test_a_damaged_manifest_ends_nothing_but_its_run(exports: Path) -> None:
    (exports / CATALOG).unlink()
    sorted(exports.glob("date=*/run=*/manifest.json"))[0].write_text('{"parts": [{}]}', encoding="utf-8")

    assert list(open_catalog(exports).runs) == ["date=2026-11-25/run=20261125T060000Z-2222"]


def test_keys_of_a_later_version_are_passed_over(exports: Path) -> None:
    found = json.loads((exports / CATALOG).read_text(encoding="utf-8"))
    found["runs"][0]["parts"][0]["later"] = found["runs"][0]["later"] = found["later"] = 1

    assert Catalog.of_text(json.dumps(found)) == open_catalog(exports)


def test_the_catalog_is_the_same_after_writing_and_reading(exports: Path) -> None:
    catalog = open_catalog(exports)

    assert Catalog.of_text(catalog.text()).text() == catalog.text() == (exports / CATALOG).read_text(encoding="utf-8")


def test_a_run_that_is_entered_again_keeps_the_states_of_its_parts(exports: Path) -> None:
    catalog = open_catalog(exports)
    run = next(iter(catalog.runs.values()))
    path = f"{run.folder}/{run.parts[0].name}"
    catalog.mark({path: PartState.DROPPED})

    catalog.enter(replace(run, state="interrupted"))

    assert [each.state for each in catalog.runs[run.folder].parts][:2] == [PartState.DROPPED, PartState.PUBLISHED]
    assert catalog.runs[run.folder].state == "interrupted"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such folder of exports"):
        open_catalog(tmp_path / "exprots")


def test_a_catalog_that_another_process_has_written_is_not_overwritten(exports: Path) -> None:
    publication = Publication(LocalStorage(exports))
    with publication.alone() as catalog:
        catalog.sequence = 99
        (exports / CATALOG).write_text("{}", encoding="utf-8")
        with pytest.raises(ChangedError):
            publication.write(catalog)

    with publication.alone() as catalog:
        assert catalog.sequence == 4


def test_whole_exports_have_no_fault(exports: Path) -> None:
    assert list(check_exports(exports)) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        (CATALOG, b"", None, "is not there; the next run makes it"),
        (CATALOG, b'"runs"', b'"rnus"', "it is no catalog"),
        (CATALOG, b'"sequence": 4', b'"sequence": 3', "its sequence is below that of a part"),
        (CATALOG, b'"first_sequence": 4', b'"first_sequence": 2', "has sequence numbers of"),
        (CATALOG, b'"articles-0001.jsonl"', b'"articles-0009.jsonl"', "lists other parts than its manifest"),
        (CATALOG, b"run=20261125", b"run=20261126", "no manifest.json; is it the folder of a run?"),
        ("date=2026-11-24/run=20261124T060000Z-1111/manifest.json", b"", None, "no manifest.json"),
        ("date=2026-11-24/run=20261124T060000Z-1111/articles-0001.jsonl", b"a1", b"b1", "it was changed"),
        ("date=2026-11-24/run=20261124T060000Z-1111/articles-0001.jsonl", b"", None, "and not in the folder"),
    ],
)
def test_faults_of_exports_and_of_their_catalog_are_named(
    exports: Path, name: str, old: bytes, new: bytes | None, fault: str
) -> None:
    content = (exports / name).read_bytes()
    assert old in content
    if new is None:
        (exports / name).unlink()
    else:
        (exports / name).write_bytes(content.replace(old, new))

    assert any(fault in sentence for sentence in check_exports(exports))

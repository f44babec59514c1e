"""Compaction makes one file of a day's parts, and the catalog leads to each row once."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import UsageError

from crawler.exports.catalog import CATALOG, open_catalog
from crawler.exports.catalog_rows import PartState
from crawler.exports.compacted_rows import compacted_lines
from crawler.exports.compaction import Compaction
from crawler.exports.jsonl import read_rows
from crawler.exports.parquet import write_parquet
from crawler.exports.publication import Publication
from crawler.exports.storage import LocalStorage
from crawler.exports.verification import check_exports, check_run
from crawler.shelves import Shelf
from tests.exports.compacting import DAY, compact, exports_of, parts_of, rows_of
from tests.exports.dying import work
from tests.exports.pages import page_records
from tests.exports.published_runs import run_export
from tests.exports.sequences import NUMBERED, name_of, read_since


def test_a_day_becomes_one_file_a_shelf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exports = exports_of(tmp_path, 1, 2, 3)
    before, parts = rows_of(exports), parts_of(exports)

    assert compact(exports) == 0

    files = {path.parent.relative_to(exports).as_posix() for path in exports.glob("compacted/*/*/*.parquet")}
    assert files == {f"compacted/shelf={shelf}/date={DAY}" for shelf in Shelf}
    assert parts_of(exports) == parts
    assert rows_of(exports) == before
    assert {part.state for _, part in open_catalog(exports).parts()} == {PartState.COMPACTED}
    assert "6 rows of" in capsys.readouterr().out


def test_dropped_parts_are_deleted_and_their_rows_are_read_from_the_compacted_file(tmp_path: Path) -> None:
    exports = exports_of(tmp_path, 1, 2)
    before = rows_of(exports)

    assert compact(exports, "--drop") == 0

    assert parts_of(exports) == []
    assert rows_of(exports) == before
    assert {part.state for _, part in open_catalog(exports).parts()} == {PartState.DROPPED}
    assert sum(len(rows) for rows in before.values()) == 2 * 12
    assert list(check_exports(exports)) == []
    assert [fault for run in exports.glob("date=*/run=*") for fault in check_run(run)] == []


def test_columns_have_their_types_and_the_folders_are_partitions(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    dataset = pytest.importorskip("pyarrow.dataset")
    exports = exports_of(tmp_path, 1)
    compact(exports)

    table = dataset.dataset(exports / "compacted" / "shelf=articles", partitioning="hive").to_table()

    assert (table.num_rows, table.schema.field("sequence").type) == (2, pa.int64())
    assert table["date"].to_pylist() == [DAY] * 2


def test_a_second_compaction_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exports = exports_of(tmp_path, 1, 2)
    compact(exports, "--drop")
    first = {path: path.read_bytes() for path in exports.rglob("*") if path.is_file()}
    capsys.readouterr()

    assert compact(exports, "--drop") == 0

    assert {path: path.read_bytes() for path in exports.rglob("*") if path.is_file()} == first
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("drop", [[], ["--drop"]])
def test_what_was_published_since_is_added_to_the_one_file_of_the_day(tmp_path: Path, drop: list[str]) -> None:
    exports = exports_of(tmp_path, 1)
    compact(exports, *drop)
    exports_of(tmp_path, 2)
    before = rows_of(exports)

    assert compact(exports, *drop) == 0

    assert rows_of(exports) == before
    assert len(list(exports.glob("compacted/*/*/*.parquet"))) == len(Shelf)
    (file,) = exports.glob("compacted/shelf=articles/*/*.parquet")
    numbers = [row["sequence"] for row in read_rows(file)]
    assert numbers == sorted(numbers)
    assert len(numbers) == 4


def test_a_cursor_leads_to_the_same_rows_before_and_after(tmp_path: Path) -> None:
    exports = exports_of(tmp_path, 1, 2)
    last = open_catalog(exports).sequence
    before = [read_since(exports, cursor) for cursor in range(last + 1)]

    compact(exports, "--drop")

    assert [read_since(exports, cursor) for cursor in range(last + 1)] == before


def test_a_running_run_is_left_for_a_later_compaction(tmp_path: Path) -> None:
    exports = exports_of(tmp_path, 1, 2)
    publication = Publication(LocalStorage(exports))
    with publication.alone() as catalog:
        run = next(iter(catalog.runs.values()))
        publication.enter(replace(run, state="running"))

    compact(exports, "--drop")

    assert {path.split("/")[1] for path in parts_of(exports)} == {run.folder.split("/")[1]}


@pytest.mark.parametrize(("arguments", "compacted"), [(["--day", "2026-11-23"], 0), (["--day", DAY], len(Shelf))])
def test_only_the_days_that_are_named_are_compacted(tmp_path: Path, arguments: list[str], compacted: int) -> None:
    exports = exports_of(tmp_path, 1)

    compact(exports, *arguments)

    assert len(open_catalog(exports).compacted) == compacted


def test_a_second_process_waits_for_the_end_of_the_first(tmp_path: Path) -> None:
    exports = exports_of(tmp_path, 1)
    first = Compaction(Publication(LocalStorage(exports)), {})
    assert first.start()

    with pytest.raises(UsageError, match="another process compacts it"):
        compact(exports)
    first.end()
    assert compact(exports) == 0


@pytest.mark.parametrize("record", page_records()[::9], ids=lambda record: record["id"])
def test_a_record_is_the_same_after_parquet(tmp_path: Path, record: dict[str, Any]) -> None:
    write_parquet([record], tmp_path / "one.parquet")

    assert [json.loads(line) for line in compacted_lines(tmp_path / "one.parquet")] == [record]


def test_a_lost_catalog_is_made_with_what_is_compacted(tmp_path: Path) -> None:
    exports = exports_of(tmp_path, 1)
    compact(exports, "--drop")
    exports_of(tmp_path, 2)
    compact(exports)
    before, rows = open_catalog(exports), rows_of(exports)
    (exports / CATALOG).unlink()

    assert open_catalog(exports) == before
    assert rows_of(exports) == rows


def test_a_run_that_is_resumed_takes_no_name_of_a_dropped_part(tmp_path: Path) -> None:
    exports = exports_of(tmp_path, 1)
    compact(exports, "--drop")
    before = rows_of(exports)
    work(tmp_path, "20261124T010000Z-aaaa", 90, 93)

    later = rows_of(exports)
    for shelf in NUMBERED:
        assert len(later[shelf]) == len(before[shelf]) * 2 or shelf in (Shelf.ARTICLES, Shelf.COPIES)
        assert {name_of(row) for row in before[shelf]} < {name_of(row) for row in later[shelf]}


def test_a_compaction_with_nothing_to_do_reads_no_file_and_lists_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports = exports_of(tmp_path, 1, 2)
    compact(exports, "--drop")
    for name in ("holds", "sizes", "opened"):
        monkeypatch.setattr(LocalStorage, name, None)

    assert compact(exports, "--drop") == 0
    assert compact(exports) == 0


def test_a_compaction_hashes_a_file_once_before_its_parts_are_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports = exports_of(tmp_path, 1)
    compact(exports)
    exports_of(tmp_path, 2)
    asked, holds = [], LocalStorage.holds

    def counting(storage: LocalStorage, name: str, **more: Any) -> bool:
        asked.append(name)
        return holds(storage, name, **more)

    monkeypatch.setattr(LocalStorage, "holds", counting)
    compact(exports, "--drop")

    assert len(asked) == len(set(asked))


def test_what_a_kill_left_of_a_day_is_deleted_though_there_is_nothing_else_to_do(tmp_path: Path) -> None:
    exports = exports_of(tmp_path, 1)
    compact(exports)
    parts = {path: path.read_bytes() for path in exports.glob("date=*/run=*/*.jsonl")}
    compact(exports, "--drop")
    for path, content in parts.items():
        path.write_bytes(content)  # as if the process had died after the catalog was written
    (exports / ".compacting.json").write_text(f'["{DAY}"]', encoding="utf-8")

    compact(exports)
    assert parts_of(exports)
    compact(exports, "--drop")

    assert parts_of(exports) == []
    assert not (exports / ".compacting.json").exists()


def exported_of(exports: Path, run: Path, shelf: str, out: Path) -> tuple[int, list[Any]]:
    """Return the exit code of `scrapy export RUN`, and the rows that it wrote."""
    code = run_export(run, "--part", shelf, "--to", "jsonl", "-s", f"EXPORTS={exports}", out, "--force")
    return code, sorted((row.get("id") or row.get("article") for row in read_rows(out)) if out.exists() else [])


@pytest.mark.parametrize("shelf", ["articles", "copies", "withdrawn", "story-moves"])
def test_a_run_whose_parts_were_dropped_is_exported_from_the_compacted_file(tmp_path: Path, shelf: str) -> None:
    exports = exports_of(tmp_path, 1, 2)
    runs = sorted(exports.glob("date=*/run=*"))
    before = [exported_of(exports, run, shelf, tmp_path / "out.jsonl") for run in runs]
    compact(exports, "--drop")

    assert [exported_of(exports, run, shelf, tmp_path / "out.jsonl") for run in runs] == before
    assert all(code == 0 and rows for code, rows in before)
    assert before[0] != before[1]


def test_refused_addresses_of_a_dropped_run_are_looked_for_in_all_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exports = exports_of(tmp_path, 1)
    compact(exports, "--drop")
    (run,) = exports.glob("date=*/run=*")

    assert exported_of(exports, run, "refused", tmp_path / "out.jsonl") == (3, [])

    assert "with those of other runs: export without RUN" in capsys.readouterr().err

"""Compaction makes one file of a day's parts; the catalog leads to each row once, whenever the process dies."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import UsageError
from scrapy.utils.project import get_project_settings

from crawler.commands.compact import Command
from crawler.exports.catalog import CATALOG, PartState, open_catalog
from crawler.exports.compacted_rows import compacted_lines
from crawler.exports.compaction import Compaction
from crawler.exports.jsonl import BadLine, read_rows
from crawler.exports.parquet import write_parquet
from crawler.exports.part import whole_part, write_json
from crawler.exports.publication import Publication
from crawler.exports.storage import LocalStorage
from crawler.exports.verification import check_exports, check_run
from crawler.schema import Broken
from crawler.shelves import Shelf
from tests.exports.dying import Steps, die_in, work
from tests.exports.pages import page_records
from tests.exports.sequences import NUMBERED, name_of, read_since
from tests.soak import sample

DAY = "2026-11-24"
STEPS: Steps = (
    (LocalStorage, "put"),
    (LocalStorage, "write"),
    (LocalStorage, "delete"),
    (Publication, "write"),
    (Compaction, "_write"),
    (Compaction, "_compare"),
    (Path, "rename"),
    (Path, "replace"),
    (Path, "unlink"),
)
"""What a compaction calls."""


def exports_of(folder: Path, *runs: int) -> Path:
    """Export some runs of three articles, withdrawals, moves and refusals each."""
    folder.mkdir(exist_ok=True)
    for run in runs:
        work(folder, f"20261124T{run:02}0000Z-aaaa", 10 * run, 10 * run + 3)
    return folder / "exports"


def compact(exports: Path, *arguments: str) -> int:
    """Run the command, and return its exit code."""
    command, parser = Command(), ArgumentParser()
    command.settings = get_project_settings()
    command.settings.set("EXPORTS", str(exports))
    command.add_options(parser)
    days = [] if "--day" in arguments else ["--before", "2026-12-01"]
    opts, rest = parser.parse_known_args([*days, *arguments])
    command.run(rest, opts)
    return int(command.exitcode)


def rows_of(exports: Path) -> dict[str, list[Any]]:
    """Return the rows of each shelf, without keys that are null, as the catalog leads to them."""
    catalog = open_catalog(exports)
    found: dict[str, list[Any]] = {}
    for shelf in Shelf:
        rows = (row for file in catalog.files(shelf) for row in read_rows(exports / file.path))
        there = ({name: value for name, value in row.items() if value is not None} for row in rows)
        found[shelf] = sorted(there, key=lambda row: (row.get("sequence", 0), row.get("url")))
    return found


def parts_of(exports: Path) -> list[str]:
    return sorted(path.relative_to(exports).as_posix() for path in exports.glob("date=*/run=*/*.jsonl"))


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


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--day", "2026-11-23"], "no run of 2026-11-23"), (["--before", DAY], f"no run of a day before {DAY} (UTC)")],
)
def test_a_command_that_finds_no_run_to_compact_says_so(
    tmp_path: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    exports = exports_of(tmp_path, 1)

    assert compact(exports, *arguments) == 0

    assert capsys.readouterr().out == f"{exports}: nothing to compact: there is {said}\n"


def test_a_damaged_part_is_named_and_left_out_until_it_is_restored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exports = exports_of(tmp_path, 1, 2)
    before = rows_of(exports)
    damaged = exports / open_catalog(exports).files(Shelf.ARTICLES)[0].path
    content = damaged.read_bytes()
    damaged.write_bytes(content[:-20])

    assert compact(exports, "--drop") == 3

    assert f"{damaged}: was lost or changed" in capsys.readouterr().err
    assert [exports / path for path in open_catalog(exports).damaged()] == [damaged]
    assert parts_of(exports) == [damaged.relative_to(exports).as_posix()]
    damaged.write_bytes(content)
    assert compact(exports, "--drop") == 0
    assert rows_of(exports) == before
    assert parts_of(exports) == []


def test_nothing_is_dropped_when_a_compacted_file_is_damaged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exports = exports_of(tmp_path, 1)
    compact(exports)
    parts = parts_of(exports)
    (file,) = exports.glob("compacted/shelf=articles/*/*.parquet")
    file.write_bytes(file.read_bytes()[:-1])

    assert compact(exports, "--drop") == 3

    assert f"{file}: was lost or changed; restore it" in capsys.readouterr().err
    assert [fault for fault in check_exports(exports) if "is not as the catalog lists it" in fault]
    assert parts_of(exports) == parts


def test_a_row_that_parquet_would_not_hold_whole_stops_its_shelf(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exports = exports_of(tmp_path, 1)
    (run,) = exports.glob("date=*/run=*")
    part = run / "refused.jsonl"
    row = json.loads(part.read_bytes().splitlines()[0]) | {"later": 1}
    part.write_text(json.dumps(row) + "\n", encoding="utf-8")
    manifest = json.loads((run / "manifest.json").read_bytes())
    listed = whole_part(part, "refused")
    entry = {name: getattr(listed, name) for name in listed.__dataclass_fields__}
    manifest["parts"] = [entry if each["name"] == part.name else each for each in manifest["parts"]]
    write_json(run / "manifest.json", manifest)
    (exports / CATALOG).unlink()

    assert compact(exports, "--drop") == 3

    assert "0 of 1 rows are the same in Parquet, so all stays as it is" in capsys.readouterr().err
    assert [exports / path for path in parts_of(exports)] == [part]


def test_without_pyarrow_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    exports = exports_of(tmp_path, 1)
    parts = parts_of(exports)
    monkeypatch.setitem(sys.modules, "crawler.exports.parquet", None)

    assert compact(exports, "--drop") == 3

    assert "pip install 'videsh[parquet]'" in capsys.readouterr().err
    assert parts_of(exports) == parts


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["--day", "24.11.2026"], "is not a day"), (["--day", "2026-02-30"], "is not a day"), (["2026"], "name days by")],
)
def test_a_day_that_is_none_is_named(tmp_path: Path, arguments: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        compact(exports_of(tmp_path, 1), *arguments)


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


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" * 99])
def test_a_file_that_is_no_parquet_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "one.parquet").write_bytes(content)

    with pytest.raises(Broken, match="is no whole Parquet file"):
        list(compacted_lines(tmp_path / "one.parquet"))
    with pytest.raises(BadLine, match=r"one\.parquet: line 1"):
        list(read_rows(tmp_path / "one.parquet"))


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


def try_steps(folder: Path, steps: Iterable[int]) -> int:
    """Die at each of the steps of a compaction, look, compact again, and return the number of deaths."""
    deaths = 0
    for step in steps:
        place = folder / str(step)
        exports = exports_of(place, 1)
        compact(exports, *(["--drop"] if step % 2 else []))
        exports_of(place, 2)
        before = rows_of(exports)
        if not die_in(step, STEPS, compact, exports, "--drop"):
            break
        deaths += 1
        assert rows_of(exports) == before
        catalog = (exports / CATALOG).read_bytes()
        (exports / CATALOG).unlink()
        assert rows_of(exports) == before
        (exports / CATALOG).write_bytes(catalog)
        exports_of(place, 3)
        after = rows_of(exports)
        assert compact(exports, "--drop") == 0
        assert rows_of(exports) == after
        assert parts_of(exports) == []
        assert len(list(exports.glob("compacted/*/*/*"))) == 2 * len(Shelf)
        assert list(check_exports(exports)) == []
    return deaths


@pytest.mark.parametrize("first", range(2))
def test_nothing_is_lost_or_doubled_wherever_a_compaction_dies(tmp_path: Path, first: int) -> None:
    assert try_steps(tmp_path, range(11 + first * 45, 1000, 90)) >= 2


@pytest.mark.soak
def test_nothing_is_lost_or_doubled_at_every_step_of_a_compaction(tmp_path: Path) -> None:
    steps = sample(range(200))
    assert try_steps(tmp_path, steps) == len(steps)

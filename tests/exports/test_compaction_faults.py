"""What a compaction cannot read, write or find is named, and nothing is dropped for it."""

import json
import sys
from pathlib import Path

import pytest
from scrapy.exceptions import UsageError

from crawler.exports.catalog import CATALOG, open_catalog
from crawler.exports.compacted_rows import compacted_lines
from crawler.exports.jsonl import BadLine, read_rows
from crawler.exports.part import whole_part
from crawler.exports.verification import check_exports
from crawler.schema import Broken
from crawler.shelves import Shelf
from crawler.whole_files import write_json
from tests.exports.compacting import DAY, compact, exports_of, parts_of, rows_of


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


def test_exports_that_cannot_be_written_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exports = exports_of(tmp_path, 1)
    (exports / ".compacting.lock").mkdir()

    assert compact(exports) == 3

    assert f"{exports}: cannot be written (" in capsys.readouterr().err


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


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" * 99])
def test_a_file_that_is_no_parquet_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "one.parquet").write_bytes(content)

    with pytest.raises(Broken, match="is no whole Parquet file"):
        list(compacted_lines(tmp_path / "one.parquet"))
    with pytest.raises(BadLine, match=r"one\.parquet: line 1"):
        list(read_rows(tmp_path / "one.parquet"))

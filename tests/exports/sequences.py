"""Read an export as a data team does, and check the law of sequence numbers."""

from pathlib import Path
from typing import Any

from crawler.exports.catalog import open_catalog
from crawler.exports.jsonl import read_rows
from crawler.shelves import Shelf
from tests.runs.replaying import lines, manifest

NUMBERED = [shelf for shelf in Shelf if shelf is not Shelf.REFUSED]
"""The shelves whose rows have sequence numbers."""


def name_of(row: dict[str, Any]) -> str:
    """Return what the tests of kills call a row of any shelf."""
    return str(row.get("id") or row["article"])


def read_since(exports: Path, cursor: int) -> tuple[dict[str, int], int]:
    """Return the rows above a cursor, each with its number, as the catalog leads to them; and the next cursor."""
    if not exports.exists():
        return {}, cursor
    catalog = open_catalog(exports)
    files = [each for shelf in NUMBERED for each in catalog.files(shelf, since=cursor)]
    rows = [row for each in files for row in read_rows(exports / each.path) if row["sequence"] > cursor]
    assert len({name_of(row) for row in rows}) == len(rows)
    return {name_of(row): row["sequence"] for row in rows}, catalog.sequence


def visible(exports: Path) -> dict[str, int]:
    """Return the rows that lie in the folders of runs, each with its number, whether the catalog lists them or not."""
    paths = [path for shelf in NUMBERED for path in exports.glob(f"date=*/run=*/{shelf}*.jsonl")]
    return {name_of(row): row["sequence"] for path in paths for row in lines(path)}


def check_numbers(exports: Path) -> None:
    """Assert that each row has a number of its own, that parts say theirs, and that the catalog lists every part."""
    numbers = sorted(visible(exports).values())
    assert numbers == list(range(1, len(numbers) + 1))
    catalog = open_catalog(exports)
    assert catalog.sequence == len(numbers)
    assert {run.folder for run in catalog.runs.values()} == {
        path.parent.relative_to(exports).as_posix() for path in exports.glob("date=*/run=*/manifest.json")
    }
    for run in catalog.runs.values():
        listed = manifest(exports / run.folder)
        assert (run.run_id, run.state) == (listed["run_id"], listed["state"])
        parts = [{name: getattr(part, name) for name in listed["parts"][0]} for part in run.parts]
        assert parts == listed["parts"]
        for part in run.parts:
            rows = [row.get("sequence") for row in read_rows(exports / run.folder / part.name)]
            first, last = part.first_sequence, part.last_sequence
            assert rows == (list(range(first, last + 1)) if first and last else [None] * len(rows))

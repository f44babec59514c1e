"""Exports of a day, and what a compaction makes of them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from scrapy.utils.project import get_project_settings

from crawler.commands.compact import Command
from crawler.exports.catalog import open_catalog
from crawler.exports.jsonl import read_rows
from crawler.shelves import Shelf
from tests.exports.dying import work

DAY = "2026-11-24"


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

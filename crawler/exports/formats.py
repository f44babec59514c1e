"""The formats of `scrapy export`, each for records of articles and for the rows of other shelves."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.exports.csv import write_csv
from crawler.exports.jsonl import write_jsonl
from crawler.exports.ninjs import write_ninjs
from crawler.shelves import Shelf

if TYPE_CHECKING:
    from crawler.exports.sqlite import Contents

FORMATS = ("jsonl", "parquet", "csv", "ninjs")
DATABASES = ("sqlite", "duckdb")
"""The formats of a file that holds articles and copies as tables."""


def write_rows(form: str, shelf: Shelf, rows: Iterable[dict[str, Any]], out: Path, *, ninjs: str, bom: bool) -> int:
    """Write rows of a shelf in one of FORMATS and return their number; `ninjs` is its version, `bom` is for CSV.

    Raise ModuleNotFoundError for Parquet without pyarrow.
    """
    if form == "jsonl":
        return write_jsonl(rows, out)
    if form == "ninjs":
        return write_ninjs(rows, out, version=ninjs)
    if form == "parquet":
        from crawler.exports.parquet import write_parquet  # pyarrow is an extra

        return write_parquet(rows, out, shelf)
    from crawler.exports.shelf_rows import write_rows_as_csv

    encoding = "utf-8-sig" if bom else "utf-8"
    if shelf.has_records:
        return write_csv(rows, out, encoding=encoding)
    return write_rows_as_csv(shelf, rows, out, encoding=encoding)


def write_database(form: str, contents: Contents, out: Path, *, anew: bool) -> int:
    """Write a database in one of DATABASES and return the number of its articles; with `anew`, write all of it.

    Raise ModuleNotFoundError for DuckDB without duckdb or pyarrow.
    """
    if form == "sqlite":
        from crawler.exports.sqlite import write_sqlite

        return write_sqlite(contents, out, anew=anew)
    from crawler.exports.duckdb import write_duckdb  # duckdb and pyarrow are extras

    return write_duckdb(contents, out)

"""A DuckDB file with views over Parquet files, which lie in a folder beside it: the tables and views of `sqlite.py`.

The Parquet files are written from an SQLite database of that module, so both say the same. Each export writes a folder
of its own; the old one goes when the file that leads to it is replaced.
"""

import json
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from crawler.exports.out_file import OutFileError, locked, replaced
from crawler.exports.sqlite import Contents, write_new
from crawler.exports.tables import VIEWS
from crawler.whole_files import sync_folder

_TABLES = ("articles", "stories", "credits", "places", "media", "revisions")
_BATCH = 2_000
"""Rows of a group in Parquet; it bounds RAM."""
_LISTS = ("byline", "tags")
_PATTERN_SIGNS = "*?["
_TYPES = {"TEXT": pa.string(), "INTEGER": pa.int64(), "REAL": pa.float64()}


def write_duckdb(contents: Contents, out: Path) -> int:
    """Write a file of views and the Parquet below them, all anew; return the number of articles.

    Raise OutFileError for a path that DuckDB would take for a pattern.
    """
    if any(sign in str(out.resolve()) for sign in _PATTERN_SIGNS):
        raise OutFileError(f"{out}: DuckDB takes {' '.join(_PATTERN_SIGNS)} in a path for a pattern; name another one")
    beside = out.with_name(f"{out.name}.parquet")
    if beside.exists() and not beside.is_dir():
        raise OutFileError(f"{beside}: is no folder, and the Parquet of {out.name} goes there; name another file")
    with locked(out):
        folders = _folders(beside)
        new = beside / str(max(folders, default=0) + 1)
        new.mkdir(parents=True)
        try:
            count = _write_parquet(contents, new)
            with replaced(out) as written:
                _write_views(written, new.resolve())
        except BaseException:
            shutil.rmtree(new)
            raise
        for folder in folders.values():
            shutil.rmtree(folder)
        return count


def _folders(beside: Path) -> dict[int, Path]:
    """Return the folders of Parquet of earlier exports, by their number."""
    found = beside.glob("[0-9]*")
    return {int(path.name): path for path in found if path.name.isdigit() and path.is_dir()}


def _write_parquet(contents: Contents, folder: Path) -> int:
    made = folder / "articles.db"
    try:
        count = write_new(made, contents)
        with closing(sqlite3.connect(made)) as database:
            for table in _TABLES:
                _write_table(database, table, folder / f"{table}.parquet")
    except sqlite3.Error as error:
        raise OSError(None, str(error)) from error
    made.unlink()
    sync_folder(folder)
    return count


def _write_table(database: sqlite3.Connection, table: str, path: Path) -> None:
    columns = database.execute(f"PRAGMA table_info({table})").fetchall()
    schema = pa.schema([(name, _type(name, kind)) for _, name, kind, *_ in columns])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for rows in _batches(database.execute(f"SELECT * FROM {table}")):
            arrays = [_column(values, kind) for values, kind in zip(zip(*rows, strict=True), schema.types, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))


def _column(values: Iterable[Any], kind: pa.DataType) -> pa.Array:
    return pa.array([_value(value, kind) for value in values], kind)


def _batches(cursor: sqlite3.Cursor) -> Iterator[list[Any]]:
    while rows := cursor.fetchmany(_BATCH):
        yield rows


def _type(name: str, kind: str) -> pa.DataType:
    """Return the type of a column: times are instants in UTC, without a zone, which DuckDB reads without extensions."""
    if name in _LISTS:
        return pa.list_(pa.string())
    if name.endswith("_at"):
        return pa.timestamp("us")
    return pa.date32() if name.endswith("_on") else _TYPES[kind]


def _value(value: Any, kind: pa.DataType) -> Any:
    if value is None:
        return None
    if pa.types.is_list(kind):
        return json.loads(value)
    if pa.types.is_timestamp(kind):
        moment = datetime.fromisoformat(value)
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    return date.fromisoformat(value) if pa.types.is_date(kind) else value


def _write_views(path: Path, folder: Path) -> None:
    path.unlink(missing_ok=True)  # of an export that was killed
    with closing(duckdb.connect(str(path))) as database:
        for table in _TABLES:
            parquet = str(folder / f"{table}.parquet").replace("'", "''")
            database.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{parquet}')")
        database.execute(VIEWS.read_text(encoding="utf-8"))
        database.execute("CREATE TABLE export AS SELECT 'scrapy export' AS made_by")


def is_ours(path: Path) -> bool:
    """Return whether a DuckDB file is one that `scrapy export` wrote."""
    try:
        with closing(duckdb.connect(str(path), read_only=True)) as database:
            return database.execute("SELECT made_by FROM export").fetchall() == [("scrapy export",)]
    except duckdb.Error:
        return False

"""Rows of the shelves that hold no records, as CSV or Parquet: one column for each key."""

import csv
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from crawler.exports.csv import cell
from crawler.exports.decoding import decode_row
from crawler.schema import check_row
from crawler.shelves import Shelf

_BATCH = 10_000
"""Rows of a Parquet row group."""


def read_row(shelf: Shelf, line: bytes) -> dict[str, Any]:
    """Return the row in a line of a shelf that holds no records; raise Broken if it is none."""
    row = decode_row(line)
    check_row(row, shelf.row_schema)
    return row


def write_rows_as_csv(shelf: Shelf, rows: Iterable[dict[str, Any]], out: Path, *, encoding: str) -> int:
    """Write a shelf's rows as CSV with a header line; return their number."""
    names, count = [column.name for column in shelf.columns], 0
    with out.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        for row in rows:
            writer.writerow(cell(row.get(name)) for name in names)
            count += 1
    return count


def write_rows_as_parquet(shelf: Shelf, rows: Iterable[dict[str, Any]], out: Path) -> int:
    """Write a shelf's rows as Parquet; return their number. Raise ModuleNotFoundError without pyarrow."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {"string": pa.string(), "integer": pa.int64()}
    schema, count = pa.schema([(column.name, types[column.type]) for column in shelf.columns]), 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for batch in _batches(iter(rows)):
            writer.write_batch(pa.RecordBatch.from_pylist(batch, schema=schema))
            count += len(batch)
    return count


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch

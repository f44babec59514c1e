"""Rows of any shelf, checked; those that are no records as CSV, one column for each key."""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from crawler.exports.csv import cell, write_cells
from crawler.exports.decoding import decode_row
from crawler.exports.published import PublishedPart
from crawler.exports.selection import Selection
from crawler.exports.since import Since
from crawler.schema import check_record, check_row
from crawler.shelves import Shelf


def read_line(shelf: Shelf, line: bytes) -> dict[str, Any]:
    """Return the row in a line of a shelf, a record of any schema version as it is; raise Broken if it is none."""
    row = decode_row(line)
    if shelf.has_records:
        check_record(row)
    else:
        check_row(row, shelf.row_schema)
    return row


def rows_of_shelf(
    parts: Iterable[PublishedPart], shelf: Shelf, since: Since, selection: Selection
) -> Iterator[dict[str, Any]]:
    """Yield the new and selected rows of a shelf; raise BadLine if a part is damaged."""
    for part in parts:
        if part.shelf is shelf and since.has_new(part):
            yield from (
                row for row in part.read(partial(read_line, shelf)) if since.is_new(row) and selection.takes(row)
            )


def write_rows_as_csv(shelf: Shelf, rows: Iterable[dict[str, Any]], out: Path, *, encoding: str) -> int:
    """Write a shelf's rows as CSV with a header line; return their number."""
    names = [column.name for column in shelf.columns]
    return write_cells(([cell(row.get(name)) for name in names] for row in rows), names, out, encoding=encoding)

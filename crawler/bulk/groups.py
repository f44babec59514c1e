"""Rows and groups of rows in a stream of Arrow batches; a stream with groups is sorted by them."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import pyarrow as pa

Row = dict[str, Any]
_SIZE = 1_000


def rows_of(batches: Iterable[pa.RecordBatch]) -> Iterator[Row]:
    """Yield the rows of batches."""
    for batch in batches:
        yield from batch.to_pylist()


def groups_of(batches: Iterable[pa.RecordBatch], by: str) -> Iterator[list[Row]]:
    """Yield the rows of each group, which stand together."""
    for _, rows in groupby(rows_of(batches), key=itemgetter(by)):
        yield list(rows)


def batches_of(rows: Iterable[Row], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Yield rows as batches of a bounded number of rows."""
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _SIZE:
            yield pa.RecordBatch.from_pylist(batch, schema=schema)
            batch = []
    if batch:
        yield pa.RecordBatch.from_pylist(batch, schema=schema)


def whole_groups(batches: Iterable[pa.RecordBatch], by: str) -> Iterator[list[pa.RecordBatch]]:
    """Yield the batches anew, cut where groups end, so that each list has groups as a whole."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        values = batch.column(by).to_pylist()
        end = next((at for at in range(len(values) - 1, 0, -1) if values[at] != values[at - 1]), 0)
        if held and values and held[-1].column(by)[-1].as_py() != values[0]:
            yield held
            held = []
        if end:
            yield [*held, batch.slice(0, end)]
            held = []
        held.append(batch.slice(end))
    if held:
        yield held

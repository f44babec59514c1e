"""Rows of any shelf as Parquet; records have nested columns."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from crawler.exports.field_types import Field, FieldType, ListOf, MapOf, Plain, Struct, fields_of
from crawler.shelves import Shelf

_BATCH = 500
"""Records per row group; it bounds RAM to a few megabytes for an export of any size."""
_BATCH_OF_SHORT = 10_000
"""Rows without text per row group."""

_PLAIN: dict[Plain, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "instant": pa.timestamp("us", tz="UTC"),
    "day": pa.date32(),
}


def parquet_schema(shelf: Shelf = Shelf.ARTICLES) -> pa.Schema:
    """Return the Parquet schema of a shelf's rows: their fields, in their order."""
    return pa.schema(_columns(fields_of(shelf.row_schema)))


def _columns(fields: Iterable[Field]) -> list[tuple[str, pa.DataType]]:
    return [(field.name, _arrow(field.type)) for field in fields]


def _arrow(kind: FieldType) -> pa.DataType:
    if isinstance(kind, Struct):
        return pa.struct(_columns(kind.fields))
    if isinstance(kind, ListOf):
        return pa.list_(_arrow(kind.values))
    if isinstance(kind, MapOf):
        # A list of structs, because Hugging Face datasets reads no maps, and polars and Spark differ in how they do.
        return pa.list_(pa.struct([("field", pa.string()), ("source", _arrow(kind.values))]))
    return _PLAIN[kind]


def write_parquet(rows: Iterable[dict[str, Any]], out: Path, shelf: Shelf = Shelf.ARTICLES) -> int:
    """Write a shelf's rows as Parquet, batch by batch; return their number. Without rows the table is empty, and valid.

    A key that a row lacks is null.
    """
    schema, left, count = parquet_schema(shelf), iter(rows), 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        while batch := list(islice(left, _BATCH if shelf.has_records else _BATCH_OF_SHORT)):
            typed = [{field.name: _value(row.get(field.name), field.type) for field in schema} for row in batch]
            writer.write_batch(pa.RecordBatch.from_pylist(typed, schema=schema))
            count += len(batch)
    return count


def _value(value: Any, kind: pa.DataType) -> Any:
    """Return a value of a record as its column holds it."""
    if value is None:
        return None
    if pa.types.is_timestamp(kind):
        return datetime.fromisoformat(value)
    if pa.types.is_date(kind):
        return date.fromisoformat(value)
    if pa.types.is_struct(kind):
        return {field.name: _value(value[field.name], field.type) for field in kind}
    if pa.types.is_list(kind):
        rows = [{"field": name, "source": each} for name, each in value.items()] if isinstance(value, dict) else value
        return [_value(each, kind.value_type) for each in rows]
    return value

"""Records as Parquet, with nested columns."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from crawler.exports.field_types import Field, FieldType, ListOf, MapOf, Plain, Struct, fields_of
from crawler.schema import published_schema

_BATCH = 500
"""Records per row group; it bounds RAM to a few megabytes for an export of any size."""

_PLAIN: dict[Plain, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "instant": pa.timestamp("us", tz="UTC"),
    "day": pa.date32(),
}


def parquet_schema() -> pa.Schema:
    """Return the Parquet schema of the record: its fields, in their order."""
    return pa.schema(_columns(fields_of(published_schema())))


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


def write_parquet(records: Iterable[dict[str, Any]], out: Path) -> int:
    """Write records as Parquet, batch by batch; return their number. Without records the table is empty and valid."""
    schema = parquet_schema()
    rows = ({field.name: _value(record[field.name], field.type) for field in schema} for record in records)
    return write_table(schema, rows, out, group=_BATCH)


def write_table(schema: pa.Schema, rows: Iterable[dict[str, Any]], out: Path, *, group: int) -> int:
    """Write rows as Parquet, `group` of them in each row group; return their number."""
    left, count = iter(rows), 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        while batch := list(islice(left, group)):
            writer.write_batch(pa.RecordBatch.from_pylist(batch, schema=schema))
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

"""Records as Parquet, with nested columns."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq

from crawler.items import Article
from crawler.schema import DAY, INSTANT, pattern_of

_BATCH = 500
"""Records per row group; it bounds RAM to a few megabytes for an export of any size."""

_PLAIN = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
_TIMES = {INSTANT: pa.timestamp("us", tz="UTC"), DAY: pa.date32()}
"""The column types of times."""


def parquet_schema() -> pa.Schema:
    """Return the Parquet schema of the record, from the names and types of the fields of Article, in order."""
    return pa.schema(_columns(Article))


def _columns(cls: type) -> list[tuple[str, pa.DataType]]:
    types = get_type_hints(cls)
    times = {field.name: _TIMES.get(pattern_of(cls, field.name) or "") for field in fields(cls)}
    return [(field.name, times[field.name] or _arrow(types[field.name])) for field in fields(cls)]


def _arrow(kind: Any) -> pa.DataType:
    origin, inner = get_origin(kind), [each for each in get_args(kind) if each is not NoneType]
    if kind in _PLAIN:
        return _PLAIN[kind]
    if is_dataclass(kind):
        return pa.struct(_columns(cast(type, kind)))
    if origin is Literal:
        return pa.string()
    if origin in (list, tuple):
        return pa.list_(_arrow(inner[0]))
    if origin is dict:
        # A list of structs, because Hugging Face datasets reads no maps, and polars and Spark differ in how they do.
        return pa.list_(pa.struct([("field", _arrow(inner[0])), ("source", _arrow(inner[1]))]))
    if origin in (Union, UnionType) and len(inner) == 1:
        return _arrow(inner[0])
    raise TypeError(f"{kind}: crawler/exports/parquet.py does not know how to say this type in Arrow")


def write_parquet(records: Iterable[dict[str, Any]], out: Path) -> int:
    """Write records as Parquet, batch by batch; return their number. Without records the table is empty and valid."""
    schema = parquet_schema()
    count = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for batch in _batches(iter(records)):
            rows = [{field.name: _value(record[field.name], field.type) for field in schema} for record in batch]
            writer.write_batch(pa.RecordBatch.from_pylist(rows, schema=schema))
            count += len(batch)
    return count


def _batches(records: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(records, _BATCH)):
        yield batch


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

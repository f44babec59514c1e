"""Records as Parquet, with their nested shape kept."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

_BATCH = 500
"""Records a row group: bounds memory to a few megabytes whatever the size of the export."""

_TEXT, _TEXTS = pa.string(), pa.list_(pa.string())
_PLACE = pa.struct(
    {
        "name": _TEXT,
        "english": _TEXT,
        "country": _TEXT,
        "geonames_id": pa.int64(),
        "latitude": pa.float64(),
        "longitude": pa.float64(),
    }
)
_NESTED = {
    "byline": _TEXTS,
    "dateline": pa.struct({"raw": _TEXT, "places": pa.list_(_PLACE), "date": _TEXT, "agency": _TEXT}),
    "credits": pa.list_(pa.struct(dict.fromkeys(("agency", "name", "raw", "where"), _TEXT))),
    "cited_media": _TEXTS,
    "tags": _TEXTS,
    "body": pa.list_(pa.struct({"kind": _TEXT, "text": _TEXT})),
    "images": pa.list_(pa.struct(dict.fromkeys(("url", "caption", "credit"), _TEXT))),
    "related": pa.list_(pa.struct({"title": _TEXT, "url": _TEXT})),
    "revision": pa.int64(),
    "story": pa.struct(
        {"id": _TEXT, "relation": _TEXT, "of": _TEXT, "similarity": pa.float64(), "because": _TEXT},
    ),
    "provenance": pa.map_(_TEXT, _TEXT),
}


def parquet_schema(fields: Iterable[str]) -> pa.Schema:
    """Return the Parquet schema of a record with these fields, in this order; what is not nested is text."""
    return pa.schema([(name, _NESTED.get(name, _TEXT)) for name in fields])


def write_parquet(records: Iterable[dict[str, Any]], out: Path, fields: Iterable[str]) -> int:
    """Write records as Parquet, a batch at a time; return how many. No record gives a valid empty table."""
    schema = parquet_schema(fields)
    count = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for batch in _batches(iter(records)):
            writer.write_batch(pa.RecordBatch.from_pylist([_row(record) for record in batch], schema=schema))
            count += len(batch)
    return count


def _batches(records: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(records, _BATCH)):
        yield batch


def _row(record: dict[str, Any]) -> dict[str, Any]:
    return {**record, "provenance": list((record["provenance"] or {}).items())}

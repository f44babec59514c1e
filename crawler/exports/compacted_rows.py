"""Read a compacted file, the Parquet file of one shelf and day, as the JSON lines of which it was made."""

import json
from collections.abc import Generator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from crawler.schema import Broken

_ROWS = 500
"""Rows that are decoded at a time."""
_PAIR = {"field", "source"}


def compacted_lines(path: Path) -> Generator[bytes, None, None]:
    """Yield each row of a compacted file as a JSON line; raise Broken if the file is damaged, or without pyarrow."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        raise Broken(f"compacted rows need pyarrow ({error}): pip install 'videsh[parquet]'") from error
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(_ROWS):
                for row in batch.to_pylist():
                    if "provenance" in row:
                        row["provenance"] = _sources(row["provenance"])
                    yield json.dumps(_plain(row), ensure_ascii=False, default=str).encode() + b"\n"
    except pa.ArrowException as error:
        raise Broken(f"is no whole Parquet file ({error})") from error


def _sources(value: Any) -> Any:
    """Return the one map of the record, which is a list of pairs in Parquet; another program's value stays as it is."""
    if not isinstance(value, list) or not all(isinstance(pair, dict) and pair.keys() == _PAIR for pair in value):
        return value
    return {pair["field"]: pair["source"] for pair in value}


def _plain(value: Any) -> Any:
    """Return a value of a column as its record holds it; see `crawler/exports/parquet.py` for the way there."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value

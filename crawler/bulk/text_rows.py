"""Texts as rows of Parquet: docs/bulk.md documents the schema."""

from array import array
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from crawler.schema import Broken
from crawler.stories.text import Text

TEXT_COLUMNS = {
    "id": pa.string(),
    "outlet": pa.string(),
    "published": pa.int64(),
    "agencies": pa.list_(pa.string()),
    "places": pa.list_(pa.string()),
    "dated": pa.string(),
    "by_agency": pa.bool_(),
    "digest": pa.binary(),
    "weight": pa.int64(),
    "marks": pa.list_(pa.int64()),
    "words": pa.binary(),
    "figures": pa.list_(pa.string()),
}
"""The fields of `Text`, in their order; the numbers of words are packed, 32 bits each, lowest byte first."""

_REVISION = {"revision"}


def row_of_text(text: Text) -> dict[str, Any]:
    """Return a text as a row with `TEXT_COLUMNS`."""
    return {
        "id": text.id,
        "outlet": text.outlet,
        "published": text.published,
        "agencies": sorted(text.agencies),
        "places": sorted(text.places),
        "dated": text.dated,
        "by_agency": text.by_agency,
        "digest": text.digest,
        "weight": text.weight,
        "marks": list(text.marks),
        "words": text.words.tobytes(),
        "figures": list(text.figures),
    }


def text_of_row(row: Mapping[str, Any], prefix: str = "") -> Text:
    """Return the text of a row, whose columns may have a prefix."""
    values = {name: row[f"{prefix}{name}"] for name in TEXT_COLUMNS}
    return Text(
        **values
        | {
            "agencies": frozenset(values["agencies"]),
            "places": frozenset(values["places"]),
            "marks": array("I", values["marks"]),
            "words": _unpacked(values["words"]),
            "figures": tuple(values["figures"]),
        }
    )


def _unpacked(packed: bytes) -> "array[int]":
    numbers = array("I")
    numbers.frombytes(packed)
    return numbers


def texts_in(path: Path) -> Iterator[tuple[int, int, Text]] | None:
    """Return an iterator over number, revision and text of each row of a Parquet file; None if it holds no texts.

    Raise Broken for a file that is damaged, or has other types in these columns.
    """
    try:
        with pq.ParquetFile(path) as file:
            if not TEXT_COLUMNS.keys() <= {*file.schema_arrow.names}:
                return None
    except pa.ArrowException as error:
        raise Broken(f"is no whole Parquet file ({error})") from error
    return _texts_of(path)


def _texts_of(path: Path) -> Iterator[tuple[int, int, Text]]:
    number = 0
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(1_000, columns=[*TEXT_COLUMNS, *(_REVISION & {*file.schema_arrow.names})]):
                for row in batch.to_pylist():
                    number += 1
                    yield number, row.get("revision") or 1, text_of_row(row)
    except (pa.ArrowException, TypeError, ValueError) as error:
        raise Broken(f"is no Parquet file of texts, as docs/bulk.md has them ({error})") from error

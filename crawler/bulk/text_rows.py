"""Texts as rows of Parquet: docs/bulk.md documents the schema."""

from array import array
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from crawler.schema import Broken
from crawler.stories.rows import BadRow
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
_NEVER_NULL = [name for name in TEXT_COLUMNS if name not in ("outlet", "published", "dated")]
_OF_TEXTS_ALONE = {"digest", "words"}
"""Columns by which a file is known as one of texts."""


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


def texts_in(path: Path) -> Iterator[tuple[int, int, Text | BadRow]] | None:
    """Return an iterator over number, revision and text of each row of a Parquet file; None if it holds no texts.

    In place of a text that cannot be read comes its fault. Raise Broken for a file that is damaged, lacks some columns
    of texts, or has other types in them.
    """
    try:
        with pq.ParquetFile(path) as file:
            found = file.schema_arrow
    except pa.ArrowException as error:
        raise Broken(f"is no whole Parquet file ({error})") from error
    if not {*found.names} >= _OF_TEXTS_ALONE:
        return None
    for name, wanted in TEXT_COLUMNS.items():
        if name not in found.names:
            raise Broken(f'has no column "{name}", which texts have (docs/bulk.md)')
        kind = found.field(name).type
        if _kind(kind) not in (_kind(wanted), "null", _kind(wanted).partition(" of ")[0] + " of null"):
            raise Broken(f'has {kind} in the column "{name}", which is {wanted} in texts (docs/bulk.md)')
    return _texts_of(path)


def _kind(given: pa.DataType) -> str:
    """Return what a type holds, whatever its size: so much can be cast without a change of meaning."""
    if pa.types.is_dictionary(given):
        return _kind(given.value_type)
    if pa.types.is_list(given) or pa.types.is_large_list(given):
        return f"list of {_kind(given.value_type)}"
    if pa.types.is_integer(given):
        return "integer"
    return str(given).removeprefix("large_")


def _texts_of(path: Path) -> Iterator[tuple[int, int, Text | BadRow]]:
    number = 0
    schema = pa.schema(TEXT_COLUMNS.items())
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(1_000, columns=[*TEXT_COLUMNS, *(_REVISION & {*file.schema_arrow.names})]):
                table = pa.Table.from_batches([batch])
                revisions = table["revision"].to_pylist() if "revision" in table.column_names else [1] * len(batch)
                for row, revision in zip(table.select(schema.names).cast(schema).to_pylist(), revisions, strict=True):
                    number += 1
                    yield number, revision or 1, _checked(row, revision or 1)
    except pa.ArrowException as error:
        raise Broken(f"is no Parquet file of texts, as docs/bulk.md has them ({error})") from error


def _checked(row: Mapping[str, Any], revision: object) -> Text | BadRow:
    if not row["id"]:
        return BadRow('"id" is missing or empty')
    if type(revision) is not int:
        return BadRow('"revision" is not a whole number')
    for name in _NEVER_NULL:
        value = row[name]
        if value is None or (isinstance(value, list) and None in value):
            return BadRow(f'"{name}" is null, or holds a null')
    try:
        return text_of_row(row)
    except (ValueError, OverflowError) as error:  # of numbers that are no 32 bits
        return BadRow(f'"words" or "marks" are not as docs/bulk.md has them ({error})')

"""One line of an export as a record: decoded with care, checked, and lifted to today's version of the schema."""

import json
from dataclasses import fields
from math import isinf
from typing import Any, NoReturn

from crawler.items import SCHEMA_VERSION, Article
from crawler.schema import Broken, check_record

_FIELDS = tuple(field.name for field in fields(Article))
_LARGEST = 2**63 - 1
"""Columns of whole numbers hold 64 bits in Parquet, DuckDB and Spark."""


def decode_row(line: bytes) -> dict[str, Any]:
    """Return the JSON object that a line holds.

    Raise Broken with what is wrong: no JSON, no object, nested too deep, half of a character pair (`\\ud800`), NaN, a
    number beyond 64 bits or all floats. What passes can be written as JSON, CSV and Parquet again.
    """
    try:
        row = json.loads(line, parse_constant=_refuse, parse_int=_whole, parse_float=_finite)
        if b"\\ud" in line.lower():
            json.dumps(row, ensure_ascii=False).encode()
    except RecursionError:
        raise Broken("is nested too deep to be a record") from None
    except UnicodeEncodeError as error:
        raise Broken(
            f"holds half of a character pair ({error.object[error.start]!a}), which no file can hold"
        ) from None
    except ValueError as error:  # json's own error, bytes that are no UTF-8, and those of the two functions below
        raise Broken(f"is no JSON ({error})") from None
    if not isinstance(row, dict):
        raise Broken(f"is no JSON object but {line[:40].decode(errors='replace')!r}")
    return row


def read_record(line: bytes) -> dict[str, Any]:
    """Return the record that a line holds, in today's version of the schema; raise Broken where it is none."""
    record = decode_row(line)
    check_record(record)
    return lift(record)


def lift(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record of any published version as one of today's, keys in today's order; null where it has none.

    1.0 noted the pages of an article and the disagreement of its readers among the sources in `provenance`.
    """
    if record["schema_version"] == SCHEMA_VERSION:
        return record
    sources = dict(record["provenance"])
    later = {
        "schema_version": SCHEMA_VERSION,
        "pages": sources.pop("pages", "").split(),
        "disagreement": sources.pop("disagreement", None),
        "provenance": sources,
    }
    lifted: dict[str, Any] = dict.fromkeys(_FIELDS) | record | later
    return {name: lifted[name] for name in _FIELDS}


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _finite(digits: str) -> float:
    number = float(digits)
    if isinf(number):
        raise ValueError(f"{digits[:24]} is too large a number")
    return number


def _whole(digits: str) -> int:
    number = int(digits)
    if not -_LARGEST <= number <= _LARGEST:
        raise ValueError(f"{digits[:24]} is too large a number")
    return number

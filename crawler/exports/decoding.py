"""Decode one line of an export, and convert a record of an earlier schema version to the current one."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from math import isinf
from types import MappingProxyType
from typing import Any, NoReturn

from crawler.items import SCHEMA_VERSION, Article, Image, Publisher
from crawler.schema import Broken
from crawler.text.instants import instant, published
from crawler.text.word_count import count_words
from crawler.url_parts import host_of

_FIELDS = tuple(field.name for field in fields(Article))
_LARGEST = 2**63 - 1
"""Largest integer: integer columns have 64 bits in Parquet, DuckDB and Spark."""
_INDIA = "Asia/Kolkata"
_UTC = ("Z", "+00:00")
_NOBODY: Mapping[str, Publisher] = MappingProxyType({})


def decode_row(line: bytes) -> dict[str, Any]:
    """Return the JSON object in a line; it can be written as JSON, CSV and Parquet again.

    Raise Broken if the line is not a JSON object, is nested too deep, or holds a lone surrogate (`\\ud800`), NaN, an
    integer beyond 64 bits or a number too large for a float.
    """
    try:
        row = _DECODER.decode(line.decode(json.detect_encoding(line), "surrogatepass"))
        if b"\\u" in line and b"\\ud" in line.lower():
            json.dumps(row, ensure_ascii=False).encode()
    except RecursionError:
        raise Broken("is nested too deep to be a record") from None
    except UnicodeEncodeError as error:
        raise Broken(
            f"holds half of a character pair ({error.object[error.start]!a}), which no file can hold"
        ) from None
    except ValueError as error:  # invalid JSON, invalid UTF-8, and the errors that the three functions below raise
        raise Broken(f"is not JSON ({error})") from None
    if not isinstance(row, dict):
        raise Broken(f"is not a JSON object but {line[:40].decode(errors='replace')!r}")
    return row


def lift(record: dict[str, Any], publishers: Mapping[str, Publisher] = _NOBODY) -> dict[str, Any]:
    """Return a record of any published schema version in the current one, with null for fields that it lacks.

    Version 1.0 had `pages` and `disagreement` in `provenance`, times with any offset, or days, in one field, and no
    kind of block for a credit. `publishers` has the publishers of outlets by slug; of others, the host alone is known.
    """
    if record["schema_version"] == SCHEMA_VERSION:
        return record
    sources = dict(record["provenance"])
    later = {
        "schema_version": SCHEMA_VERSION,
        "pages": sources.pop("pages", "").split(),
        "disagreement": sources.pop("disagreement", None),
        **_lifted_times(record, sources),
        "publisher": asdict(publishers.get(record["outlet"]) or Publisher(host=host_of(record["url"]) or None)),
        "body": _lifted_body(record),
        "word_count": count_words(record["text"]) if record["text"] else None,
        "images": [asdict(Image(**image)) for image in record["images"]],
        "provenance": sources,
    }
    lifted: dict[str, Any] = dict.fromkeys(_FIELDS) | record | later
    return {name: lifted[name] for name in _FIELDS}


def _lifted_body(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the body, in which a paragraph that holds nothing but a credit at the end of the report is a `credit`."""
    signed = {credit["raw"] for credit in record["credits"] if credit["where"] == "tail"}
    return [
        block | {"kind": "credit"} if block["kind"] == "paragraph" and block["text"] in signed else block
        for block in record["body"]
    ]


def _lifted_times(record: dict[str, Any], sources: dict[str, str]) -> dict[str, Any]:
    """Return the times of a record of 1.0 as today's record holds them, and move the source of a day to `published_on`.

    A time keeps the day of its own offset; one in UTC, which 1.0 kept where a page gave it, gets the day in India.
    Raise Broken for a time that is beyond the years 1 to 9999 in UTC.
    """
    first, last, fetched = (record[name] for name in ("published_at", "modified_at", "fetched_at"))
    try:
        times: dict[str, Any] = dict(published(first, _INDIA)) if first else {"published_at": None}
        times |= {"modified_at": last and instant(last, _INDIA), "fetched_at": fetched and instant(fetched, _INDIA)}
    except OverflowError:
        raise Broken(f"one of its times, {first}, {last} and {fetched}, lies beyond the years 1 to 9999") from None
    if first and not first.endswith(_UTC):
        times["published_on"] = first[: len("2025-11-28")]
    if first and "published_at" in sources:
        sources["published_on"] = sources["published_at"]
    if times["published_at"] is None:
        sources.pop("published_at", None)
    return times | {"published_raw": first, "modified_raw": last}


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a number")


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


_DECODER = json.JSONDecoder(parse_constant=_refuse, parse_int=_whole, parse_float=_finite)

"""Runs as their readers find them: full, empty, of one row, many at once, of two schema versions."""

import gzip
import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from crawler.exports.field_types import FieldType, ListOf, MapOf, Struct, fields_of
from crawler.schema import published_schema
from tests.exports.pages import page_records

Record = dict[str, Any]

RECORDS = page_records()
_SAMPLE = Path(__file__).resolve().parent.parent / "runs" / "samples" / "1.0" / "articles.jsonl"
OLD = [json.loads(line) for line in _SAMPLE.read_text(encoding="utf-8").splitlines()]
"""Records of schema version 1.0, with days and offsets of India in `published_at`."""
KINDS: dict[str, list[list[Record]]] = {
    "a full run": [RECORDS],
    "an empty run": [[]],
    "one row": [RECORDS[:1]],
    "many runs": [[], RECORDS[:40], [], RECORDS[40:41], RECORDS[41:]],
    "1.0 and 1.1": [OLD, RECORDS],
    "packed parts": [RECORDS[:40], [], RECORDS[40:]],
}
"""The rows of each run, in the order of the runs."""


_RECORD = Struct(fields_of(published_schema()))


def write_runs(kind: str, exports: Path) -> str:
    """Write the runs of a kind; return the folder of the run, or the pattern of the folders of several."""
    for number, rows in enumerate(KINDS[kind]):
        folder = exports / f"date=2026-11-{24 + number // 2}" / f"run={number}"
        folder.mkdir(parents=True)
        middle = len(rows) // 2
        parts = {"articles-0001": rows[:middle], "articles-0002": rows[middle:]} if middle > 1 else {"articles": rows}
        for name, part in parts.items():
            lines = json_lines(part).encode()
            packed = kind == "packed parts"
            (folder / f"{name}.jsonl{'.gz' * packed}").write_bytes(gzip.compress(lines) if packed else lines)
    return str(folder if len(KINDS[kind]) == 1 else exports / "date=*" / "run=*")


def json_lines(rows: Iterable[Record]) -> str:
    """Return rows as the text of a file."""
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def rows_of(kind: str) -> list[Record]:
    """Return the rows of all runs of a kind."""
    return [row for rows in KINDS[kind] for row in rows]


def typed(row: Record, mapped: Callable[[dict[str, str]], Any] = dict) -> Record:
    """Return a record as a program with types reads it; `mapped` gives the value of a map, such as `provenance`."""
    return _object(row, _RECORD, mapped)


def _object(value: Record, kind: Struct, mapped: Callable[[dict[str, str]], Any]) -> Record:
    return {field.name: _value(value.get(field.name), field.type, mapped) for field in kind.fields}


def _value(value: Any, kind: FieldType, mapped: Callable[[dict[str, str]], Any]) -> Any:
    if value is None:
        return None
    if isinstance(kind, Struct):
        return _object(value, kind, mapped)
    if isinstance(kind, ListOf):
        return [_value(each, kind.values, mapped) for each in value]
    if isinstance(kind, MapOf):
        return mapped(value)
    if kind == "instant":
        moment = datetime.fromisoformat(value)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return date.fromisoformat(value) if kind == "day" else value

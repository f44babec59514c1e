"""The types of the fields of a row, read from its JSON Schema."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from crawler.schema import DAY, INSTANT

Plain = Literal["string", "integer", "number", "boolean", "instant", "day"]
"""A type of one value; `instant` and `day` are texts in JSON: `2026-11-24T04:00:00Z`, `2026-11-24`."""
_TIMES: dict[str, Plain] = {INSTANT: "instant", DAY: "day"}
_PLAIN: dict[str, Plain] = {"string": "string", "integer": "integer", "number": "number", "boolean": "boolean"}


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of values of one type."""

    values: "FieldType"


@dataclass(frozen=True, slots=True)
class MapOf:
    """An object whose keys vary from row to row."""

    values: "FieldType"


@dataclass(frozen=True, slots=True)
class Field:
    """A key of a row, or of an object in it; it may be null."""

    name: str
    type: "FieldType"
    meaning: str
    """What it holds, for users."""


@dataclass(frozen=True, slots=True)
class Struct:
    """An object that has the same keys in all rows."""

    fields: tuple[Field, ...]


FieldType = Plain | ListOf | MapOf | Struct


def fields_of(schema: Mapping[str, Any]) -> tuple[Field, ...]:
    """Return the fields of a row in the order of its JSON Schema, as Shelf.row_schema gives it."""
    return _fields(schema, schema.get("$defs", {}))


def _fields(rule: Mapping[str, Any], parts: Mapping[str, Any]) -> tuple[Field, ...]:
    return tuple(Field(name, _type(each, parts), each["description"]) for name, each in rule["properties"].items())


def _type(rule: Mapping[str, Any], parts: Mapping[str, Any]) -> FieldType:
    rule = rule.get("anyOf", [rule])[0]
    if "$ref" in rule:
        return Struct(_fields(parts[str(rule["$ref"]).rsplit("/", 1)[-1]], parts))
    if "enum" in rule or "const" in rule:
        return "string"
    name = rule["type"] if isinstance(rule["type"], str) else rule["type"][0]
    if name == "array":
        return ListOf(_type(rule["items"], parts))
    if name == "object":
        return MapOf(_type(rule["additionalProperties"], parts))
    return _TIMES.get(rule.get("pattern", "")) or _PLAIN[name]

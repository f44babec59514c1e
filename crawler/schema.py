"""Generate the JSON Schema of the record from the item class, and check records against it."""

import inspect
import json
import re
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import lru_cache
from importlib import resources
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from crawler.items import SCHEMA_VERSION, Article

_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}
_TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$"
DAY = r"^\d{4}-\d\d-\d\d$"
INSTANT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"
_TIMES = frozenset((INSTANT, _TIME, DAY, f"{_TIME}|{DAY}"))
_MINUTES_OF_ZONE = re.compile(r"[+-]\d\d:[6-9]\d$")
"""Minutes of an offset that datetime takes, and no zone has: +05:99."""
_RULES: dict[tuple[str, str], dict[str, Any]] = {
    ("Article", "schema_version"): {"const": SCHEMA_VERSION},
    ("Article", "headline"): {"minLength": 1},
    ("Article", "published_at"): {"pattern": INSTANT},
    ("Article", "modified_at"): {"pattern": INSTANT},
    ("Article", "published_on"): {"pattern": DAY},
    ("Article", "fetched_at"): {"pattern": INSTANT},
    ("Article", "first_seen_at"): {"pattern": INSTANT},
    ("Article", "sequence"): {"minimum": 1},
    ("Article", "withdrawn_at"): {"pattern": INSTANT},
    ("Article", "word_count"): {"minimum": 0},
    ("Image", "width"): {"minimum": 1},
    ("Image", "height"): {"minimum": 1},
    ("Article", "revision"): {"minimum": 1},
    ("Dateline", "date"): {"pattern": DAY},
    ("Place", "country"): {"pattern": "^[A-Z]{2}$"},
    ("Place", "latitude"): {"minimum": -90, "maximum": 90},
    ("Place", "longitude"): {"minimum": -180, "maximum": 180},
    ("Story", "similarity"): {"minimum": 0, "maximum": 1},
}
"""Constraints by class and field that the types do not express."""


_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
    "null": (type(None),),
}


def article_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one line of the export."""
    parts: dict[str, Any] = {}
    article = _object(Article, parts)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:videsh:article:{SCHEMA_VERSION}",
        "title": "Article",
        **article,
        "$defs": dict(sorted(parts.items())),
    }


def schema_text() -> str:
    """Return the schema as the text of crawler/data/article.schema.json."""
    return json.dumps(article_schema(), ensure_ascii=False, indent=2) + "\n"


def _object(cls: type, parts: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a dataclass: every key is required; a missing value is null."""
    from itemadapter import ItemAdapter  # slow to import where pydantic is installed

    types, described = get_type_hints(cls), ItemAdapter.get_json_schema(cls)["properties"]
    properties = {}
    for field in fields(cls):
        rules = _RULES.get((cls.__name__, field.name), {})
        properties[field.name] = {
            "description": _in_json(described[field.name]["description"]),
            **_type(types[field.name], parts),
            **rules,
        }
    return {
        "description": _in_json(inspect.getdoc(cls) or ""),
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _type(kind: Any, parts: dict[str, Any]) -> dict[str, Any]:
    origin, inner = get_origin(kind), get_args(kind)
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    if is_dataclass(kind) and isinstance(kind, type):
        parts[kind.__name__] = _object(kind, parts)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in (list, tuple):
        return {"type": "array", "items": _type(inner[0], parts)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _type(inner[1], parts)}
    if origin in (Union, UnionType) and len(inner) == 2 and NoneType in inner:
        return _or_null(_type(next(each for each in inner if each is not NoneType), parts))
    raise TypeError(f"{kind}: crawler/schema.py does not know how to say this type in JSON Schema")


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    if set(schema) == {"type"}:
        return {"type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def _in_json(docstring: str) -> str:
    return re.sub(r"\bNone\b", "null", " ".join(docstring.split()))


class Broken(Exception):
    """A record does not match the schema; the text names the field and the difference."""


_EARLIER = ("1.0",)
"""Versions of the record that earlier releases wrote; their schemas are in crawler/data too."""


@lru_cache
def published_schema(version: str | None = None) -> dict[str, Any]:
    """Return the schema in crawler/data/article.schema.json, or that of an earlier version."""
    name = f"article.schema-{version}.json" if version in _EARLIER else "article.schema.json"
    text = (resources.files("crawler.data") / name).read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def check_record(record: Any) -> None:
    """Raise Broken if a record does not match the schema of its version."""
    version = record.get("schema_version") if isinstance(record, dict) else None
    schema = published_schema(version if version in _EARLIER else None)
    try:
        _check(record, schema, "record", schema["$defs"])
    except RecursionError:
        raise Broken("record is nested too deep") from None


def check_row(row: Any, schema: dict[str, Any]) -> None:
    """Raise Broken if a row of a shelf without records does not match its schema."""
    _check(row, schema, "row", {})


def _check(value: Any, rule: dict[str, Any], where: str, parts: dict[str, Any]) -> None:
    if "$ref" in rule:
        _check(value, parts[rule["$ref"].rsplit("/", 1)[-1]], where, parts)
    if "anyOf" in rule:
        _any(value, rule["anyOf"], where, parts)
    if "type" in rule and not _is(value, rule["type"]):
        raise Broken(f"{where} is {_quoted(value)}, and must be {rule['type']}")
    if "const" in rule and value != rule["const"]:
        raise Broken(f"{where} is {_quoted(value)}, and must be {rule['const']!r}")
    if "enum" in rule and value not in rule["enum"]:
        raise Broken(f"{where} is {_quoted(value)}, and must be one of {', '.join(map(str, rule['enum']))}")
    _bounds(value, rule, where)
    if isinstance(value, dict):
        _check_object(value, rule, where, parts)
    if isinstance(value, list) and "items" in rule:
        for number, inner in enumerate(value):
            _check(inner, rule["items"], f"{where}[{number}]", parts)


def _is(value: Any, types: str | list[str]) -> bool:
    if isinstance(value, bool):
        return "boolean" in ([types] if isinstance(types, str) else types)
    return any(isinstance(value, _TYPES[name]) for name in ([types] if isinstance(types, str) else types))


def _any(value: Any, rules: list[dict[str, Any]], where: str, parts: dict[str, Any]) -> None:
    """Check a value against several rules; errors come from the first rule, which is never the one for null."""
    if value is None and {"type": "null"} in rules:
        return
    _check(value, rules[0], where, parts)


def _bounds(value: Any, rule: dict[str, Any], where: str) -> None:
    if isinstance(value, str):
        if len(value) < rule.get("minLength", 0):
            raise Broken(f"{where} is empty")
        # As in JSON Schema, \d is 0 to 9 and $ is the very end. All our patterns are anchored.
        if "pattern" in rule and not re.fullmatch(rule["pattern"], value, re.ASCII):
            raise Broken(f"{where} is {_quoted(value)}, and must match {rule['pattern']}")
        if rule.get("pattern") in _TIMES and not _exists(value):
            raise Broken(f"{where} is {_quoted(value)}, and no calendar or clock has that time")
        return
    low, high = rule.get("minimum"), rule.get("maximum")
    if isinstance(value, int | float) and ((low is not None and value < low) or (high is not None and value > high)):
        raise Broken(f"{where} is {value}, and must lie within {low} to {high}")


def _exists(time: str) -> bool:
    """Return whether a time of the right form exists, which no pattern tells: 30 February does not."""
    try:
        datetime.fromisoformat(time)
    except ValueError:
        return False
    return not _MINUTES_OF_ZONE.search(time)


def _check_object(value: dict[str, Any], rule: dict[str, Any], where: str, parts: dict[str, Any]) -> None:
    if missing := [key for key in rule.get("required", ()) if key not in value]:
        raise Broken(f"{where} has no {', '.join(map(repr, missing))}")
    known, others = rule.get("properties", {}), rule.get("additionalProperties", True)
    for key, inner in value.items():
        if key in known:
            _check(inner, known[key], f"{where}.{key}", parts)
        elif others is False:
            raise Broken(f"{where} has {key!r}, which the schema does not know")
        elif isinstance(others, dict):
            _check(inner, others, f"{where}.{key}", parts)


def _quoted(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:60] + "…"

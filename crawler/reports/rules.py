"""A record against the published schema: the part of JSON Schema that crawler/schema.py writes, and no more."""

import json
import re
from functools import lru_cache
from importlib import resources
from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
    "null": (type(None),),
}


class Broken(Exception):
    """A record that is not what the schema says: which field, and how."""


@lru_cache(maxsize=1)
def published_schema() -> dict[str, Any]:
    """Return crawler/data/article.schema.json."""
    text = (resources.files("crawler.data") / "article.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def check_record(record: Any) -> None:
    """Raise Broken where a record is not what the schema says."""
    _check(record, published_schema(), "record")


def _check(value: Any, rule: dict[str, Any], where: str) -> None:
    if "$ref" in rule:
        _check(value, published_schema()["$defs"][rule["$ref"].rsplit("/", 1)[-1]], where)
    if "anyOf" in rule:
        _any(value, rule["anyOf"], where)
    if "type" in rule and not _is(value, rule["type"]):
        raise Broken(f"{where} is {_told(value)}, and must be {rule['type']}")
    if "const" in rule and value != rule["const"]:
        raise Broken(f"{where} is {_told(value)}, and must be {rule['const']!r}")
    if "enum" in rule and value not in rule["enum"]:
        raise Broken(f"{where} is {_told(value)}, and must be one of {', '.join(map(str, rule['enum']))}")
    _bounds(value, rule, where)
    if isinstance(value, dict):
        _object(value, rule, where)
    if isinstance(value, list) and "items" in rule:
        for number, inner in enumerate(value):
            _check(inner, rule["items"], f"{where}[{number}]")


def _is(value: Any, types: str | list[str]) -> bool:
    if isinstance(value, bool):
        return "boolean" in ([types] if isinstance(types, str) else types)
    return any(isinstance(value, _TYPES[name]) for name in ([types] if isinstance(types, str) else types))


def _any(value: Any, rules: list[dict[str, Any]], where: str) -> None:
    """Hold a value to one of several rules; the first, which is never null, has the word on what is wrong."""
    if value is None and {"type": "null"} in rules:
        return
    _check(value, rules[0], where)


def _bounds(value: Any, rule: dict[str, Any], where: str) -> None:
    if isinstance(value, str):
        if len(value) < rule.get("minLength", 0):
            raise Broken(f"{where} is empty")
        if "pattern" in rule and not re.search(rule["pattern"], value):
            raise Broken(f"{where} is {_told(value)}, and must match {rule['pattern']}")
        return
    low, high = rule.get("minimum"), rule.get("maximum")
    if isinstance(value, int | float) and ((low is not None and value < low) or (high is not None and value > high)):
        raise Broken(f"{where} is {value}, and must lie within {low} to {high}")


def _object(value: dict[str, Any], rule: dict[str, Any], where: str) -> None:
    if missing := [key for key in rule.get("required", ()) if key not in value]:
        raise Broken(f"{where} has no {', '.join(map(repr, missing))}")
    known, others = rule.get("properties", {}), rule.get("additionalProperties", True)
    for key, inner in value.items():
        if key in known:
            _check(inner, known[key], f"{where}.{key}")
        elif others is False:
            raise Broken(f"{where} has {key!r}, which the schema does not know")
        elif isinstance(others, dict):
            _check(inner, others, f"{where}.{key}")


def _told(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:60] + "…"

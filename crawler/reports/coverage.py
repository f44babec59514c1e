"""Count how often each field of the record, nested ones included, has a value."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from crawler.schema import published_schema

_FREE_KEYS = frozenset({"provenance"})
"""Objects whose keys vary and are not fields of the record."""
_EMPTY: tuple[Any, ...] = (None, "", [], {})
"""The values that count as none; False and 0 are values."""


@cache
def field_paths() -> tuple[str, ...]:
    """Return each field of the record as a dotted path, such as `dateline.places.country`, in the schema's order."""
    schema = published_schema()
    return tuple(_paths(schema, schema["$defs"], ""))


def _paths(schema: Mapping[str, Any], parts: Mapping[str, Any], prefix: str) -> Iterator[str]:
    for name, rule in schema["properties"].items():
        yield prefix + name
        reference = _reference(rule)
        if reference is not None:
            yield from _paths(parts[reference], parts, f"{prefix}{name}.")


def _reference(rule: Mapping[str, Any]) -> str | None:
    """Return the definition that a rule refers to, directly, as the items of a list, or as an alternative to null."""
    for inner in (rule, rule.get("items", {}), *rule.get("anyOf", ())):
        if "$ref" in inner:
            return str(inner["$ref"]).rsplit("/", 1)[-1]
    return None


class Coverage:
    """Counts which fields have a value; the share of a nested field is of the objects that can hold it."""

    def __init__(self) -> None:
        self._places: Counter[str] = Counter()
        self._filled: Counter[str] = Counter()
        self._inner: defaultdict[str, Coverage] = defaultdict(Coverage)
        """By field: the counts of the objects that it holds."""

    def add(self, record: Mapping[str, Any]) -> None:
        """Count the fields of one record, or of an object in it."""
        places, filled = self._places, self._filled
        for name, value in record.items():
            places[name] += 1
            if not value and value in _EMPTY:
                continue
            filled[name] += 1
            if isinstance(value, list):
                for inner in value:
                    if isinstance(inner, dict):
                        self._inner[name].add(inner)
            elif isinstance(value, dict) and name not in _FREE_KEYS:
                self._inner[name].add(value)

    def join(self, other: "Coverage") -> None:
        """Add the counts of another Coverage."""
        self._places.update(other._places)
        self._filled.update(other._filled)
        for name, inner in other._inner.items():
            self._inner[name].join(inner)

    def shares(self) -> dict[str, float | None]:
        """Return the share of objects in which each field has a value, 0 to 1; None if there was no such object."""
        return {path: self._share(path) for path in field_paths()}

    def _share(self, path: str) -> float | None:
        name, _, inner = path.partition(".")
        if inner:
            return self._inner[name]._share(inner)
        return round(self._filled[name] / self._places[name], 4) if self._places[name] else None

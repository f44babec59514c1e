"""How often each field of the record has a value, nested fields too."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from crawler.schema import article_schema

_FREE_KEYS = frozenset({"provenance"})
"""Objects whose keys are no fields of the record."""


def field_paths() -> list[str]:
    """Return every field of the record as a dotted path, in the order of the schema: `dateline.places.country`."""
    schema = article_schema()
    return list(_paths(schema, schema["$defs"], ""))


def _paths(schema: Mapping[str, Any], parts: Mapping[str, Any], prefix: str) -> Iterator[str]:
    for name, rule in schema["properties"].items():
        yield prefix + name
        reference = _reference(rule)
        if reference is not None:
            yield from _paths(parts[reference], parts, f"{prefix}{name}.")


def _reference(rule: Mapping[str, Any]) -> str | None:
    """Return the part that a rule names, itself, in a list, or beside null."""
    for inner in (rule, rule.get("items", {}), *rule.get("anyOf", ())):
        if "$ref" in inner:
            return str(inner["$ref"]).rsplit("/", 1)[-1]
    return None


class Coverage:
    """Counts, record by record, which fields have a value; a nested field's share is of what holds it."""

    def __init__(self) -> None:
        self._places: Counter[str] = Counter()
        self._filled: Counter[str] = Counter()

    def add(self, record: Mapping[str, Any], prefix: str = "") -> None:
        """Count the fields of one record."""
        for name, value in record.items():
            path = prefix + name
            self._places[path] += 1
            self._filled[path] += value not in (None, "", [], {})
            if path in _FREE_KEYS:
                continue
            for inner in value if isinstance(value, list) else [value]:
                if isinstance(inner, dict):
                    self.add(inner, f"{path}.")

    def join(self, other: "Coverage") -> None:
        """Add what another count holds."""
        self._places.update(other._places)
        self._filled.update(other._filled)

    def shares(self) -> dict[str, float | None]:
        """Return each field's share, 0 to 1; None where nothing could have held it."""
        return {
            path: round(self._filled[path] / self._places[path], 4) if self._places[path] else None
            for path in field_paths()
        }

"""The table of the record's fields, for docs/consuming.md, generated from the schema."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from crawler.schema import article_schema

BEGIN, END = "<!-- fields -->", "<!-- /fields -->"


def field_table() -> str:
    """Return all fields of the record as a Markdown table, nested ones too."""
    schema = article_schema()
    rows = ["| field | type | what it holds |", "|---|---|---|"]
    rows += [f"| `{path}` | {kind} | {told} |" for path, kind, told in _rows(schema, schema["$defs"], "")]
    return "\n".join(rows)


def with_table(page: str) -> str:
    """Return a page with its table of fields brought up to date."""
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}\n{field_table()}\n{END}{rest.split(END)[1]}"


def _rows(rule: Mapping[str, Any], parts: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str, str]]:
    for name, field in rule["properties"].items():
        told = str(field["description"]).replace("|", "\\|")
        kind, part = _kind(field)
        yield prefix + name, kind, told
        if part:
            inner = f"{prefix}{name}[]." if kind.startswith("list") else f"{prefix}{name}."
            yield from _rows(parts[part], parts, inner)


def _kind(rule: Mapping[str, Any]) -> tuple[str, str | None]:
    """Return a type in words, and the part of the schema that it consists of."""
    if "anyOf" in rule:
        kind, part = _kind(rule["anyOf"][0])
        return f"{kind} or null", part
    if "$ref" in rule:
        return "object", str(rule["$ref"]).rsplit("/", 1)[-1]
    if rule.get("type") == "array":
        kind, part = _kind(rule["items"])
        return f"list of {kind}s", part
    if "enum" in rule or "const" in rule:
        return "string", None
    types = rule["type"]
    return " or ".join([types] if isinstance(types, str) else types), None


if __name__ == "__main__":
    page = Path(__file__).parents[1] / "docs" / "consuming.md"
    page.write_text(with_table(page.read_text(encoding="utf-8")), encoding="utf-8")

"""Generate what docs/consuming.md says about the fields of the record and the other shelves.

python -m tools.field_table
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from crawler.schema import article_schema
from crawler.shelves import Shelf

BEGIN, END = "<!-- fields -->", "<!-- /fields -->"
SHELVES_BEGIN, SHELVES_END = "<!-- shelves -->", "<!-- /shelves -->"
FILES_BEGIN, FILES_END = "| file | what it holds |\n|---|---|\n", "| `manifest.json` |"


def field_table() -> str:
    """Return a Markdown table of all fields of the record, including nested ones."""
    schema = article_schema()
    rows = ["| field | type | what it holds |", "|---|---|---|"]
    rows += [f"| `{path}` | {kind} | {meaning} |" for path, kind, meaning in _rows(schema, schema["$defs"], "")]
    return "\n".join(rows)


def file_rows() -> str:
    """Return a row of the table of a run's files for each shelf."""
    return "".join(f"| `{shelf}.jsonl` | {shelf.holds} |\n" for shelf in Shelf)


def shelf_table() -> str:
    """Return a Markdown table of the keys of all rows that are not records."""
    rows = [
        f"| `{shelf}` | `{column.name}` | {column.type}{'' if column.is_required else ' or null'} | {column.meaning} |"
        for shelf in Shelf
        for column in shelf.columns
    ]
    return "\n".join(["| shelf | key | type | what it holds |", "|---|---|---|---|", *rows])


def up_to_date(page: str) -> str:
    """Return the page with its generated parts replaced."""
    for begin, text, end in (
        (BEGIN, f"\n{field_table()}\n", END),
        (SHELVES_BEGIN, f"\n{shelf_table()}\n", SHELVES_END),
        (FILES_BEGIN, file_rows(), FILES_END),
    ):
        before, rest = page.split(begin)
        page = f"{before}{begin}{text}{end}{rest.split(end, 1)[1]}"
    return page


def _rows(rule: Mapping[str, Any], parts: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str, str]]:
    for name, field in rule["properties"].items():
        meaning = str(field["description"]).replace("|", "\\|")
        kind, part = _kind(field)
        yield prefix + name, kind, meaning
        if part:
            inner = f"{prefix}{name}[]." if kind.startswith("list") else f"{prefix}{name}."
            yield from _rows(parts[part], parts, inner)


def _kind(rule: Mapping[str, Any]) -> tuple[str, str | None]:
    """Return a type in words, and the name of the schema's definition of its objects, or None."""
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
    page.write_text(up_to_date(page.read_text(encoding="utf-8")), encoding="utf-8")

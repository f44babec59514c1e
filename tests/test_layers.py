"""The import arrows of docs/architecture.md, as law."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# A room, and the rooms and packages that it may import besides the standard library and itself.
MAY_IMPORT = {
    "crawler.data": set(),
    "crawler.text": {"crawler.data"},
    "crawler.items": {"crawler.text"},
    "crawler.stories": {"crawler.text"},
    "crawler.reading": {
        "crawler.text",
        "crawler.items",
        "crawler.data",
        "crawler.reasons",
        "crawler",
        "lxml",
        "parsel",
        "w3lib",
        "tldextract",
        "dateparser",
        "trafilatura",
    },
    "crawler.settings": set(),
}
ROOMS = ("crawler", "spiders", "pipelines")
STANDARD = __import__("sys").stdlib_module_names


def modules(room: str) -> list[Path]:
    path = ROOT / room.replace(".", "/")
    return sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            yield node.module or ""


def is_below(name: str, room: str) -> bool:
    return name == room or (room != "crawler" and name.startswith(room + "."))


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_a_room_imports_only_what_lies_below_it(room: str) -> None:
    for path in modules(room):
        for name in imports(path):
            allowed = name.split(".")[0] in STANDARD or any(is_below(name, r) for r in {room, *MAY_IMPORT[room]})
            assert allowed, f"{path.relative_to(ROOT)} imports {name}; {room} may import {sorted(MAY_IMPORT[room])}"


def test_nothing_in_crawler_imports_spiders_or_pipelines() -> None:
    for path in modules("crawler"):
        for name in imports(path):
            assert name.split(".")[0] not in {"spiders", "pipelines"}, f"{path.relative_to(ROOT)} imports {name}"


def test_spiders_and_pipelines_do_not_import_each_other() -> None:
    for here, there in (("spiders", "pipelines"), ("pipelines", "spiders")):
        for path in modules(here):
            for name in imports(path):
                assert name.split(".")[0] != there, f"{path.relative_to(ROOT)} imports {name}"


def test_pipelines_import_clock_text_items_reasons_store_and_stories_only() -> None:
    below = ("clock", "text", "items", "reasons", "store", "stories")
    rooms = ("pipelines", *(f"crawler.{room}" for room in below))
    for path in modules("pipelines"):
        for name in imports(path):
            if name.split(".")[0] in ROOMS:
                assert any(is_below(name, room) for room in rooms), f"{path.relative_to(ROOT)} imports {name}"

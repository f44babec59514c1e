"""docs/reference.md names every setting, statistic, request value, reason, error and exit code, and no other."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from scrapy.settings import default_settings

from crawler import settings
from crawler.runs.checks import _RULES
from crawler.store.values import Edition
from tools.reference import TABLES, errors, modules, names_in, our_settings

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "reference.md").read_text(encoding="utf-8")
UNIT = re.compile(r"(?i)\b(?:seconds|minutes|hours|days|failures|answers|runs|articles|order|outlets)\b")
RECEIVERS = ("settings", "project")
"""What settings are called where they are read: `crawler.settings`, `self._settings`."""
COUNTS = {"inc_value", "set_value", "max_value", "min_value"}


def is_settings(node: ast.AST) -> bool:
    return ast.unparse(node).rpartition(".")[2].strip("_") in RECEIVERS


def settings_read() -> Iterator[tuple[str, str]]:
    """Yield each setting that the product reads or sets by its name, and where."""
    for path, tree in modules():
        for node in ast.walk(tree):
            key: ast.AST | None = None
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                key = node.args[0] if is_settings(node.func.value) else None
            elif isinstance(node, ast.Subscript) and is_settings(node.value):
                key = node.slice
            if isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value.isupper():
                yield key.value, f"{path}:{key.lineno}"


@pytest.fixture(scope="module")
def counted() -> list[tuple[str, str]]:
    """Return the name of each statistic as a pattern, `*` for what is known only when the code runs, and where."""
    return list(stats_counted())


def stats_counted() -> Iterator[tuple[str, str]]:
    for path, tree in modules():
        constants = {each.name: each.value.strip("\"'") for each in names_in(path)} | pairs(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in COUNTS:
                yield from ((name, f"{path}:{node.lineno}") for name in patterns(node.args[0], constants))
            elif isinstance(node, ast.FunctionDef) and node.name == "stats":
                for each in ast.walk(node):
                    if isinstance(each, ast.Yield) and isinstance(each.value, ast.Tuple):
                        yield from ((n, f"{path}:{each.lineno}") for n in patterns(each.value.elts[0], constants))


def pairs(tree: ast.Module) -> dict[str, str]:
    """Return the texts that a module assigns to several names at once."""
    found = {}
    for node in tree.body:
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Tuple)
            and isinstance(node.value, ast.Tuple)
        ):
            for name, value in zip(node.targets[0].elts, node.value.elts, strict=True):
                if isinstance(name, ast.Name) and isinstance(value, ast.Constant):
                    found[name.id] = str(value.value)
    return found


def patterns(node: ast.AST, constants: dict[str, str]) -> list[str]:
    """Return what the name of a statistic may be: one pattern for each way through its conditions."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return patterns(node.body, constants) + patterns(node.orelse, constants)
    if isinstance(node, ast.FormattedValue):
        return patterns(node.value, constants)
    if isinstance(node, ast.JoinedStr):
        names = [""]
        for part in node.values:
            names = [name + piece for name in names for piece in patterns(part, constants)]
        return names
    return [constants.get(node.id, "*")] if isinstance(node, ast.Name) else ["*"]


def stats_documented() -> list[str]:
    rows = PAGE.split("## Statistics")[1].split("\n\n")[2]
    return re.findall(r"^\| `([^`]+)` \|", rows, re.M)


def test_every_setting_that_is_read_or_checked_is_one_of_the_settings() -> None:
    scrapys = {name for name in dir(default_settings) if name.isupper()}
    read = [*settings_read(), *((name, "crawler/runs/checks.py") for name in _RULES)]
    unknown = {name: where for name, where in read if name not in our_settings() and name not in scrapys}

    assert len({name for name, _ in read}) > 30
    assert not unknown, "say in crawler/settings.py, with a docstring, what these are"


def test_every_setting_says_what_it_means_and_in_what_unit() -> None:
    ours = our_settings().values()

    assert not [each.name for each in ours if not each.meaning], "a docstring is missing in crawler/settings.py"
    numbers = [each for each in ours if re.fullmatch(r"\[?[\d, .]+\]?", each.value)]
    assert not [each.name for each in numbers if not UNIT.search(each.meaning)], "say in what unit"


def test_no_setting_is_left_out_of_the_page() -> None:
    named = set(re.findall(r"`([A-Z][A-Z_]+)`", PAGE.split("## Arguments")[0]))
    here = {name for name in dir(settings) if name.isupper()}
    same = {name for name in here if getattr(settings, name) == getattr(default_settings, name, None)}

    assert here - named - same == set()


def test_every_statistic_that_is_counted_is_documented(counted: list[tuple[str, str]]) -> None:
    shown = [re.sub("<[^>]+>", "x", name) for name in stats_documented()]
    unknown = {name: where for name, where in counted if not any(fnmatchcase(row, name) for row in shown)}

    assert not unknown, "docs/reference.md: add a row to Statistics"


def test_each_part_that_makes_a_revision_is_named() -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith("| `revision/"))

    assert set(re.findall("`([a-z]+)`", row)) == {part.name for part in fields(Edition)}


def test_every_statistic_that_is_documented_is_counted(counted: list[tuple[str, str]]) -> None:
    names = {name for name, _ in counted}
    shown = {name: re.sub("<[^>]+>", "x", name) for name in stats_documented()}

    assert [name for name, row in shown.items() if not any(fnmatchcase(row, each) for each in names)] == []
    assert len(shown) > 25


@pytest.mark.parametrize("table", TABLES)
def test_every_row_says_what_it_means(table: str) -> None:
    rows = TABLES[table]().splitlines()[2:]

    assert rows
    assert not [row for row in rows if row.endswith("|  |")], "a docstring is missing"


def test_every_error_that_is_raised_by_its_name_is_documented_or_built_in() -> None:
    ours = {name for name, _, _ in errors()}
    for path, tree in modules():
        classes = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name):
                name = node.exc.func.id
                assert name not in classes or name in ours or name.startswith("_"), f"{path}:{node.lineno}: {name}"

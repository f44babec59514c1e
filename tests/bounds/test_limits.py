"""The limits in docs/limits.md are those of the code."""

import ast
import inspect
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import crawler
from crawler import limits

PAGE = Path(__file__).resolve().parents[2] / "docs" / "limits.md"


def rows() -> Iterator[str]:
    """Yield the rows of the table: value and docstring of each limit."""
    body = ast.parse(inspect.getsource(limits)).body
    for named, docstring in pairwise(body):
        if isinstance(named, ast.Assign) and isinstance(named.targets[0], ast.Name):
            assert isinstance(docstring, ast.Expr), named.targets[0].id
            name = named.targets[0].id
            meaning = " ".join(ast.literal_eval(docstring.value).split())
            yield f"| {getattr(limits, name):,} | {meaning} |"


def test_the_page_shows_every_limit() -> None:
    printed = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| \d", line)]

    assert printed == list(rows())


def test_every_limit_is_used() -> None:
    files = Path(crawler.__file__).parent.rglob("*.py")
    code = "".join(path.read_text(encoding="utf-8") for path in files if path.name != "limits.py")

    names = [name for name in vars(limits) if name.isupper()]
    assert [name for name in names if not re.search(rf"\b{name}\b", code)] == []

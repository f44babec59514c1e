"""The documentation lists every reason and every exit code, and the code uses no other."""

import ast
import re
from pathlib import Path

import pytest

from crawler.reasons import AnyReason, Cause, HttpReason, LanguageReason, Reason, read_reason
from crawler.runs.exit_code import ExitCode
from tools.reference import modules

ROOT = Path(__file__).resolve().parent.parent
CARRIERS = {"NotAnArticle", "Refusal", "RequestRefused", "ListingError"}
"""Exceptions that carry a reason; a subclass with its own reason calls `super().__init__`."""


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.Module]:
    """Return the tree of each module of the product by its path."""
    return dict(modules())


def members(trees: dict[str, ast.Module], name: str) -> set[str]:
    return {
        node.attr
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
    }


def table(page: str, heading: str) -> dict[str, list[str]]:
    """Return the rows of a table by their first cell, without its backticks."""
    text = re.split(r"\n## |<!-- /", (ROOT / page).read_text(encoding="utf-8").split(heading)[1])[0]
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in re.findall(r"^\|.+\|$", text, re.M)]
    return {row[0].strip("`"): row[1:] for row in rows}


def test_every_reason_is_raised_somewhere_and_no_other_is(trees: dict[str, ast.Module]) -> None:
    assert members(trees, "Reason") == {reason.name for reason in Reason}


def test_no_reason_is_spelled_out_where_it_is_raised(trees: dict[str, ast.Module]) -> None:
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CARRIERS:
                assert not isinstance(node.args[0], ast.Constant), f"{path}:{node.lineno}: write Reason.…"


def test_no_reason_is_spelled_out_where_it_is_asked_for(trees: dict[str, ast.Module]) -> None:
    names = {str(reason): reason.name for reason in Reason if "-" in reason}  # the others are plain words
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and node.value in names and path != "crawler/reasons.py":
                pytest.fail(f"{path}:{node.lineno}: write Reason.{names[node.value]}")


def test_every_reason_is_documented() -> None:
    shown = table("docs/reference.md", "<!-- reasons -->")
    families: dict[str, AnyReason] = {"http-404": HttpReason(404), "language-mr": LanguageReason("mr")}
    words: dict[str, AnyReason] = {str(reason): reason for reason in Reason}

    for word, reason in (words | families).items():
        assert shown[word][1] == reason.meaning, word
        assert word in families or shown[word][0] == reason.cause
    assert {word for word in shown if read_reason(word)} == (words | families).keys()


@pytest.mark.parametrize(
    ("word", "cause"),
    [
        ("no-body", Cause.UNREADABLE),
        ("http-403", Cause.BLOCKED),
        ("http-410", Cause.GONE),
        ("http-500", Cause.UNREACHABLE),
        ("language-bho", Cause.UNWANTED),
        ("unchanged", Cause.UNWANTED),
        ("robots", Cause.NOT_ASKED),
        ("no-bodies", None),
        ("http-", None),
        ("http-²", None),
        ("language-", None),
        ("", None),
    ],
)
def test_a_printed_word_leads_back_to_its_reason(word: str, cause: Cause | None) -> None:
    reason = read_reason(word)

    assert (reason.cause if reason else None) is cause
    assert reason is None or reason == word


@pytest.mark.parametrize("reason", [*Reason, HttpReason(503), LanguageReason("ne")])
def test_a_reason_is_printed_as_its_word(reason: AnyReason) -> None:
    assert f"{reason}" == str(reason) == "".join(reason)
    assert read_reason(str(reason)) == reason


def test_every_exit_code_is_documented_and_used(trees: dict[str, ast.Module]) -> None:
    shown = table("README.md", "## Exit codes")
    codes = {word for word in shown if word.isdigit()}

    assert codes == {"1", *(str(code.value) for code in ExitCode)}
    by_scrapy = {"WRONG_USE"}  # UsageError is Scrapy's
    assert members(trees, "ExitCode") | by_scrapy == {code.name for code in ExitCode}


def test_no_exit_code_is_a_bare_number(trees: dict[str, ast.Module]) -> None:
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                set_here = {target.attr for target in node.targets if isinstance(target, ast.Attribute)}
                assert "exitcode" not in set_here, f"{path}:{node.lineno}: write ExitCode.…"

"""Write the tables of docs/reference.md from the code; `python tools/rewrite_goldens.py` calls this.

Meanings are docstrings: of the settings, of the fields of requests and arguments, of reasons, errors and exit codes.
The table of stats is written by hand; tests/test_reference.py holds it against the names that the code counts.
"""

import argparse
import ast
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scrapy.commands import ScrapyCommand  # noqa: E402
from scrapy.settings import default_settings  # noqa: E402
from scrapy.utils.project import get_project_settings  # noqa: E402

from crawler import settings  # noqa: E402
from crawler.reasons import Cause, HttpReason, LanguageReason, Reason  # noqa: E402
from crawler.reports.health import REMEDIES, Health  # noqa: E402
from crawler.runs.exit_code import EXAMPLES, ExitCode  # noqa: E402

PACKAGES = ("crawler", "pipelines", "spiders")
_SCRAPYS = {name for name in dir(default_settings) if name.isupper()}
_FAMILIES = (
    ("`http-404`", "gone for 404 and 410, blocked for 401, 403, 429 and 451, else unreachable", HttpReason.meaning),
    ("`language-mr`", str(LanguageReason.cause), LanguageReason.meaning),
)


class Name(NamedTuple):
    """A name that a module or a class body assigns, with the docstring behind it."""

    name: str
    type: str
    value: str
    meaning: str


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Yield the path and the tree of each module of the product."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def names_in(path: str, of_class: str | None = None) -> Iterator[Name]:
    """Yield the names that a module, or a class of it, assigns; the meaning is empty if no docstring follows."""
    body = ast.parse((ROOT / path).read_text(encoding="utf-8")).body
    if of_class:
        body = next(node.body for node in body if isinstance(node, ast.ClassDef) and node.name == of_class)
    for node, behind in zip(body, [*body[1:], None], strict=True):
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if not isinstance(node, ast.Assign | ast.AnnAssign) or not isinstance(target, ast.Name):
            continue
        is_docstring = isinstance(behind, ast.Expr) and isinstance(behind.value, ast.Constant)
        meaning = str(behind.value.value) if is_docstring else ""  # type: ignore[union-attr]
        kind = ast.unparse(node.annotation) if isinstance(node, ast.AnnAssign) else ""
        yield Name(target.id, kind, ast.unparse(node.value) if node.value else "", " ".join(meaning.split()))


def our_settings() -> dict[str, Name]:
    """Return the settings that Scrapy does not have."""
    found = names_in("crawler/settings.py")
    return {each.name: each for each in found if each.name.isupper() and each.name not in _SCRAPYS}


def scrapys_settings() -> dict[str, tuple[str, str]]:
    """Return the settings of Scrapy with another plain value here: that value, and Scrapy's."""
    ours = {name: getattr(settings, name) for name in dir(settings) if name in _SCRAPYS}
    plain = {name: value for name, value in ours.items() if isinstance(value, str | int | float)}
    defaults = {name: getattr(default_settings, name) for name in plain}
    del plain["TEMPLATES_DIR"]  # an absolute path
    return {name: (repr(value), repr(defaults[name])) for name, value in plain.items() if value != defaults[name]}


def errors() -> Iterator[tuple[str, str, str]]:
    """Yield each public error class of the product: name, module, meaning."""
    kinds = {"Exception", "OSError", "ValueError", "DropItem", "IgnoreRequest", "UsageError"}
    found = []
    for path, tree in modules():
        found += [(node.name, path, node) for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    kinds |= {name for name, _, node in found if kinds & {ast.unparse(base) for base in node.bases}}
    for name, path, node in sorted(found):
        if kinds & {ast.unparse(base) for base in node.bases} and not name.startswith("_"):
            yield name, path, " ".join((ast.get_docstring(node) or "").split())


def commands() -> Iterator[tuple[str, str, str]]:
    """Yield each command with its syntax, then its options one by one, and the help of both."""
    project = get_project_settings()
    for path in sorted((ROOT / "crawler" / "commands").glob("[a-z]*.py")):
        command: ScrapyCommand = import_module(f"crawler.commands.{path.stem}").Command()
        command.settings = project
        parser = argparse.ArgumentParser(add_help=False, conflict_handler="resolve")
        command.add_options(parser)
        yield f"`scrapy {path.stem} {command.syntax()}".rstrip() + "`", "", command.short_desc()
        for group in parser._action_groups:
            if group.title != "Global Options":  # Scrapy's, of every command
                yield from (("", f"`{_option(each)}`", _help(each)) for each in group._group_actions if _is_shown(each))


def _is_shown(action: argparse.Action) -> bool:
    return action.help is not argparse.SUPPRESS


def _help(action: argparse.Action) -> str:
    return (action.help or "").replace("%(default)s", str(action.default))


def _option(action: argparse.Action) -> str:
    value = action.metavar or ("|".join(action.choices) if action.choices else action.dest.upper())
    value = " ".join(value) if isinstance(value, tuple) else value
    return f"{action.option_strings[0]} {value if action.nargs != 0 else ''}".rstrip()


def _table(head: str, rows: Iterable[tuple[str, ...]]) -> str:
    lines = (" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows)
    return "\n".join([f"| {head} |", f"|{'---|' * (head.count('|') + 1)}", *(f"| {line} |" for line in lines)])


def _fields(path: str, of_class: str) -> str:
    found = ((each, each.value.replace("field(default_factory=list)", "[]")) for each in names_in(path, of_class))
    rows = ((f"`{each.name}`", f"`{each.type}`", value and f"`{value}`", each.meaning) for each, value in found)
    return _table("field | type | default | meaning", rows)


def _settings() -> str:
    rows = ((f"`{each.name}`", f"`{each.value}`", each.meaning) for each in our_settings().values())
    return _table("setting | default | meaning", rows)


def _scrapys_settings() -> str:
    rows = ((f"`{name}`", f"`{here}`", f"`{there}`") for name, (here, there) in scrapys_settings().items())
    return _table("setting | here | in Scrapy", rows)


def _codes() -> str:
    well, *others = (
        (each.value, f"`{each.name}`", each.meaning, EXAMPLES[ExitCode[each.name]])
        for each in names_in(_CODES, "ExitCode")
    )
    return _table("code | name | meaning | example", [well, ("1", "", _SCRAPYS_CODE, "a plug-in raises"), *others])


def _states() -> str:
    states = ((Health[each.name], each.meaning) for each in names_in(_HEALTH, "Health"))
    rows = ((f"`{state}`", meaning, REMEDIES.get(state, "nothing")) for state, meaning in states)
    return _table("state | meaning | what to do", rows)


def _causes() -> str:
    return _table("cause | meaning", ((str(Cause[each.name]), each.meaning) for each in names_in(_REASONS, "Cause")))


def _reasons() -> str:
    rows = [(f"`{reason}`", str(reason.cause), reason.meaning) for reason in Reason]
    return _table("reason | cause | what happened", [*rows, *_FAMILIES])


def _errors() -> str:
    return _table("error | module | meaning", ((f"`{name}`", f"`{path}`", said) for name, path, said in errors()))


_CODES, _SCRAPYS_CODE = "crawler/runs/exit_code.py", "the program broke: the traceback says where; please report it"
_HEALTH = "crawler/reports/health.py"
_REASONS, _ASK = "crawler/reasons.py", "crawler/discovery/ask.py"

TABLES: dict[str, Callable[[], str]] = {
    "settings": _settings,
    "scrapys-settings": _scrapys_settings,
    "arguments": lambda: _fields("spiders/arguments.py", "Arguments"),
    "commands": lambda: _table("command | option | what it does", commands()),
    "exit-codes": _codes,
    "states": _states,
    "causes": _causes,
    "reasons": _reasons,
    "listing-counts": lambda: _fields("crawler/discovery/counts.py", "ListingCounts"),
    "listing-ask": lambda: _fields(_ASK, "ListingAsk"),
    "article-ask": lambda: _fields(_ASK, "ArticleAsk"),
    "notes": lambda: _fields("crawler/notes.py", "Notes"),
    "errors": _errors,
}
"""The functions that write the text between `<!-- name -->` and `<!-- /name -->` in docs/reference.md, by name."""


def up_to_date(page: str) -> str:
    """Return the page with its tables as the code has them now."""
    for name, table in TABLES.items():
        begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        if page.count(begin) != 1 or page.count(end) != 1:
            raise ValueError(f"docs/reference.md: the markers of {name!r} are not there once each")
        before, _, rest = page.partition(begin)
        page = f"{before}{begin}\n{table()}\n{end}{rest.partition(end)[2]}"
    return page


if __name__ == "__main__":
    reference = ROOT / "docs" / "reference.md"
    reference.write_text(up_to_date(reference.read_text(encoding="utf-8")), encoding="utf-8")

"""Find every regular expression of the project in its source, and make strings on which a bad one is slow."""

import ast
import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from inspect import signature
from pathlib import Path
from re import _constants as code  # type: ignore[attr-defined]  # what `re` itself takes a pattern apart with
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import crawler
import pipelines
import spiders

_CALLS = frozenset("compile search match fullmatch split findall finditer sub subn".split())
_AT_START = ("match", "fullmatch")
_ANYWHERE = ("findall",)
_MANY = 40
"""A repeat with a lower limit than this has a constant cost."""
_MOST_SAMPLES = 12
_ALPHABET = " \t\n0१aAक्ा।,.:;-–—_/|()[]{}<>&\"'\\=+*#@%?!à¤\u200d\u00a0"


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern, or a call that compiles one at run time."""

    where: str
    """Module and line, or module and name."""
    function: str | None
    """The function that contains the call."""
    pattern: re.Pattern[Any] | None
    """None if it is known only at run time."""
    uses: tuple[str, ...] = _ANYWHERE
    """The methods that are called on it; a pattern that is only passed on counts as searched anywhere."""


@cache
def modules() -> tuple[ModuleType, ...]:
    """Return every module of the project, but for those that need Spark where there is none."""
    found = [
        each.name
        for package in (crawler, pipelines, spiders)
        for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    return tuple(module for name in found if (module := _imported(name)) is not None)


def _imported(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name in ("pyspark", "py4j"):
            return None
        raise


@cache
def _tree(module: ModuleType) -> ast.Module:
    return ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))


@cache
def _uses() -> dict[str, set[str]]:
    """Return the methods that are called on the patterns of each name; a private name includes its module."""
    uses: defaultdict[str, set[str]] = defaultdict(set)
    for module in modules():
        nodes = list(ast.walk(_tree(module)))
        items = {
            node.target.id: node.iter.id
            for node in nodes
            if isinstance(node, ast.For | ast.comprehension)
            and isinstance(node.target, ast.Name)
            and isinstance(node.iter, ast.Name)
        }
        for node in nodes:
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in _CALLS:
                uses[_known_as(items.get(node.value.id, node.value.id), module)].add(node.attr)
    return uses


def _known_as(name: str, module: ModuleType) -> str:
    return f"{module.__name__}.{name}" if name.startswith("_") else name


def _uses_of(names: Iterable[str], module: ModuleType) -> tuple[str, ...]:
    uses = {use for name in names for use in _uses()[_known_as(name, module)]}
    return tuple(sorted(uses)) if uses and uses <= set(_AT_START) else _ANYWHERE


@cache
def in_source(module: ModuleType) -> tuple[Found, ...]:
    """Return the calls of a module that compile a pattern."""
    return tuple(_calls(module))


def _calls(module: ModuleType) -> Iterator[Found]:
    functions = [node for node in ast.walk(_tree(module)) if isinstance(node, ast.FunctionDef)]
    names = {
        id(node.value): [target.id for target in node.targets if isinstance(target, ast.Name)]
        for node in ast.walk(_tree(module))
        if isinstance(node, ast.Assign)
    }
    for node in ast.walk(_tree(module)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CALLS):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re"):
            continue
        within = [f.name for f in functions if f.lineno <= node.lineno <= (f.end_lineno or 0)]
        if node.func.attr == "compile":
            uses = _uses_of(names.get(id(node), []), module)
        else:
            uses = (node.func.attr,) if node.func.attr in _AT_START else _ANYWHERE
        where = f"{module.__name__}:{node.lineno}"
        yield Found(where, within[-1] if within else None, _compiled(node, module), uses)


def _compiled(call: ast.Call, module: ModuleType) -> re.Pattern[Any] | None:
    """Return the pattern of a call if its arguments depend on the module alone, else None."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    place = {"compile": 1, "split": 3, "sub": 4, "subn": 4}.get(name, 2)
    flags = call.args[place] if len(call.args) > place else None
    flags = next((word.value for word in call.keywords if word.arg == "flags"), flags)
    try:
        return re.compile(_value(call.args[0], module), _value(flags, module) if flags else 0)
    except NameError:
        return None


def _value(expression: ast.expr, module: ModuleType) -> Any:
    return eval(compile(ast.Expression(expression), module.__name__, "eval"), dict(vars(module)))


@cache
def in_memory(module: ModuleType) -> tuple[Found, ...]:
    """Return the patterns in a module's tables, and those that its cached functions without arguments return.

    A module without `re` is not asked: its functions may do more than compile.
    """
    return tuple(_tables(module))


def _tables(module: ModuleType) -> Iterator[Found]:
    for name, value in list(vars(module).items()):
        if hasattr(value, "cache_info") and value.__module__ == module.__name__ and "re" in vars(module):
            made = list(_within(value(), 0)) if not signature(value.__wrapped__).parameters else []
            yield from (Found(f"{module.__name__}.{name}", name, pattern) for pattern in made)
        elif isinstance(value, dict | list | tuple):
            uses = _uses_of([name], module)
            yield from (Found(f"{module.__name__}.{name}", None, pattern, uses) for pattern in _within(value, 0))


def _within(value: Any, depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4 and isinstance(value, dict):
        for pair in value.items():
            yield from _within(pair, depth + 1)
    elif depth < 4 and isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _within(each, depth + 1)


def attacks(pattern: re.Pattern[Any]) -> Iterator[tuple[Any, Any, Any]]:
    """Yield head, pump and tail of attack strings, `head + pump * n + tail`, one or more for each repeat of a pattern.

    The pump matches what the repeat repeats, and the head matches what precedes it.
    """
    is_bytes = isinstance(pattern.pattern, bytes)
    text = pattern.pattern.decode("latin-1") if is_bytes else pattern.pattern
    flags = pattern.flags & ~re.UNICODE if is_bytes else pattern.flags
    found = dict.fromkeys(
        (start, pump, tail)
        for shortest in (False, True)
        for head, pump in _repeats(parser.parse(text, flags), "", shortest=shortest)
        for start, pump, tail in (("", pump, "\x00"), (head, pump, "\x00"), ("", head + pump, ""), (head, pump, "!x"))
    )
    for parts in found:
        head, pump, tail = (part.encode("latin-1", "replace") if is_bytes else part for part in parts)
        yield head, pump, tail


def _repeats(tree: Any, head: str, *, shortest: bool) -> Iterator[tuple[str, str]]:
    """Yield for each unlimited repeat a string that precedes it, and one that it repeats."""
    for operation, value in tree:
        for inner in _inner(operation, value):
            yield from _repeats(inner, head, shortest=shortest)
        if operation in _REPEATS and value[1] >= _MANY:
            for pump in _samples(value[2]):
                if pump:
                    yield head, pump
        found = _pieces(operation, value) or [""]
        head += min(found, key=len) if shortest else found[0]


_REPEATS = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)


def _inner(operation: Any, value: Any) -> list[Any]:
    if operation in _REPEATS:
        return [value[2]]
    if operation is code.SUBPATTERN:
        return [value[3]]
    if operation is code.ATOMIC_GROUP:
        return [value]
    if operation is code.BRANCH:
        return list(value[1])
    return [value[1]] if operation in (code.ASSERT, code.ASSERT_NOT) else []


def _samples(tree: Any) -> list[str]:
    """Return strings that a part of a pattern matches, one for each kind of character that it accepts."""
    found = [""]
    for operation, value in tree:
        pieces = _pieces(operation, value) or [""]
        found = [start + piece for start in found for piece in pieces]
        found = found[:_MOST_SAMPLES] if len(tree) > 1 else found
    return found


def _pieces(operation: Any, value: Any) -> list[str]:
    if operation is code.LITERAL:
        return [chr(value)]
    if operation in (code.IN, code.ANY, code.NOT_LITERAL, code.CATEGORY):
        return [letter for letter in _ALPHABET if _takes(operation, value, letter)]
    if operation in _REPEATS:
        return [sample * max(1, value[0]) for sample in _samples(value[2])] + ([""] if not value[0] else [])
    if operation in (code.ASSERT, code.ASSERT_NOT):
        return [""]
    return [sample for inner in _inner(operation, value) for sample in _samples(inner)][:_MOST_SAMPLES]


def _takes(operation: Any, value: Any, letter: str) -> bool:
    if operation is code.ANY:
        return True
    if operation is code.NOT_LITERAL:
        return bool(ord(letter) != value)
    items = value if operation is code.IN else [(code.CATEGORY, value)]
    takes = any(_fits(kind, what, letter) for kind, what in items if kind is not code.NEGATE)
    is_negated = bool(items[0][0] is code.NEGATE)
    return takes != is_negated


def _fits(kind: Any, what: Any, letter: str) -> bool:
    if kind is code.LITERAL:
        return bool(ord(letter) == what)
    if kind is code.RANGE:
        return bool(what[0] <= ord(letter) <= what[1])
    name = str(what)
    if "SPACE" in name:
        is_kind = letter.isspace()
    else:
        is_kind = letter.isdigit() if "DIGIT" in name else letter.isalnum() or letter == "_"
    return bool(is_kind) != ("NOT" in name)

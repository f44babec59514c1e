"""Every field of a page, a listing or a robots.txt is read in bounded time, whatever it contains.

All outlets share one thread, so a slow field delays all of them. Times are CPU times, the least of five.
"""

import ast
import inspect
import re
from collections.abc import Callable, Iterable, Iterator

import pytest

from crawler.limits import LONGEST_FIELD
from crawler.reasons import NotAnArticle
from tests.bounds.field import Field, cpu, read
from tests.bounds.json_ld_fields import json_ld_fields
from tests.bounds.listing_fields import asked, listing_fields, robots_fields
from tests.bounds.page_fields import page_fields, trace
from tests.bounds.patterns import modules
from tests.bounds.strings import STRINGS, WORST, pumped
from tests.bounds.structures import STRUCTURES
from tests.bounds.tracing import traced

SHORT, LONG = 20_000, 40_000
CEILING = 0.5
"""Maximum CPU time in seconds for a field of 20,000 characters; most take five milliseconds."""
MOST_GROWTH = 2.6
MOST = 1.0
"""Maximum CPU time in seconds for a page that is not refused."""
HIDDEN = 0.02
"""CPU time in seconds below which a field of 5,000 characters may grow as it likes: longer ones are cut."""
GRAIN = 0.004
"""CPU time in seconds below which growth is noise."""
KINDS: dict[str, Callable[[], Iterator[Field]]] = {
    "json-ld": json_ld_fields,
    "page": page_fields,
    "listing": listing_fields,
    "robots.txt": robots_fields,
}


def of_field(field: Field, string: str, size: int, *, most: float) -> float:
    body = field.holding(pumped(string, size))
    return cpu(lambda: field.read(body), most=most)


@pytest.mark.parametrize("kind", KINDS)
def test_each_field_of_the_worst_strings_is_read_at_once(kind: str) -> None:
    slow = {
        f"{field} of {string}": seconds
        for field in KINDS[kind]()
        for string in WORST
        if (seconds := of_field(field, string, SHORT, most=CEILING)) > CEILING
    }

    assert not slow, slow


def grown(fields: Iterable[Field], string: str) -> dict[str, list[float]]:
    """Return the fields whose time grows faster than their content, or is too long.

    A time that grows more than in proportion is measured again at twice the length: a pattern that is not linear grows
    there as well, while a step of a cache or a busy machine does not.
    """
    slow = {}
    for field in fields:
        long = of_field(field, string, LONG, most=GRAIN)
        if long <= GRAIN:
            continue
        times = [of_field(field, string, SHORT, most=0)]
        for size in (LONG, 2 * LONG):
            times.append(of_field(field, string, size, most=MOST_GROWTH * times[-1]))
            if times[-1] <= MOST_GROWTH * times[-2]:
                break
        if times[-1] > MOST_GROWTH * times[-2] or times[1] > MOST:
            slow[f"{field} of {string}"] = times
    return slow


@pytest.mark.soak
@pytest.mark.parametrize("string", STRINGS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_time_of_a_field_grows_with_its_length_alone(kind: str, string: str) -> None:
    slow = grown(KINDS[kind](), string)

    assert not slow, slow


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
def test_no_time_grows_too_fast_below_the_length_at_which_a_field_is_cut(kind: str) -> None:
    slow = {}
    for field in KINDS[kind]():
        for string in WORST:
            whole = of_field(field, string, LONGEST_FIELD, most=HIDDEN)
            half = of_field(field, string, LONGEST_FIELD // 2, most=0) if whole > HIDDEN else whole
            if whole > MOST_GROWTH * half:
                slow[f"{field} of {string}"] = half, whole

    assert not slow, slow


@pytest.mark.soak
@pytest.mark.parametrize("name", STRUCTURES)
def test_a_page_of_as_many_elements_as_may_be_is_read_at_once_or_refused(name: str) -> None:
    page = STRUCTURES[name]()

    outcome = read(page)

    assert cpu(lambda: read(page), most=MOST) < (2 * MOST if isinstance(outcome, NotAnArticle) else MOST)


def read_of(field: Field, text: str) -> list[object]:
    """Return all values that are looked up in a page with a text in a field."""
    with traced() as seen:
        field.read(field.holding(text))
    return [value for held in seen.values() for value in held]


@pytest.mark.parametrize("kind", ["json-ld", "page", "listing"])
def test_each_field_that_has_a_name_reaches_its_reader(kind: str) -> None:
    seen = {*trace(), *((name, field) for name, fields in asked().items() for field in fields)}
    named = [field for field in KINDS[kind]() if field.name in seen or field.name[0] == "json-ld"]

    unread = [str(field) for field in named if not any("मकड़ी" in str(value) for value in read_of(field, "मकड़ी"))]
    assert len(named) > 30
    assert not unread, unread


def asked_by_name(source: str) -> Iterator[str]:
    """Yield the names that code looks up in nodes, tags and entries, and the attributes in its XPath."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKING:
            names = node.args[:1] if node.func.attr == "get" else node.args
            yield from (name.value for name in names if isinstance(name, ast.Constant) and isinstance(name.value, str))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "[" in node.value:
            yield from re.findall(r"(?<=[\[(, ])@([a-z-]+)", node.value)


ASKING = ("get", "meta", "text")
NO_FIELDS = {"element", "number", "ask"}
"""Names that code looks up in tables, patterns and requests with the same methods."""


def test_no_field_is_read_that_the_growth_tests_do_not_know() -> None:
    tested = {re.split(r"[ .]", field.name[1])[-1] for kind in KINDS.values() for field in kind()}
    unknown = {
        f"{module.__name__}: {name}"
        for module in modules()
        if module.__name__.startswith(("crawler.reading.", "crawler.discovery."))
        for name in asked_by_name(inspect.getsource(module))
        if name not in tested | NO_FIELDS
    }

    assert not unknown, f"no page of tests/bounds shows that these fields are read: {sorted(unknown)}"


def test_a_field_that_code_asks_for_is_seen() -> None:
    code = "page.meta('a', 'b'); node.get('c', 'd'); all_of('//*[@e][contains(@f, 1)]'); entry.text('g')"

    assert sorted(asked_by_name(code)) == ["a", "b", "c", "e", "f", "g"]

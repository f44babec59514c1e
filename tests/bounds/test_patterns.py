"""Each regular expression of the project takes linear time, whatever the text."""

import re
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from scrapy.utils.project import get_project_settings

from crawler.authoring.article_rule import rule_below
from crawler.discovery.entries import Entries
from crawler.outlets import load_outlets
from crawler.reading import guard
from crawler.reading.junk import junk
from crawler.reading.promotion import HINTS
from crawler.schema import article_schema
from crawler.text.any_of import any_of
from tests.bounds.patterns import Found, attacks, in_memory, in_source, modules

SHORT = 4_000
"""Characters of the first text on which a pattern is measured; only a slow pattern is measured again."""
MOST = 9.0
"""Maximum ratio of the times of two texts whose lengths differ by four; quadratic time gives 16."""
QUICK = 0.001
"""CPU time in seconds for the short text below which a pattern is not quadratic: that many steps take longer."""
GIVEN_UP = 0.5
"""CPU time in seconds for the short text after which a pattern is aborted."""


def of_entries() -> list[str]:
    return [Entries(b"", b"rss", 0, ("item", "entry"))._tags.pattern.decode()]


def of_guard() -> list[re.Pattern[bytes]]:
    return [guard._HTML, guard._XML]


def of_outlets() -> list[str]:
    outlets = [spider.outlet for spider in load_outlets(get_project_settings()).values()]
    return [outlet.article for outlet in outlets] + [pattern for outlet in outlets for pattern, _ in outlet.twins]


def of_amp() -> list[str]:
    outlets = [spider.outlet for spider in load_outlets(get_project_settings()).values()]
    return [outlet.amp[0] for outlet in outlets if outlet.amp]


def of_schema() -> list[str]:
    waiting: list[Any] = [article_schema()]
    found = []
    while waiting:
        rule = waiting.pop()
        if isinstance(rule, dict):
            found += [rule["pattern"]] if isinstance(rule.get("pattern"), str) else []
        waiting += rule.values() if isinstance(rule, dict) else rule if isinstance(rule, list) else []
    return found


def of_proposals() -> Sequence[Any]:
    """Return the rules that `scrapy discover` proposes: each form, below a section and below any folder."""
    links = ("lake-returns-804411.html", "804411/lake-returns-after-rain", "lake-returns-after-rain", "cv36lr6dy9lo")
    below = [rule_below("https://a.example/world", [f"https://a.example/world/{link}"]) for link in links]
    deeper = [rule_below("https://a.example/world", [f"https://a.example/world/asia/{link}"]) for link in links]
    return [rule for rule in (*below, *deeper) if rule]


def of_words() -> list[re.Pattern[str]]:
    return [any_of(HINTS), any_of(junk().promo)]


WHEN_IT_RUNS: dict[str, Callable[[], Sequence[Any]]] = {
    "crawler.authoring.article_rule._commonest": of_proposals,
    "crawler.discovery.entries.__init__": of_entries,
    "crawler.discovery.entries.outside": of_entries,
    "crawler.discovery.frontier._is_of_section": of_outlets,
    "crawler.reading.amp.amp_twin": of_amp,
    "crawler.reading.guard._marks": of_guard,
    "crawler.reading.article_ids._compiled": of_outlets,
    "crawler.reading.urls._at_home": of_outlets,
    "crawler.schema._bounds": of_schema,
    "crawler.text.agencies._check_pattern": lambda: ["[A-Z]{2}", "Q[1-9][0-9]*"],
    "crawler.text.any_of.any_of": of_words,
}
"""Functions that compile their arguments, and the patterns that they may get."""


def all_patterns() -> Iterator[Found]:
    for module in modules():
        yield from (found for found in in_source(module) if found.pattern)
        yield from in_memory(module)
    for where, patterns in WHEN_IT_RUNS.items():
        uses = ("findall",) if "entries" in where else ("match",)
        yield from (Found(where, None, re.compile(pattern), uses) for pattern in patterns())


class TooLong(Exception):
    """A pattern took too long and is aborted."""


def give_up(*_: object) -> None:
    raise TooLong


def cpu(found: Found, text: Any, most: float) -> float:
    """Return the CPU time in seconds that a pattern takes for a text, at most `most`."""
    pattern = found.pattern
    assert pattern is not None
    before = signal.signal(signal.SIGVTALRM, give_up)
    begun = time.process_time()
    try:
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, most)
            for use in found.uses:
                getattr(pattern, use)(text)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)  # the time may run out up to here
        return time.process_time() - begun
    except TooLong:
        return most
    finally:
        signal.signal(signal.SIGVTALRM, before)


def grows_too_fast(found: Found) -> str | None:
    """Return a string on which a pattern is slower than linear, or None."""
    assert found.pattern is not None
    for attack in attacks(found.pattern):
        if cpu(found, _text(attack, SHORT), GIVEN_UP) > QUICK and _is_slow(found, attack):
            return "{!r} + {!r} * n + {!r}".format(*attack)
    return None


def _text(attack: tuple[Any, Any, Any], size: int) -> Any:
    head, pump, tail = attack
    return head + pump * (size // len(pump)) + tail


def _is_slow(found: Found, attack: tuple[Any, Any, Any]) -> bool:
    """Return whether the growth is confirmed at the shortest measurable text, where a bad pattern is cheapest."""
    return any(
        all(_grows(found, _text(attack, size), _text(attack, 4 * size)) for _ in range(3))
        for size in (500, 1_000, 2_000, SHORT)
    )


def _grows(found: Found, short: Any, long: Any) -> bool:
    """Return whether the fastest of five tries grows too much; one fast try of the long text shows that it does not."""
    least = cpu(found, short, GIVEN_UP)
    if not QUICK < least < GIVEN_UP:
        return least >= GIVEN_UP
    least = min([least, *(cpu(found, short, GIVEN_UP) for _ in range(4))])
    return least > QUICK and all(cpu(found, long, MOST * least) >= MOST * least for _ in range(5))


def test_every_pattern_is_found() -> None:
    made = {f"{module.__name__}.{found.function}" for module in modules() for found in in_memory(module)}
    handed = [
        (found.where, f"{module.__name__}.{found.function}")
        for module in modules()
        for found in in_source(module)
        if found.pattern is None
    ]

    unknown = [where for where, function in handed if function not in made and function not in WHEN_IT_RUNS]
    assert not unknown, "a pattern that is known only when the code runs: say in WHEN_IT_RUNS what it may be"
    assert WHEN_IT_RUNS.keys() <= {function for _, function in handed}
    assert len(list(all_patterns())) > 150


def test_no_pattern_grows_faster_than_its_text() -> None:
    slow = {}
    seen = set()
    for found in all_patterns():
        assert found.pattern is not None
        key = found.pattern.pattern, found.pattern.flags, found.uses
        if key not in seen:
            seen.add(key)
            attack = grows_too_fast(found)
            if attack:
                slow[found.where] = attack

    assert not slow, slow


@pytest.mark.parametrize(
    ("pattern", "use"),
    [
        (r"\s*,\s*", "split"),
        (r"\s*;?\s*$", "match"),
        (r"(?:a|aa)+$", "match"),
        (r"<[^>]+>", "findall"),
        (r"[)\]]\W*$", "search"),
        (r"\d{4}.*\d\d:\d\d", "search"),
        (r"^(\w+\s?)*$", "match"),
    ],
)
def test_a_pattern_that_goes_back_is_caught(pattern: str, use: str) -> None:
    assert grows_too_fast(Found("here", None, re.compile(pattern), (use,)))

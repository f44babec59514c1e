"""Decide by its context whether a name that the gazetteer does not know is a place."""

import tomllib
from functools import lru_cache
from importlib import resources

from crawler.text.dateline.elements import DatelineElement
from crawler.text.dateline.narrative_says import says_village, says_where
from crawler.text.dateline.slot import Slot
from crawler.text.dateline.spots import Spot
from crawler.text.dateline.verdict import CLOSED, SPLITTERS, Verdict
from crawler.text.fold import fold, fold_name
from crawler.text.gazetteer import gazetteer
from crawler.text.likeness import find_alike
from crawler.text.people import holds_family_name, holds_given_name, is_ordinary
from crawler.text.places import look_up_exactly

_MISSING = (
    "the name is not in the gazetteer, and no region, no agency with a date and no sentence says that it is a place"
)
_SHORTEST = 5
"""Characters of the shortest name that counts as a place because of its ending: रामपुर, not पुर."""


def judge_unknown(slot: Slot, spots: list[Spot], rest: str) -> Verdict:
    """Return whether a slot with an unknown place is a dateline, and why; `rest` is the sentence after it."""
    agencies, dates, mark = slot.of("agency"), slot.of("date"), slot.terminator
    bracketed = [element for element in (*agencies, *slot.of("desk")) if element.before == "("]
    name = spots[0].element.text
    if topic := topic_word(name):
        return Verdict(False, f"{topic!r} names a topic, and the gazetteer does not know the place")
    if is_ordinary(name.replace("-", " ")):
        return Verdict(False, "an ordinary word, and the gazetteer does not know the place")
    if any(spot.region for spot in spots):
        return _with_region(mark, bool(dates), bool(bracketed))
    if " " in name and _is_broad(name.split()[0]):
        return Verdict(False, "a topic in a country or state, and the gazetteer does not know it as a place")
    if _adds_to_a_city(name):
        return Verdict(False, "a topic in a city, and the gazetteer does not know it as a place")
    if dates and bracketed:
        if _is_person(name):
            return Verdict(False, "the name of a person, which the gazetteer does not know as a place")
        return Verdict(True, "name, date and agency; the place is not in the gazetteer")
    if mark not in SPLITTERS:
        return Verdict(False, "the name is not in the gazetteer, and no terminator follows")
    supported = bool(dates or slot.of("desk")) or any(not is_trap_element(element) for element in agencies)
    if find_alike(name) and (supported or mark in CLOSED):
        return Verdict(True, "name spelled like a large city's")
    if supported and _ends_as_a_place(name):
        return Verdict(True, "name that ends as a place's, with a date, desk or agency; it is not in the gazetteer")
    if (supported or mark in CLOSED) and says_where(name, rest):
        return Verdict(True, "name that the sentence says is a place; it is not in the gazetteer")
    if mark in CLOSED and says_village(rest):
        return Verdict(True, "name before a sentence that begins with the village; it is not in the gazetteer")
    return Verdict(False, _MISSING)


def _is_person(name: str) -> bool:
    """Return whether a name ends in a family name or is a given name: `रीना शर्मा`, `पारुल`."""
    return holds_family_name(name.split()[-1]) if " " in name else holds_given_name(name)


def is_trap_element(element: DatelineElement) -> bool:
    """Return whether the element is an agency whose name has another meaning: भाषा (language), एपी."""
    return element.agency is not None and fold_name(element.text) in element.agency.traps


def _with_region(mark: str, has_date: bool, is_bracketed: bool) -> Verdict:
    if mark in SPLITTERS or (mark in (".", "-") and is_bracketed):
        return Verdict(True, "name with its region before a terminator")
    if mark == "" and has_date and is_bracketed:
        return Verdict(True, "name with its region, date and agency")
    return Verdict(False, "a name with a region, but no terminator")


def topic_word(name: str) -> str | None:
    """Return the words in a name that mark it as a topic, or None: भारत बंद, पहलगाम हमला, जी-7, भारत-चीन."""
    words = name.replace("-", " ").split()
    is_pair = "-" in name and len(words) == 2 and all(map(_is_broad, words))
    if is_pair or gazetteer().is_word(name) or any(letter.isdigit() for letter in name):
        return name
    return next(filter(is_topic, words), None)


def is_topic(word: str) -> bool:
    """Return whether one word marks a topic: हमला, बजट, वार्ता."""
    return fold(word) in _words("topics")


def _is_broad(name: str) -> bool:
    named = look_up_exactly(name)
    return named is not None and named.is_broad


def _adds_to_a_city(name: str) -> bool:
    """Return whether a name is that of a city and words that are no part of it: `लंदन मैराथन`, not `ढाका छावनी`."""
    first, _, rest = name.partition(" ")
    return bool(rest) and not _ends_as_a_place(name) and _last(name) not in _words("parts") and _is_city(first)


def _last(name: str) -> str:
    return fold(name.split()[-1])


def _is_city(name: str) -> bool:
    named = look_up_exactly(name)
    return named is not None and not named.is_word_too


def _ends_as_a_place(name: str) -> bool:
    folded = fold(name)
    return len(folded) >= _SHORTEST and folded.endswith(tuple(_words("endings")))


@lru_cache(maxsize=3)
def _words(listed: str) -> frozenset[str]:
    file = resources.files("crawler.data").joinpath("place_words.toml")
    return frozenset(map(fold, tomllib.loads(file.read_text(encoding="utf-8"))[listed]))

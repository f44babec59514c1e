"""Recognise people's names and roles, and institutions, in short lines (`crawler/data/people.toml`)."""

import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

from crawler.text.fold import fold

_MOST_WORDS = 5
_INFLECTED = tuple(map(fold, ("ों", "ें", "ियां", "ाएं", "ेगा", "ेगी", "ेंगे", "ाएगा", "ाएगी", "ाया", "वाला", "वाली", "वाले")))
"""Endings of plurals and verbs, which few names have: देशों, किताबें, बढ़ेगा."""


@dataclass(frozen=True, slots=True)
class _People:
    families: frozenset[str]
    institutions: frozenset[str]
    names: frozenset[str]
    ordinary: frozenset[str]
    roles: frozenset[str]


def holds_given_name(words: str) -> bool:
    """Return whether one of these words is a given name that is not an ordinary word.

    >>> holds_given_name("पारुल"), holds_given_name("विवाद"), holds_given_name("सिंह")
    (True, False, False)
    """
    return any(word in _people().names for word in fold(words).split())


def holds_person(words: str) -> bool:
    """Return whether one of these words is a given or family name that is not an ordinary word."""
    return holds_given_name(words) or holds_family_name(words)


def holds_family_name(words: str) -> bool:
    """Return whether one of these words is a family name that is no ordinary word."""
    return any(word in _people().families for word in fold(words).split())


def holds_institution(words: str) -> bool:
    """Return whether one of these words is a word for an institution, such as a bank or a ministry."""
    return any(word in _people().institutions for word in fold(words).split())


def holds_ordinary_word(words: str) -> bool:
    """Return whether one of these words is an ordinary word of headlines, or inflected, and so no name.

    >>> holds_ordinary_word("नई पीढ़ी"), holds_ordinary_word("किताबें"), holds_ordinary_word("ओलेक्सी बोंडार")
    (True, True, False)
    """
    unknown = [word for word in fold(words).split() if not holds_person(word)]
    return any(word in _people().ordinary or word.endswith(_INFLECTED) for word in unknown)


def is_ordinary(words: str) -> bool:
    """Return whether each of these words is an ordinary word of headlines: `सड़क हादसा`, not `सड़क टोला`."""
    return all(word in _people().ordinary for word in fold(words).split())


def is_role(words: str) -> bool:
    """Return whether these words are a journalist's role: `खेल संवाददाता`.

    >>> is_role("विशेष संवाददाता"), is_role("संवाददाता सम्मेलन")
    (True, False)
    """
    folded = fold(words).split()
    is_plain = not any(sign in words for sign in ",:/()")
    return is_plain and 0 < len(folded) <= _MOST_WORDS and folded[-1] in _people().roles


@lru_cache(maxsize=1)
def _people() -> _People:
    file = resources.files("crawler.data").joinpath("people.toml")
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    keys = ("families", "institutions", "names", "ordinary", "roles")
    people = _People(*(frozenset(map(fold, data[key])) for key in keys))
    words = tomllib.loads(resources.files("crawler.data").joinpath("place_words.toml").read_text(encoding="utf-8"))
    return replace(people, ordinary=people.ordinary.union(*(map(fold, words[key]) for key in ("refused", "topics"))))

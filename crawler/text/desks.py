"""Recognise desks, the departments whose names newsrooms print as bylines (`crawler/data/desks.toml`)."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from crawler.text.fold import fold, fold_name

_SHORTEST_UNBRACKETED = 3
"""Characters of the shortest code that is a desk outside brackets: `स` and `वस` are words and endings too."""


@dataclass(frozen=True, slots=True)
class _Desks:
    names: frozenset[str]
    endings: frozenset[str]
    brands: frozenset[str]
    notes: frozenset[str]


def is_named_desk(name: str) -> bool:
    """Return whether a name is in the list of desks; one that only has a desk's last word (`… ब्यूरो`) is not."""
    return fold_name(name) in _desks().names


def is_desk(name: str, *, bracketed: bool = False) -> bool:
    """Return whether a name is a desk's: listed, or two to five words with a desk's last word (`… संवाददाता`).

    `bracketed`: the name is printed in brackets, where short codes and the names of outlets (`… टाइम्स`) count too.

    >>> is_desk("जागरण संवाददाता"), is_desk("स"), is_desk("स", bracketed=True)
    (True, False, True)
    """
    folded = fold_name(name)
    if folded in _desks().names:
        return bracketed or len(folded) >= _SHORTEST_UNBRACKETED
    words = folded.split()
    if not 1 < len(words) <= 5:
        return False
    last = (words[-1], " ".join(words[-2:]))
    return not _desks().endings.isdisjoint(last) or (bracketed and not _desks().brands.isdisjoint(last))


def is_note(words: str) -> bool:
    """Return whether words in brackets are an agency's note to its subscribers, not a name: `तस्वीरों के साथ`."""
    return not _desks().notes.isdisjoint(fold(words).split())


@lru_cache(maxsize=1)
def _desks() -> _Desks:
    file = resources.files("crawler.data").joinpath("desks.toml")
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return _Desks(*(frozenset(map(fold, data[key])) for key in ("names", "endings", "brands", "notes")))

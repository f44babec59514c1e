"""How many cells of a terminal a text takes, and how to cut it to a number of cells."""

import unicodedata
from collections.abc import Iterator

_NO_CELL = frozenset({"Mn", "Me", "Cf"})
"""Unicode categories of characters that stand above, below or inside another, or are invisible."""


def width_of(text: str) -> int:
    """Return the largest number of cells that a terminal gives to a text.

    Terminals differ on Hindi: those that count characters, as tmux and all that ask glibc, give a cell to each spacing
    vowel sign; those that count syllables give it none. `नई दिल्ली (भारत)` takes 15 cells in tmux 3.3a, 14 by wcwidth
    0.9.4 and 12 by rich 15. A line of at most this width fits in all of them; nothing aligns at its right.
    """
    return sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.category(character) in _NO_CELL:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut_to(text: str, cells: int) -> str:
    """Return a text that takes at most a number of cells, with `…` at its end if it was cut, never inside a syllable.

    >>> cut_to("सियोल में नाव", 8)
    'सियोल में…'
    """
    if width_of(text) <= cells:
        return text
    kept, left = "", cells - 1
    for syllable in _syllables(text):
        left -= width_of(syllable)
        if left < 0:
            break
        kept += syllable
    return f"{kept}…"


def _syllables(text: str) -> Iterator[str]:
    """Yield each character with the marks behind it, and letters that a virama or a joiner connects."""
    held = ""
    for character in text:
        is_mark = unicodedata.category(character).startswith("M") or character == "\u200d"
        if held and not is_mark and held[-1] not in "\u094d\u200d":
            yield held
            held = ""
        held += character
    if held:
        yield held

"""What a later edition changed, word by word."""

from difflib import SequenceMatcher
from typing import Literal

Fate = Literal["same", "gone", "new"]


def word_diff(before: str, after: str) -> list[tuple[Fate, str]]:
    """Return the words of two texts in runs: those that stay, those that are gone, and those that are new.

    >>> word_diff("पुल कल खुला", "पुल आज खुला")
    [('same', 'पुल'), ('gone', 'कल'), ('new', 'आज'), ('same', 'खुला')]
    """
    old, new = before.split(), after.split()
    runs: list[tuple[Fate, str]] = []
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(("same", " ".join(old[first:last])))
            continue
        if first < last:
            runs.append(("gone", " ".join(old[first:last])))
        if start < end:
            runs.append(("new", " ".join(new[start:end])))
    return runs

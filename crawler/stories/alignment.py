"""Align two texts word by word: what they print alike, and what each prints in the same place of a shared frame."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_RUN = 3
_LONGEST_GAP = 16
"""Words. A longer stretch between two shared runs is another passage, and no other value in the same place."""


@dataclass(frozen=True, slots=True)
class SharedRun:
    """Words that stand in both texts in the same order."""

    one: int
    """Index of the first of them in one text."""
    other: int
    """Index of the first of them in the other text."""
    length: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A place between two shared runs at which the texts print different words: `की तीव्रता [4.2 | 5.1] मापी गई`."""

    one: range
    other: range


def shared_runs(one: Sequence[int], other: Sequence[int]) -> list[SharedRun]:
    """Return the longest runs of words that both texts print, in the order of the first text.

    A run is found by three words that stand once in the other text, so that paragraphs may have moved.
    """
    places = _single_places(other)
    runs: list[SharedRun] = []
    at = end = 0
    while at <= len(one) - _RUN:
        place = places.get((one[at], one[at + 1], one[at + 2]), -1)
        if place < 0:
            at += 1
            continue
        run = _extended(one, other, at, place, end)
        runs.append(run)
        at = end = run.one + run.length
    return runs


def _single_places(words: Sequence[int]) -> dict[tuple[int, int, int], int]:
    """Return where each run of three words stands, or -1 if it stands more than once."""
    runs = list(zip(words, words[1:], words[2:], strict=False))
    places = dict(zip(runs, range(len(runs)), strict=True))
    if len(places) < len(runs):
        firsts = dict(zip(reversed(runs), range(len(runs) - 1, -1, -1), strict=True))
        places.update({run: -1 for run, place in places.items() if firsts[run] != place})
    return places


def _extended(one: Sequence[int], other: Sequence[int], at: int, place: int, end: int) -> SharedRun:
    """Return the run around three shared words; it begins at `end` or later, where the last run ended."""
    back = 0
    while at - back > end and place - back > 0 and one[at - back - 1] == other[place - back - 1]:
        back += 1
    ahead, most = _RUN, min(len(one) - at, len(other) - place)
    while ahead < most and one[at + ahead] == other[place + ahead]:
        ahead += 1
    return SharedRun(at - back, place - back, back + ahead)


def gaps(runs: Sequence[SharedRun]) -> Iterator[Gap]:
    """Yield the places at which both texts print something, and not the same, between two shared runs."""
    for before, after in pairwise(runs):
        one = range(before.one + before.length, after.one)
        other = range(before.other + before.length, after.other)
        if 0 < len(one) <= _LONGEST_GAP and 0 < len(other) <= _LONGEST_GAP:
            yield Gap(one, other)

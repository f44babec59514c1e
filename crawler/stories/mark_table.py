"""The entries of the marks of one period, in arrays: a dict of as many numbers takes several times their RAM."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence

_FEW = 8
"""A mark with more entries than this has them in a list of its own, whose length is known."""
_SMALLEST = 256
_SAME_BITS = 5
"""The lowest bits are the same in most marks, by which they are sampled."""


class MarkTable:
    """A hash table in which each mark has the entries that were added to it."""

    def __init__(self) -> None:
        self._lists: dict[int, list[int]] = {}
        self._marks, self._entries, self._before = array("I", [0]), array("I", [0]), array("I", [0])
        """Rows: a mark, an entry of it, and the row before this one in its chain; row 0 ends each chain."""
        self._heads = array("I", [0] * _SMALLEST)
        """The last row of each chain; the marks of a chain have the same bits above `_SAME_BITS`."""

    def __iter__(self) -> Iterator[int]:
        """Yield each mark once."""
        yield from {*self._marks[1:]}

    def of(self, marks: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """Return the entries of those marks that have any."""
        heads, all_marks, before, most = self._heads, self._marks, self._before, len(self._heads) - 1
        found: dict[int, Sequence[int]] = {}
        for mark in marks:
            row = heads[mark >> _SAME_BITS & most]
            if row and mark in self._lists:
                found[mark] = self._lists[mark]
                continue
            while row:
                if all_marks[row] == mark:
                    found[mark] = [*found.get(mark, ()), self._entries[row]]
                row = before[row]
        return found

    def add(self, marks: Iterable[int], entry: int) -> None:
        """Add an entry to some marks."""
        known, first = self.of(marks), len(self._marks)
        for mark in marks:
            if mark in self._lists:
                self._lists[mark].append(entry)
            elif len(known.get(mark, ())) == _FEW:
                self._lists[mark] = [*known[mark], entry]
            else:
                self._marks.append(mark)
                self._entries.append(entry)
        if len(self._marks) > len(self._heads):
            self._heads, self._before, first = array("I", [0] * (2 * len(self._heads))), array("I", [0]), 1
        self._chain(first)

    def _chain(self, first: int) -> None:
        """Put each row from `first` on, which has no row before it yet, at the head of its chain."""
        heads, before, most = self._heads, self._before, len(self._heads) - 1
        for row, mark in enumerate(self._marks[first:], start=first):
            place = mark >> _SAME_BITS & most
            before.append(heads[place])
            heads[place] = row

"""The index of texts that stories are built on: its interface, and an implementation in memory.

A *mark* is a sampled shingle by which similar texts are found; a *period* is a week by time of publication; a *span* is
a period with those before and after it. A mark that too many texts of a span share is boilerplate in its period.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from crawler.stories.density import COMMON, SPAN, TEXTS, growth, period_of
from crawler.stories.mark_table import MarkTable
from crawler.stories.text import Text

LinkScore = tuple[float, float]
"""Similarity and needed similarity of two texts."""
Linked = dict[str, LinkScore]
"""The links of a text, by the id of the other text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What the addition of a text changes for the search for others."""

    loosened: Sequence[Text] = ()
    """Texts with marks that have become boilerplate: a search may no longer find them."""
    restored: Sequence[Text] = ()
    """Texts with marks that are no longer boilerplate, because the limit has grown."""
    has_grown: bool = False
    """Whether the limits are higher than before in some period."""


class Index(Protocol):
    """Stores texts, finds them by shared marks, and stores the links between them and the story of each."""

    def __contains__(self, id: str) -> bool:
        """Return whether a text with this id was added."""

    def __getitem__(self, id: str) -> Text:
        """Return the text with this id; raise KeyError if there is none."""

    def found(self, text: Text, reach: int) -> list[Text]:
        """Return the candidates to compare a text with: they share enough marks, at most `reach` periods away."""

    def add(self, text: Text, links: Linked) -> Changed:
        """Store a text with its links; return what this changes for the search for others."""

    def links(self, id: str) -> Linked:
        """Return the links of a text."""

    def link(self, one: str, other: str, link: LinkScore) -> None:
        """Store the link between two texts."""

    def unlink(self, one: str, other: str) -> None:
        """Delete the link between two texts."""

    def story(self, id: str) -> str | None:
        """Return the id of a text's story, or None if it has none yet."""

    def members(self, story: str) -> Collection[str]:
        """Return the ids of the texts of a story."""

    def large(self, texts: int) -> list[str]:
        """Return the stories with at least this number of texts."""

    def growth(self, text: Text) -> int:
        """Return the factor by which the texts around a text raise the limits on marks and stories; 1 for few texts."""

    def place(self, ids: Iterable[str], story: str) -> None:
        """Store the story of texts."""


def enough(shared: Mapping[int, int], short: bool) -> list[int]:
    """Return the numbers of the texts that share enough marks: two, or one if either text has few marks.

    `shared` counts shared marks by entry, which is twice a text's number, plus one if that text has few marks; `short`
    says whether the searched text has few.
    """
    return [entry >> 1 for entry, count in shared.items() if count > 1 or short or entry & 1]


NearEntries = dict[int | None, Mapping[int, Sequence[int]]]
"""The entries of the marks of a text, in each period around it: `enough` says what an entry is."""


class MemoryIndex:
    """An index in memory; texts without a time are in a period of their own, which is near all others."""

    def __init__(self, *, common: int = COMMON, texts: int = TEXTS) -> None:
        self._common = common
        self._normal = texts
        self._texts: list[Text] = []
        self._numbers: dict[str, int] = {}
        self._marks: dict[int | None, MarkTable] = {None: MarkTable()}
        self._held: dict[int | None, int] = {}
        self._limits: dict[int | None, int] = {}
        self._links: dict[str, Linked] = {}
        self._stories: list[str] = []
        self._members: dict[str, list[str]] = {}
        self._near: tuple[str, NearEntries] | None = None

    def __contains__(self, id: str) -> bool:
        return id in self._numbers

    def __getitem__(self, id: str) -> Text:
        return self._texts[self._numbers[id]]

    def found(self, text: Text, reach: int) -> list[Text]:
        """Return the candidates to compare a text with: they share enough marks, at most `reach` periods away."""
        own, near = _period(text), self._look_around(text, reach)
        few = sum([len(entries) for marks in near.values() for entries in marks.values()]) <= self._common
        shared: dict[int, int] = {}
        for period in self._periods(own, reach):
            for mark, entries in near[period].items():
                if few or not (self._is_boilerplate(near, mark, own) or self._is_boilerplate(near, mark, period)):
                    for entry in entries:
                        shared[entry] = shared.get(entry, 0) + 1
        return [self._texts[number] for number in enough(shared, text.is_short)]

    def _look_around(self, text: Text, reach: int) -> NearEntries:
        """Return the entries of a text's marks in all periods in which they may count; keep them for its addition."""
        periods = self._periods(_period(text), max(reach, SPAN) + SPAN)
        near: NearEntries = {period: self._marks[period].of(text.marks) for period in periods}
        self._near = text.id, near
        return near

    def _periods(self, own: int | None, reach: int) -> list[int | None]:
        """Return the periods within reach of one."""
        if own is None:
            return list(self._marks)
        return [period for period in (None, *range(own - reach, own + reach + 1)) if period in self._marks]

    def _is_boilerplate(self, near: NearEntries, mark: int, period: int | None) -> bool:
        return _count(near, mark, period) > self._limits.get(period, self._common)

    def _hold(self, own: int | None) -> dict[int | None, int]:
        """Count a text more in a period; return the former limits of the periods in which they have grown."""
        self._held[own] = self._held.get(own, 0) + 1
        grown: dict[int | None, int] = {}
        for period in _span(own):
            texts = sum([self._held.get(near, 0) for near in _span(period)])
            former = self._limits.get(period, self._common)
            self._limits[period] = self._common * growth(texts, normal=self._normal)
            if self._limits[period] > former:
                grown[period] = former
        return grown

    def growth(self, text: Text) -> int:
        """Return how many times the limits on marks and stories are what they are for few texts, near a text."""
        return self._limits[_period(text)] // self._common

    def add(self, text: Text, links: Linked) -> Changed:
        """Store a text with its links; return what this changes for the search for others."""
        number = self._numbers[text.id] = len(self._texts)
        self._texts.append(text)
        self._stories.append("")
        for other, link in links.items():
            self.link(text.id, other, link)
        own = _period(text)
        near = self._near[1] if self._near and self._near[0] == text.id else self._look_around(text, SPAN)
        self._near = None
        grown = self._hold(own)
        loosened = self._loosened(text.marks, own, near)
        self._marks.setdefault(own, MarkTable()).add(text.marks, number * 2 + text.is_short)
        return Changed(
            loosened=self._of(entry for mark, period in loosened for entry in self._carriers(mark, period)),
            restored=self._of(self._restored(grown)),
            has_grown=bool(grown),
        )

    def _loosened(self, marks: Sequence[int], own: int | None, near: NearEntries) -> list[tuple[int, int | None]]:
        """Return the marks that one text more makes boilerplate, each with the period in which it does."""
        if sum([len(entries) for found in near.values() for entries in found.values()]) < self._common:
            return []
        return [
            (mark, period)
            for mark in marks
            for period in _span(own)
            if _count(near, mark, period) == self._limits[period]
        ]

    def _restored(self, grown: Mapping[int | None, int]) -> Iterator[int]:
        """Yield the entries of marks that are no longer boilerplate, in periods whose limit has grown."""
        for period, limit in grown.items():
            marks = list(self._marks.get(period, ()))
            near = {each: self._marks[each].of(marks) for each in _span(period) if each in self._marks}
            for mark in marks:
                if limit < _count(near, mark, period) <= self._limits[period]:
                    yield from near[period][mark]

    def _carriers(self, mark: int, period: int | None) -> Sequence[int]:
        return self._marks[period].of([mark]).get(mark, ()) if period in self._marks else ()

    def _of(self, entries: Iterable[int]) -> list[Text]:
        return [self._texts[number] for number in sorted({entry >> 1 for entry in entries})]

    def links(self, id: str) -> Linked:
        """Return the links of a text."""
        return self._links.get(id, {})

    def link(self, one: str, other: str, link: LinkScore) -> None:
        """Store the link between two texts."""
        self._links.setdefault(one, {})[other] = link
        self._links.setdefault(other, {})[one] = link

    def unlink(self, one: str, other: str) -> None:
        """Delete the link between two texts."""
        del self._links[one][other], self._links[other][one]

    def story(self, id: str) -> str | None:
        """Return the id of a text's story, or None if it has none yet."""
        return self._stories[self._numbers[id]] or None if id in self._numbers else None

    def members(self, story: str) -> Collection[str]:
        """Return the ids of the texts of a story."""
        return self._members.get(story, ())

    def large(self, texts: int) -> list[str]:
        """Return the stories with at least this number of texts."""
        return [story for story, members in self._members.items() if len(members) >= texts]

    def place(self, ids: Iterable[str], story: str) -> None:
        """Store the story of texts."""
        for text_id in ids:
            number = self._numbers[text_id]
            old = self._stories[number]
            if old:
                self._members[old].remove(text_id)
            self._stories[number] = story
            self._members.setdefault(story, []).append(text_id)


def _period(text: Text) -> int | None:
    return None if text.published is None else period_of(text.published)


def _span(period: int | None) -> Sequence[int | None]:
    return (None,) if period is None else range(period - SPAN, period + SPAN + 1)


def _count(near: NearEntries, mark: int, period: int | None) -> int:
    """Return how many texts of a period's span have a mark."""
    return sum([len(near[each].get(mark, ())) for each in _span(period) if each in near])

"""The index of texts that stories are built on: its interface, and an implementation in memory.

A *mark* is a sampled shingle by which similar texts are found; a *period* is a week by time of publication.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from crawler.stories.clusters import LARGEST
from crawler.stories.text import Text

COMMON = LARGEST
"""Shingles shared by more texts than this in a week are boilerplate and are ignored."""
PERIOD_DAYS = 7
"""Days of a period; marks are indexed by period, so that a search costs the same after a month and after years."""

Linked = dict[str, tuple[float, float]]
"""Similarity and needed similarity of a text to others, by their ids."""


class Index(Protocol):
    """Stores texts, finds them by shared marks, and stores the links between them and the story of each."""

    def __contains__(self, id: str) -> bool:
        """Return whether a text with this id was added."""

    def __getitem__(self, id: str) -> Text:
        """Return the text with this id; raise KeyError if there is none."""

    def found(self, text: Text, reach: int) -> list[Text]:
        """Return the candidates to compare a text with: they share enough marks, at most `reach` periods away."""

    def add(self, text: Text, links: Linked) -> Sequence[Text]:
        """Store a text with its links; return the texts of marks that have thereby become boilerplate."""

    def links(self, id: str) -> Linked:
        """Return the links of a text."""

    def unlink(self, one: str, other: str) -> None:
        """Delete the link between two texts."""

    def story(self, id: str) -> str | None:
        """Return the id of a text's story, or None if it has none yet."""

    def place(self, ids: Iterable[str], story: str) -> None:
        """Store the story of texts."""


def period_of(published: int) -> int:
    """Return the number of the period of a time in seconds since 1970.

    >>> period_of(0), period_of(7 * 86_400)
    (0, 1)
    """
    return published // (PERIOD_DAYS * 86_400)


def enough(shared: Mapping[int, int], short: bool) -> list[int]:
    """Return the numbers of the texts that share enough marks: two, or one if either text has few marks.

    `shared` counts shared marks by entry, which is twice a text's number, plus one if that text has few marks; `short`
    says whether the searched text has few.
    """
    return [entry >> 1 for entry, count in shared.items() if count > 1 or short or entry & 1]


class MemoryIndex:
    """An index in memory; texts without a time are in a period of their own, which is near all others."""

    def __init__(self, *, common: int = COMMON) -> None:
        self._common = common
        self._texts: list[Text] = []
        self._numbers: dict[str, int] = {}
        self._entries: dict[int | None, dict[int, int | list[int]]] = {None: {}}
        self._links: dict[str, Linked] = {}
        self._stories: dict[str, str] = {}

    def __contains__(self, id: str) -> bool:
        return id in self._numbers

    def __getitem__(self, id: str) -> Text:
        return self._texts[self._numbers[id]]

    def found(self, text: Text, reach: int) -> list[Text]:
        """Return the candidates to compare a text with: they share enough marks, at most `reach` periods away."""
        own, near = self._near(text, reach)
        marks = [mark for mark in text.marks if not self._is_boilerplate(own.get(mark))]
        shared: dict[int, int] = {}
        for entries in (entries for period in near for entries in map(period.get, marks)):
            if isinstance(entries, int):
                shared[entries] = shared.get(entries, 0) + 1
            elif entries and not self._is_boilerplate(entries):
                for entry in entries:
                    shared[entry] = shared.get(entry, 0) + 1
        return [self._texts[number] for number in enough(shared, text.is_short)]

    def _near(self, text: Text, reach: int) -> tuple[dict[int, int | list[int]], Iterable[dict[int, int | list[int]]]]:
        """Return the entries by mark of a text's own period, and those of all periods within reach."""
        if text.published is None:
            return self._entries[None], self._entries.values()
        period = period_of(text.published)
        own = self._entries.setdefault(period, {})
        numbers = (None, *range(period - reach, period + reach + 1))
        return own, [self._entries[number] for number in numbers if number in self._entries]

    def _is_boilerplate(self, entries: int | list[int] | None) -> bool:
        return isinstance(entries, list) and len(entries) > self._common

    def add(self, text: Text, links: Linked) -> list[Text]:
        """Store a text with its links; return the texts of marks that have thereby become boilerplate."""
        number = self._numbers[text.id] = len(self._texts)
        self._texts.append(text)
        for other, link in links.items():
            self._links.setdefault(other, {})[text.id] = link
        if links:
            self._links[text.id] = dict(links)
        own, _ = self._near(text, 0)
        spoilt: set[int] = set()
        entry = number * 2 + text.is_short
        for mark in text.marks:
            known = own.setdefault(mark, entry)
            if isinstance(known, list):
                known.append(entry)
                spoilt.update(known if len(known) == self._common + 1 else ())
            elif known is not entry:
                own[mark] = [known, entry]
        return [self._texts[entry >> 1] for entry in sorted(spoilt)]

    def links(self, id: str) -> Linked:
        """Return the links of a text."""
        return self._links.get(id, {})

    def unlink(self, one: str, other: str) -> None:
        """Delete the link between two texts."""
        del self._links[one][other], self._links[other][one]

    def story(self, id: str) -> str | None:
        """Return the id of a text's story, or None if it has none yet."""
        return self._stories.get(id)

    def place(self, ids: Iterable[str], story: str) -> None:
        """Store the story of texts."""
        self._stories.update(dict.fromkeys(ids, story))

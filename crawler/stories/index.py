"""What stories remember of the texts so far: an interface, and its form in memory."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from crawler.stories.clusters import LARGEST
from crawler.stories.text import Text

COMMON = LARGEST
"""A mark that more texts of one period carry is boilerplate there: it finds none of them, nor is it found."""
PERIOD_DAYS = 7
"""Marks lie by the week of their texts, so that finding costs the same after a month and after years."""

Linked = dict[str, tuple[float, float]]
"""Similarity, and the similarity that was needed, for each text that shares something with one."""


class Index(Protocol):
    """Texts, found by the marks that they share; what pairs of them share; and the story that each one tells."""

    def __contains__(self, id: str) -> bool:
        """Return whether a text of this id was added."""

    def __getitem__(self, id: str) -> Text:
        """Return the text of an id."""

    def found(self, text: Text, reach: int) -> list[Text]:
        """Return the texts, at most `reach` periods away, that share enough marks with one to be compared with it."""

    def add(self, text: Text, links: Linked) -> Sequence[Text]:
        """Remember a text, and what it shares with others; return the texts of marks that it has made boilerplate."""

    def links(self, id: str) -> Linked:
        """Return what a text shares with others."""

    def unlink(self, one: str, other: str) -> None:
        """Forget what two texts share."""

    def story(self, id: str) -> str | None:
        """Return the story that a text tells, as far as it was placed."""

    def place(self, ids: Iterable[str], story: str) -> None:
        """Note the story that texts tell."""


def period_of(published: int) -> int:
    """Return the number of the period in which a text was published.

    >>> period_of(0), period_of(7 * 86_400)
    (0, 1)
    """
    return published // (PERIOD_DAYS * 86_400)


def enough(shared: Mapping[int, int], short: bool) -> list[int]:
    """Return the entries that share enough marks: two, or one where either sample is short.

    An entry is twice a text's number, and one more where its sample is short.
    """
    return [entry >> 1 for entry, count in shared.items() if count > 1 or short or entry & 1]


class MemoryIndex:
    """An index that ends with its process; texts without a time lie in a period of their own, near all others."""

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
        """Return the texts, at most `reach` periods away, that share enough marks with one to be compared with it."""
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
        """Return the marks of a text's own period, and those of all periods near it."""
        if text.published is None:
            return self._entries[None], self._entries.values()
        period = period_of(text.published)
        own = self._entries.setdefault(period, {})
        numbers = (None, *range(period - reach, period + reach + 1))
        return own, [self._entries[number] for number in numbers if number in self._entries]

    def _is_boilerplate(self, entries: int | list[int] | None) -> bool:
        return isinstance(entries, list) and len(entries) > self._common

    def add(self, text: Text, links: Linked) -> list[Text]:
        """Remember a text, and what it shares with others; return the texts of marks that it has made boilerplate."""
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
        """Return what a text shares with others."""
        return self._links.get(id, {})

    def unlink(self, one: str, other: str) -> None:
        """Forget what two texts share."""
        del self._links[one][other], self._links[other][one]

    def story(self, id: str) -> str | None:
        """Return the story that a text tells, as far as it was placed."""
        return self._stories.get(id)

    def place(self, ids: Iterable[str], story: str) -> None:
        """Note the story that texts tell."""
        self._stories.update(dict.fromkeys(ids, story))

"""What stories remember of the texts so far: an interface, and its form in memory."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from crawler.stories.clusters import LARGEST
from crawler.stories.text import Text

COMMON = LARGEST
"""A mark that more texts than this carry is boilerplate: it finds nothing any more.

This alone depends on order: what such a mark found before is kept. Texts that share two rarer marks are found anyway.
"""

Linked = dict[str, tuple[float, float]]
"""Similarity, and the similarity that was needed, for each text that shares something with one."""


class Index(Protocol):
    """Texts, found by the marks that they share; what pairs of them share; and the story that each one tells."""

    def __contains__(self, id: str) -> bool:
        """Return whether a text of this id was added."""

    def __getitem__(self, id: str) -> Text:
        """Return the text of an id."""

    def found(self, text: Text) -> list[Text]:
        """Return the texts that share enough marks with one to be compared with it."""

    def add(self, text: Text, links: Linked) -> None:
        """Remember a text, and what it shares with others."""

    def links(self, id: str) -> Linked:
        """Return what a text shares with others."""

    def story(self, id: str) -> str | None:
        """Return the story that a text tells, as far as it was placed."""

    def place(self, ids: Iterable[str], story: str) -> None:
        """Note the story that texts tell."""


def enough(shared: Mapping[int, int], short: bool) -> list[int]:
    """Return the entries that share enough marks: two, or one where either sample is short.

    An entry is twice a text's number, and one more where its sample is short.
    """
    return [entry >> 1 for entry, count in shared.items() if count > 1 or short or entry & 1]


class MemoryIndex:
    """An index that ends with its process."""

    def __init__(self) -> None:
        self._texts: list[Text] = []
        self._numbers: dict[str, int] = {}
        self._entries: dict[int, int | list[int]] = {}
        self._links: dict[str, Linked] = {}
        self._stories: dict[str, str] = {}

    def __contains__(self, id: str) -> bool:
        return id in self._numbers

    def __getitem__(self, id: str) -> Text:
        return self._texts[self._numbers[id]]

    def found(self, text: Text) -> list[Text]:
        """Return the texts that share enough marks with one to be compared with it."""
        shared: dict[int, int] = {}
        for entries in map(self._entries.get, text.marks):
            if isinstance(entries, int):
                shared[entries] = shared.get(entries, 0) + 1
            elif entries and len(entries) <= COMMON:
                for entry in entries:
                    shared[entry] = shared.get(entry, 0) + 1
        return [self._texts[number] for number in enough(shared, text.is_short)]

    def add(self, text: Text, links: Linked) -> None:
        """Remember a text, and what it shares with others."""
        number = self._numbers[text.id] = len(self._texts)
        self._texts.append(text)
        entry = number * 2 + text.is_short
        for mark in text.marks:
            known = self._entries.setdefault(mark, entry)
            if isinstance(known, list):
                known.append(entry)
            elif known is not entry:
                self._entries[mark] = [known, entry]
        for other, link in links.items():
            self._links.setdefault(other, {})[text.id] = link
        if links:
            self._links[text.id] = dict(links)

    def links(self, id: str) -> Linked:
        """Return what a text shares with others."""
        return self._links.get(id, {})

    def story(self, id: str) -> str | None:
        """Return the story that a text tells, as far as it was placed."""
        return self._stories.get(id)

    def place(self, ids: Iterable[str], story: str) -> None:
        """Note the story that texts tell."""
        self._stories.update(dict.fromkeys(ids, story))

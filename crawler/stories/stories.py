"""Add texts to stories one by one: compare, link and place each; the result does not depend on their order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import ceil

from crawler.stories.clusters import Pair, cut, is_link, pair
from crawler.stories.index import PERIOD_DAYS, Index, Linked
from crawler.stories.similarity import WINDOW_DAYS, compare
from crawler.stories.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A text whose story has a new id, because an earlier text arrived, or stories were joined or split."""

    id: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The story in which a text was placed."""

    story: str
    members: tuple[str, ...]
    """Ids of the other texts of the story, in no meaningful order."""
    moved: tuple[Moved, ...] = ()
    """Texts whose story changed thereby."""


def story_id(earliest: Text) -> str:
    """Return the id of a story, which is made from its earliest text."""
    return f"story-{earliest.id}"


class Stories:
    """Adds texts to the stories of an index."""

    def __init__(self, index: Index, *, window_days: float = WINDOW_DAYS) -> None:
        self.index = index
        self._window_days = window_days
        self._reach = ceil(window_days / PERIOD_DAYS)

    def add(self, text: Text) -> Placed:
        """Add a text and return its story; a text that was added before is placed again, with unchanged links."""
        if text.id in self.index:
            return self._place(text)
        links = self._links(text)
        loosened = self._loosen(self.index.add(text, links))
        if not any(is_link(*link) for link in links.values()):
            self.index.place([text.id], story_id(text))
            return Placed(story=story_id(text), members=(), moved=self.place_again(loosened))
        placed = self._place(text)
        return replace(placed, moved=placed.moved + self.place_again(loosened))

    def place_again(self, ids: Iterable[str]) -> tuple[Moved, ...]:
        """Place texts again after their links have changed; return the texts that moved."""
        return tuple(move for text_id in ids for move in self._place(self.index[text_id]).moved)

    def _links(self, text: Text) -> Linked:
        links: Linked = {}
        for other in self.index.found(text, self._reach):
            match = compare(text, other, window_days=self._window_days)
            if match is not None and not match.is_template:
                links[other.id] = (match.similarity, match.needed)
        return links

    def _loosen(self, carriers: Iterable[Text]) -> list[str]:
        """Delete links that were found through boilerplate alone, as if it had been known; return their texts."""
        loosened: set[str] = set()
        for text in carriers:
            found = {other.id for other in self.index.found(text, self._reach)}
            for other in self.index.links(text.id).keys() - found:
                self.index.unlink(text.id, other)
                loosened.update((text.id, other))
        return sorted(loosened)

    def _place(self, text: Text) -> Placed:
        moved: list[Moved] = []
        home: list[str] = []
        web = self._web(text.id)
        for ids in cut(web, self._among(web)):
            new = story_id(min((self.index[text_id] for text_id in ids), key=lambda member: member.order))
            olds = [(text_id, self.index.story(text_id)) for text_id in ids]
            moved += [Moved(id=text_id, old=old, new=new) for text_id, old in olds if old not in (None, new)]
            self.index.place([text_id for text_id, old in olds if old != new], new)
            if text.id in ids:
                home = ids
        story = self.index.story(text.id)
        assert story is not None
        others = tuple(text_id for text_id in home if text_id != text.id)
        return Placed(story=story, members=others, moved=tuple(moved))

    def _web(self, id: str) -> set[str]:
        """Return the ids of all texts that are connected with one by links."""
        web, ahead = {id}, [id]
        while ahead:
            linked = self.index.links(ahead.pop())
            fresh = [other for other, link in linked.items() if is_link(*link)]
            ahead += [other for other in fresh if other not in web]
            web.update(fresh)
        return web

    def _among(self, web: set[str]) -> dict[Pair, tuple[float, float]]:
        return dict(self._pairs(web))

    def _pairs(self, web: set[str]) -> Iterator[tuple[Pair, tuple[float, float]]]:
        for text_id in web:
            for other, link in self.index.links(text_id).items():
                if text_id < other and other in web:
                    yield pair(text_id, other), link

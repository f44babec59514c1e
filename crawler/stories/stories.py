"""Add texts to stories one by one: compare, link and place each; the result does not depend on their order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from crawler.stories.clusters import is_link
from crawler.stories.cutting import Cutting
from crawler.stories.density import LARGEST, PERIOD_DAYS
from crawler.stories.index import Changed, Index, Linked, LinkScore
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
    """The result of placing a text: its story, the other texts of that story, and the texts that moved."""

    story: str
    members: tuple[str, ...]
    """Ids of the other texts of the story, in no meaningful order."""
    moved: tuple[Moved, ...] = ()
    """Texts whose story has a new id, because this text was placed."""


def story_id(earliest: Text) -> str:
    """Return the id of a story, which is made from its earliest text."""
    return f"story-{earliest.id}"


class Stories:
    """Adds texts to the stories of an index."""

    def __init__(self, index: Index, *, window_days: float = WINDOW_DAYS, largest: int = LARGEST) -> None:
        self.index = index
        self._most = largest
        self._window_days = window_days
        self.reach = ceil(window_days / PERIOD_DAYS)
        """How many periods away from a text's own its candidates may lie."""

    def add(self, text: Text) -> Placed:
        """Add a text and return its story; a text that was added before stays where it is."""
        if text.id in self.index:
            return self._placed(text.id, ())
        links = self._links(text)
        changed = self._link_again(self.index.add(text, links))
        if not changed and not any(is_link(*link) for link in links.values()):
            self.index.place([text.id], story_id(text))
            return Placed(story=story_id(text), members=())
        return self._placed(text.id, self.place_again([text.id, *changed]))

    def place_again(self, ids: Iterable[str]) -> tuple[Moved, ...]:
        """Place texts again after their links changed, and all texts that this affects; return those that moved."""
        moved: list[Moved] = []
        for cluster in self._around(set(ids)):
            new = story_id(min((self.index[text_id] for text_id in cluster), key=lambda member: member.order))
            olds = [(text_id, self.index.story(text_id)) for text_id in cluster]
            moved += [Moved(id=text_id, old=old, new=new) for text_id, old in olds if old not in (None, new)]
            self.index.place([text_id for text_id, old in olds if old != new], new)
        return tuple(moved)

    def _placed(self, id: str, moved: tuple[Moved, ...]) -> Placed:
        story = self.index.story(id)
        assert story is not None
        members = tuple(other for other in self.index.members(story) if other != id)
        return Placed(story=story, members=members, moved=moved)

    def _links(self, text: Text) -> Linked:
        return dict(self._compared(text, self.index.found(text, self.reach)))

    def _compared(self, text: Text, others: Sequence[Text]) -> Iterator[tuple[str, LinkScore]]:
        """Yield the links of a text to those others that it shares something with, and that speak of the same event."""
        shingles = frozenset(text.shingles if others else ())
        for other in others:
            match = compare(text, other, window_days=self._window_days, shingles=shingles)
            if match is not None and not match.is_template:
                yield other.id, (match.similarity, match.needed)

    def _link_again(self, changed: Changed) -> set[str]:
        """Update links to what is boilerplate now; return the ids of the texts that must be placed again."""
        ids = {*self._loosen(changed.loosened), *self._restore(changed.restored)}
        if changed.has_grown:
            ids.update(*map(self.index.members, self.index.large(self._most // 2)))
        return ids

    def _loosen(self, carriers: Iterable[Text]) -> Iterator[str]:
        """Delete each link of two texts that are no longer found by each other, since their marks are boilerplate now.

        Yield the texts that lost a link inside their story; a link between two stories joins nothing.
        """
        for text in carriers:
            links = self.index.links(text.id)
            found = {other.id for other in self.index.found(text, self.reach)} if links else set()
            for other in links.keys() - found:
                self.index.unlink(text.id, other)
                if self.index.story(text.id) == self.index.story(other):
                    yield text.id

    def _restore(self, carriers: Iterable[Text]) -> Iterator[str]:
        """Add the links of texts that are found again, and yield the ids of these texts."""
        for text in carriers:
            known = {text.id, *self.index.links(text.id)}
            found = [other for other in self.index.found(text, self.reach) if other.id not in known]
            for other, link in self._compared(text, found):
                self.index.link(text.id, other, link)
                yield text.id

    def _around(self, ids: set[str]) -> list[list[str]]:
        """Cluster texts whose links are new, together with every story that this changes, and return the clusters.

        A story of other texts changes only if a cluster joins it; then its texts are clustered again too.
        """
        inside = self._with_stories(ids)
        while True:
            cutting = Cutting(self.index, inside, fits=self._fits)
            joined = cutting.run()
            if joined is None:
                return cutting.clusters.all()
            inside |= set(self.index.members(joined))

    def _with_stories(self, ids: set[str]) -> set[str]:
        stories = {story for story in map(self.index.story, ids) if story is not None}
        return ids.union(*map(self.index.members, stories))

    def _fits(self, left: Sequence[str], right: Sequence[str]) -> bool:
        texts = len(left) + len(right)
        if texts <= self._most:
            return True
        return texts <= self._most * max(self.index.growth(self.index[text_id]) for text_id in (*left, *right))

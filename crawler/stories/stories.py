"""Add texts to stories one by one: compare, link and place each; the result does not depend on their order."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from crawler.stories.clusters import Clusters, Pair, Step, cut, is_link, pair
from crawler.stories.density import LARGEST, PERIOD_DAYS
from crawler.stories.index import Changed, Index, Link, Linked
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
        self._reach = ceil(window_days / PERIOD_DAYS)

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
        return dict(self._compared(text, self.index.found(text, self._reach)))

    def _compared(self, text: Text, others: Iterable[Text]) -> Iterator[tuple[str, Link]]:
        """Yield the links of a text to those others that it shares something with, and that speak of the same event."""
        shingles = frozenset(text.shingles)
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
            found = {other.id for other in self.index.found(text, self._reach)} if links else set()
            for other in links.keys() - found:
                self.index.unlink(text.id, other)
                if self.index.story(text.id) == self.index.story(other):
                    yield text.id

    def _restore(self, carriers: Iterable[Text]) -> Iterator[str]:
        """Add the links of texts that are found again, and yield the ids of these texts."""
        for text in carriers:
            known = {text.id, *self.index.links(text.id)}
            found = [other for other in self.index.found(text, self._reach) if other.id not in known]
            for other, link in self._compared(text, found):
                self.index.link(text.id, other, link)
                yield text.id

    def _around(self, ids: set[str]) -> list[list[str]]:
        """Cluster texts whose links are new, together with every story that this changes, and return the clusters.

        A story of other texts changes only if a cluster joins it; then its texts are clustered again too.
        """
        inside = self._with_stories(ids)
        while True:
            clusters, joined = self._cut(inside)
            if joined is None:
                return clusters.all()
            inside |= set(self.index.members(joined))

    def _with_stories(self, ids: set[str]) -> set[str]:
        stories = {story for story in map(self.index.story, ids) if story is not None}
        return ids.union(*map(self.index.members, stories))

    def _cut(self, inside: set[str]) -> tuple[Clusters, str | None]:
        """Return the clusters of some texts; with a story of other texts as soon as one of them joins it."""
        border = _Border(self.index, inside)
        clusters = Clusters(inside, border.links, fits=self._fits)
        for step in clusters.steps():
            one, other = step[1]
            if clusters.holds(one) and clusters.holds(other):
                clusters.try_step(step)
            elif self._joins(clusters, border, step):
                return clusters, border.story(other if clusters.holds(one) else one)
        return clusters, None

    def _joins(self, clusters: Clusters, border: "_Border", step: Step) -> bool:
        """Return whether a cluster joins the cluster of a text of another story, as that is at this step."""
        one, other = step[1]
        mine, theirs = (one, other) if clusters.holds(one) else (other, one)
        story, cluster = border.story(theirs), clusters.of(mine)
        if not clusters.may_be_one(cluster, border.total(cluster, story), step):
            return False
        neighbours = set(self.index.members(story))
        links = dict(_pairs(self.index, neighbours, neighbours))
        facing = cut(neighbours, links, fits=self._fits, before=step).of(theirs)
        left, right = (cluster, facing) if mine == one else (facing, cluster)
        return clusters.are_one(left, right, step)

    def _fits(self, left: Sequence[str], right: Sequence[str]) -> bool:
        texts = len(left) + len(right)
        if texts <= self._most:
            return True
        return texts <= self._most * max(self.index.growth(self.index[text_id]) for text_id in (*left, *right))


class _Border:
    """Texts that are cut, and what links them to each other and to texts of other stories."""

    def __init__(self, index: Index, inside: set[str]) -> None:
        self.links = dict(_pairs(index, inside))
        self._index = index
        self._stories: dict[str, str] = {}
        self._totals: dict[str, dict[str, float]] = {text_id: {} for text_id in inside}
        for both, (similarity, needed) in self.links.items():
            for mine, theirs in (both, both[::-1]):
                if mine in inside and theirs not in inside:
                    totals, story = self._totals[mine], self.story(theirs)
                    totals[story] = totals.get(story, 0.0) + min(similarity / needed, 1.0)

    def story(self, id: str) -> str:
        """Return the story of a text that is not cut."""
        if id not in self._stories:
            self._stories[id] = self._index.story(id) or id
        return self._stories[id]

    def total(self, cluster: Iterable[str], story: str) -> float:
        """Return the sum of the pairs between a cluster and all texts of another story, each up to 1."""
        return sum(self._totals[text_id].get(story, 0.0) for text_id in cluster)


def _pairs(index: Index, ids: Iterable[str], among: Container[str] | None = None) -> Iterator[tuple[Pair, Link]]:
    """Yield the links of texts, those to each other once; with `among`, only the links to these."""
    for text_id in ids:
        for other, link in index.links(text_id).items():
            if among is None or other in among:
                yield pair(text_id, other), link

"""Cluster linked texts into stories: join the strongest pairs first, and check each join against both clusters."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product

from crawler.stories.density import LARGEST

Pair = tuple[str, str]
"""The ids of two texts, the smaller first."""

WEAK = 0.55
"""Below the threshold but above this share of it, a pair may join a cluster, not start one."""
_CORE = 0.6
"""Minimum mean over the pairs between two clusters for a join; a pair counts as its share of its threshold, up to 1."""

Step = tuple[float, Pair]
"""A pair of texts that is tried: its share of its threshold, negative, so that the strongest pair comes first."""
Fits = Callable[[Sequence[str], Sequence[str]], bool]
"""Whether two clusters are small enough to become one."""

_ROUNDING = 1e-9

Links = Mapping[Pair, tuple[float, float]]
"""Similarity and needed similarity (threshold) of each pair; a missing pair shares nothing."""


def pair(one: str, other: str) -> Pair:
    """Return the two ids as a `Pair`, in order."""
    return (one, other) if one < other else (other, one)


def is_link(similarity: float, needed: float) -> bool:
    """Return whether a pair is similar enough to join two texts, alone or together with other pairs."""
    return similarity >= WEAK * needed


class Clusters:
    """Texts that are joined pair by pair, the strongest pair first; the result does not depend on the input's order."""

    def __init__(self, ids: Iterable[str], links: Links, *, fits: Fits) -> None:
        self._of = {text_id: [text_id] for text_id in ids}
        self._parts = {both: similarity / needed for both, (similarity, needed) in links.items()}
        self._fits = fits
        self._ahead = self.steps()[::-1]

    def steps(self) -> list[Step]:
        """Return the pairs that can join clusters, in the order in which they are tried."""
        return sorted((-part, both) for both, part in self._parts.items() if part >= WEAK)

    def join(self, *, before: Step | None = None) -> None:
        """Try the steps that have not been tried; with `before`, those that come before another step."""
        while self._ahead and (before is None or self._ahead[-1] < before):
            self.try_step(self._ahead.pop())

    def holds(self, id: str) -> bool:
        """Return whether a text is among those to be joined."""
        return id in self._of

    def of(self, id: str) -> list[str]:
        """Return the cluster of a text as it is now."""
        return self._of[id]

    def try_step(self, step: Step) -> None:
        """Join the clusters of a pair, if they are one story."""
        one, other = step[1]
        left, right = self._of[one], self._of[other]
        if left is not right and self.are_one(left, right, step):
            joined = sorted(left + right)
            self._of.update(dict.fromkeys(joined, joined))

    def are_one(self, left: Sequence[str], right: Sequence[str], step: Step) -> bool:
        """Return whether two clusters become one when a pair across them is tried.

        Two texts start a story if their pair reaches its threshold. Larger clusters are joined if they fit, and if the
        mean of the pairs between them is high enough: a paragraph that only one text took from elsewhere joins nothing.
        """
        if len(left) == 1 == len(right):
            return step[0] <= -1
        return self._fits(left, right) and self._total(left, right) >= _CORE * len(left) * len(right)

    def may_be_one(self, left: Sequence[str], total: float, step: Step) -> bool:
        """Return whether a cluster can join a part of a story, given the sum of its pairs with the whole story."""
        return (len(left) == 1 and step[0] <= -1) or total > _CORE * max(len(left), 2) - _ROUNDING

    def _total(self, left: Iterable[str], right: Iterable[str]) -> float:
        """Return the sum of the pairs between two clusters; a pair counts as its share of its threshold, up to 1."""
        return sum(min(self._parts.get(pair(one, other), 0.0), 1.0) for one, other in product(left, right))

    def all(self) -> list[list[str]]:
        """Return the clusters, each a sorted list of ids."""
        return sorted({id(cluster): cluster for cluster in self._of.values()}.values())


def fits(left: Sequence[str], right: Sequence[str]) -> bool:
    """Return whether two clusters have at most `LARGEST` texts together."""
    return len(left) + len(right) <= LARGEST


def cut(ids: Iterable[str], links: Links, *, fits: Fits = fits) -> list[list[str]]:
    """Return the clusters of texts, each a sorted list of ids."""
    clusters = Clusters(ids, links, fits=fits)
    clusters.join()
    return clusters.all()

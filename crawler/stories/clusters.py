"""Cluster linked texts into stories: join the strongest pairs first, and check each join against both clusters."""

from collections.abc import Iterable, Mapping
from itertools import product

Pair = tuple[str, str]
"""The ids of two texts, the smaller first."""

LARGEST = 256
"""Maximum number of texts in a story; boilerplate holds a larger one together."""
WEAK = 0.55
"""Below the threshold but above this share of it, a pair may join a cluster, not start one."""
_CORE = 0.6
"""Minimum mean over the pairs between two clusters for a join; a pair counts as its share of its threshold, up to 1."""

Links = Mapping[Pair, tuple[float, float]]
"""Similarity and needed similarity (threshold) of each pair; a missing pair shares nothing."""


def pair(one: str, other: str) -> Pair:
    """Return the two ids as a `Pair`, in order."""
    return (one, other) if one < other else (other, one)


def is_link(similarity: float, needed: float) -> bool:
    """Return whether a pair is similar enough to join two texts, alone or together with other pairs."""
    return similarity >= WEAK * needed


def cut(ids: Iterable[str], links: Links, *, largest: int = LARGEST) -> list[list[str]]:
    """Return the clusters of texts, each a sorted list of ids; the order of the input does not matter.

    The strongest pair is joined first. Two texts start a story if their pair reaches its threshold. Larger clusters are
    joined if besides the mean of the pairs between them is high enough, so that a paragraph which one text alone took
    from elsewhere joins nothing. No cluster becomes larger than `largest`.
    """
    side = {text_id: [text_id] for text_id in ids}
    parts = {both: similarity / needed for both, (similarity, needed) in links.items()}
    for part, (one, other) in sorted((-part, both) for both, part in parts.items() if part >= WEAK):
        left, right = side[one], side[other]
        if left is right or len(left) + len(right) > largest:
            continue
        if _is_one(left, right, -part, parts):
            joined = sorted(left + right)
            side.update(dict.fromkeys(joined, joined))
    return sorted({id(story): story for story in side.values()}.values())


def _is_one(left: list[str], right: list[str], part: float, parts: Mapping[Pair, float]) -> bool:
    if len(left) == 1 == len(right):
        return part >= 1
    total = sum(min(parts.get(pair(one, other), 0.0), 1.0) for one, other in product(left, right))
    return total >= _CORE * len(left) * len(right)

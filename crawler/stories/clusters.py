"""Cut a web of linked texts into stories: strongest links first, each checked against the whole of both sides."""

from collections.abc import Iterable, Mapping
from itertools import product

Pair = tuple[str, str]
"""Two ids, the smaller first."""

LARGEST = 256
"""No story grows beyond this many texts: a larger one is held together by boilerplate."""
_CORE = 0.6
"""Two sides become one when the mean of all pairs across them reaches this share of what their link needed."""


def pair(one: str, other: str) -> Pair:
    """Return two ids in the order in which pairs are kept."""
    return (one, other) if one < other else (other, one)


def cut(ids: Iterable[str], links: Mapping[Pair, tuple[float, float]], *, largest: int = LARGEST) -> list[list[str]]:
    """Return the stories among texts, whatever order they come in.

    `links` gives each pair's similarity and the similarity that it needed; a pair that is not there shares nothing.
    """
    side = {id: [id] for id in ids}
    strong = [(-similarity, both, needed) for both, (similarity, needed) in links.items() if similarity >= needed]
    for _, (one, other), needed in sorted(strong):
        left, right = side[one], side[other]
        if left is right or len(left) + len(right) > largest:
            continue
        if _mean(left, right, links) >= _CORE * needed:
            joined = sorted(left + right)
            side.update(dict.fromkeys(joined, joined))
    return sorted({id(story): story for story in side.values()}.values())


def _mean(left: list[str], right: list[str], links: Mapping[Pair, tuple[float, float]]) -> float:
    if len(left) == 1 == len(right):
        return 1.0
    total = sum(links.get(pair(one, other), (0.0, 0.0))[0] for one, other in product(left, right))
    return total / (len(left) * len(right))

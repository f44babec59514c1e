"""Cut a web of linked texts into stories: strongest links first, each checked against the whole of both sides."""

from collections.abc import Iterable, Mapping
from itertools import product

Pair = tuple[str, str]
"""Two ids, the smaller first."""

LARGEST = 256
"""No story grows beyond this many texts: a larger one is held together by boilerplate."""
WEAK = 0.55
"""A pair that shares this part of what it needed makes no story; it may add a text to one that is there."""
_CORE = 0.6
"""What the pairs across two sides must share at the mean, as a part of what each needed."""

Links = Mapping[Pair, tuple[float, float]]
"""Each pair's similarity, and the similarity that it needed; a pair that is not there shares nothing."""


def pair(one: str, other: str) -> Pair:
    """Return two ids in the order in which pairs are kept."""
    return (one, other) if one < other else (other, one)


def is_link(similarity: float, needed: float) -> bool:
    """Return whether a pair can bring two texts into one story, alone or with the help of others."""
    return similarity >= WEAK * needed


def cut(ids: Iterable[str], links: Links, *, largest: int = LARGEST) -> list[list[str]]:
    """Return the stories among texts, whatever order they come in.

    The strongest pair is joined first. Two texts are one story where their pair has what it needed. A text joins a
    story, and two stories become one, where besides the pairs across them have enough at the mean: a paragraph that
    one text alone took from elsewhere joins nothing.
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

"""Score found stories against the true ones: pairwise precision and recall, adjusted Rand index."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Score(NamedTuple):
    """Shares from 0 to 1."""

    precision: float
    recall: float
    ari: float


def score(truth: Mapping[str, int], found: Mapping[str, str]) -> Score:
    """Return the score of `found` against `truth`; both give the story of each text."""
    both = _pairs(Counter((truth[text_id], found[text_id]) for text_id in truth).values())
    want, have = _pairs(Counter(truth.values()).values()), _pairs(Counter(found[text_id] for text_id in truth).values())
    expected = want * have / (len(truth) * (len(truth) - 1) // 2)
    return Score(both / have, both / want, (both - expected) / ((want + have) / 2 - expected))


def _pairs(counts: Iterable[int]) -> int:
    return sum(count * (count - 1) // 2 for count in counts)

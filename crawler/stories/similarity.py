"""Compare two texts: how much of the smaller one is in the other, and how much is needed for one story."""

from dataclasses import dataclass

from crawler.stories.clusters import is_link
from crawler.stories.contradiction import Contradiction, contradiction
from crawler.stories.text import Text
from crawler.stories.words import weigh

WINDOW_DAYS = 7

_NEEDED = 0.36
"""The share of the smaller text that two prints of one day must share. Measured on invented reports, cut and edited in
up to five outlets (`tools/story_curves.py`); `docs/stories.md` has the curve, and those of the other numbers there."""
_NEEDED_LATER = 0.6
_FRESH_HOURS = 24.0
_STALE_HOURS = 96.0
"""Agency copy is printed within a day; the threshold grows with the hours between two texts, up to this many."""
_UNKNOWN_HOURS = 48.0
_FEWEST = 8
_SHORT = 60
"""A text of less weight is a teaser or a stub, of which a single shared sentence is the largest part."""
_NEEDED_SHORT = 0.6
_FAINT = 0.15
_AGREE = 0.95
_DISAGREE = 1.2
_SAME_OUTLET = 2.0
_PHRASES_ONLY = 1.6
"""Factor on the threshold of two texts that share short phrases only."""
UNNAMED = "agencies"
"""The agency id of a credit that names no agency: `(एजेंसी)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The result of comparing two texts."""

    similarity: float
    """Share of the smaller text, by weight, that is also in the other one, 0 to 1 (containment)."""
    needed: float
    """Threshold of similarity for one story; it depends on the times, outlets, agencies and places of both."""
    shared: int
    """Number of shared shingles."""
    exact: bool
    """Whether the texts are equal after folding."""
    hours: float | None
    """Hours between the two, or None if one has no time."""
    agencies: tuple[str, ...]
    """Agencies that both credit."""
    places: tuple[str, ...]
    """The places that both datelines name."""
    against: Contradiction | None = None
    """What speaks against one story; None where the texts are equal, or share too little to be aligned."""

    @property
    def is_template(self) -> bool:
        """Return whether the two fill one form with two events."""
        return self.against is not None and self.against.is_template

    @property
    def links(self) -> bool:
        """Return whether this alone makes the two texts one story."""
        return self.similarity >= self.needed and not self.is_template


def compare(
    one: Text, other: Text, *, window_days: float = WINDOW_DAYS, shingles: frozenset[int] | None = None
) -> Match | None:
    """Return the comparison of two texts; None if they share almost nothing, or are more than `window_days` apart.

    The result does not depend on the order of the two. `shingles` are those of the first text, if the caller has made a
    set of them for many comparisons.
    """
    hours = hours_apart(one, other)
    if hours is not None and hours > window_days * 24:
        return None
    mine = frozenset(one.shingles) if shingles is None else shingles
    exact = one.digest == other.digest and len(mine) > 0
    common = mine.intersection(other.shingles)
    smaller = min(one.weight, other.weight)
    similarity = weigh(common) / smaller if smaller else 0.0
    if not exact and (len(common) < _FEWEST or similarity < _FAINT):
        return None
    agencies = tuple(sorted(one.agencies & other.agencies))
    places = tuple(sorted(one.places & other.places))
    similarity = 1.0 if exact else round(similarity, 4)
    needed = _needed(one, other, hours)
    against = contradiction(one, other) if not exact and is_link(similarity, needed) else None
    if against and against.has_phrases_only:
        needed *= _PHRASES_ONLY
    return Match(
        similarity=similarity,
        needed=round(min(needed, 1.0), 4),
        shared=len(common),
        exact=exact,
        hours=hours,
        agencies=agencies,
        places=places,
        against=against,
    )


def hours_apart(one: Text, other: Text) -> float | None:
    """Return the hours between two texts, or None if one of them has no time."""
    if one.published is None or other.published is None:
        return None
    return abs(one.published - other.published) / 3600


def _needed(one: Text, other: Text, hours: float | None) -> float:
    late = (_UNKNOWN_HOURS if hours is None else hours) - _FRESH_HOURS
    share = min(max(late / (_STALE_HOURS - _FRESH_HOURS), 0.0), 1.0)
    needed = _NEEDED + share * (_NEEDED_LATER - _NEEDED)
    named, others = one.agencies - {UNNAMED}, other.agencies - {UNNAMED}
    if named & others or one.places & other.places:
        needed *= _AGREE
    elif named and others:
        needed *= _DISAGREE
    if min(one.weight, other.weight) < _SHORT:
        needed = max(needed, _NEEDED_SHORT)
    if one.outlet is not None and one.outlet == other.outlet:
        needed *= _SAME_OUTLET
    return min(needed, 1.0)

"""Compare two texts: whether one was cut from the other, or both from a third, and the evidence for it."""

from dataclasses import dataclass

from crawler.stories.text import Text
from crawler.stories.words import weigh

WINDOW_DAYS = 7

_NEEDED = 0.36
_NEEDED_LATER = 0.6
_FRESH_HOURS = 24.0
_STALE_HOURS = 96.0
"""Agency copy is printed within a day; the later a text appears, the more of it must be the same."""
_UNKNOWN_HOURS = 48.0
_FEWEST = 8
_SHORT = 60
"""A text of less weight is a teaser or a stub: a single shared sentence is most of it."""
_NEEDED_SHORT = 0.6
_FAINT = 0.1
_AGREE = 0.95
_DISAGREE = 1.2
_SAME_OUTLET = 2.0
UNNAMED = "agencies"
"""The agency of a credit that names none: `(एजेंसी)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What two texts have in common."""

    similarity: float
    """Share of the smaller text, by weight, that the other one holds; 1.0 only for a text that is wholly contained."""
    needed: float
    """The similarity from which the two tell one story, given when, where and by whom they were printed."""
    shared: int
    """How many shingles they share."""
    exact: bool
    hours: float | None
    agencies: tuple[str, ...]
    """The agencies that both are credited to."""
    places: tuple[str, ...]
    """The places that both datelines name."""

    @property
    def links(self) -> bool:
        """Return whether this alone makes the two texts one story."""
        return self.similarity >= self.needed


def compare(one: Text, other: Text, *, window_days: float = WINDOW_DAYS) -> Match | None:
    """Return what two texts have in common; None when it is next to nothing, or they lie too far apart in time.

    The result depends on the two texts alone, and not on which of them comes first.
    """
    hours = hours_apart(one, other)
    if hours is not None and hours > window_days * 24:
        return None
    exact = one.digest == other.digest and len(one.shingles) > 0
    common = set(one.shingles).intersection(other.shingles)
    smaller = min(one.weight, other.weight)
    similarity = weigh(common) / smaller if smaller else 0.0
    if not exact and (len(common) < _FEWEST or similarity < _FAINT):
        return None
    agencies = tuple(sorted(one.agencies & other.agencies))
    places = tuple(sorted(one.places & other.places))
    return Match(
        similarity=1.0 if exact else round(similarity, 4),
        needed=round(_needed(one, other, hours), 4),
        shared=len(common),
        exact=exact,
        hours=hours,
        agencies=agencies,
        places=places,
    )


def hours_apart(one: Text, other: Text) -> float | None:
    """Return how many hours lie between two texts, or None when one of them has no time."""
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

"""A text in the form in which texts are compared: its shingles, agencies, places and time."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from crawler.stories.words import hashed_words, shingles, weigh

_SAMPLED = 2
"""Bits 1 to 4 of a sampled shingle, about one in eight of those with two or three uncommon words."""
_LEAST = 12
_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One article in the form in which stories compare it."""

    id: str
    outlet: str | None
    published: int | None
    """Seconds since 1970, or None."""
    agencies: frozenset[str] = frozenset()
    """Ids of the agencies that the article credits."""
    places: frozenset[str] = frozenset()
    """The places of its dateline."""
    by_agency: bool = False
    """Whether the outlet belongs to an agency."""
    digest: bytes
    """Digest of the folded words: equal texts have equal digests."""
    shingles: "array[int]"
    """Its runs of three words, as numbers (`words.shingles`)."""
    weight: int
    """The weight of all shingles (`words.weigh`)."""
    marks: tuple[int, ...]
    """A sample of its rare shingles, by which similar texts are found."""

    @property
    def is_short(self) -> bool:
        """Return whether it has so few marks that one shared mark is enough for a comparison."""
        return len(self.marks) <= _LEAST

    @property
    def order(self) -> tuple[bool, int, str]:
        """Return the sort key of texts: time of publication, then id; texts without a time come last."""
        return (self.published is None, self.published or 0, self.id)


def make_text(
    *,
    id: str,
    outlet: str | None,
    published: int | None,
    lines: Iterable[str],
    agencies: Iterable[str] = (),
    places: Iterable[str] = (),
    own_agency: str | None = None,
) -> Text:
    """Return the `Text` of an article; `lines` is its narrative, without dateline and credit.

    `own_agency` is the agency that the outlet belongs to; it counts as credited if the article credits no agency.
    """
    words = hashed_words(lines)
    runs = shingles(words)
    digest = blake2b(array("I", words).tobytes(), digest_size=8).digest()
    return Text(
        id=id,
        outlet=outlet,
        published=published,
        agencies=frozenset(agencies) or frozenset([own_agency] if own_agency else []),
        places=frozenset(places),
        by_agency=own_agency is not None,
        digest=digest,
        shingles=array("I", runs),
        weight=weigh(runs),
        marks=sample(runs),
    )


def sample(numbers: Iterable[int]) -> tuple[int, ...]:
    """Return the marks of a text: a sample of its rare shingles, chosen by value, so that similar texts share marks.

    About one in eight rare shingles is sampled, at least 12 and at most 20 if there are so many.
    """
    chosen = [number for number in numbers if number & 30 == _SAMPLED]
    if len(chosen) < _LEAST:
        rare = sorted((number >> 2 & 7, number) for number in numbers if number & 3 >= 2)
        return tuple(number for _, number in rare[:_LEAST])
    return tuple(sorted(chosen)[:_MOST])

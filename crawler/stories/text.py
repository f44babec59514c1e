"""A text as it is compared with others: its shingles, and the evidence printed around it."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from crawler.stories.words import hashed_words, shingles, weigh

_SAMPLED = 2
"""One in eight of the shingles with two or three uncommon words: those whose bits 1 to 4 read 0001."""
_LEAST = 12
_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One article as stories see it."""

    id: str
    outlet: str | None
    published: int | None
    """Seconds since 1970, or None."""
    agencies: frozenset[str] = frozenset()
    """The agencies that the article is credited to."""
    places: frozenset[str] = frozenset()
    """The places of its dateline."""
    by_agency: bool = False
    """Whether the outlet is an agency's own."""
    digest: bytes
    """Equal for texts that are equal after folding."""
    shingles: "array[int]"
    weight: int
    """The weight of all shingles."""
    marks: tuple[int, ...]
    """The numbers by which the text is found: a sample of its rare shingles."""

    @property
    def is_short(self) -> bool:
        """Return whether the sample is so small that one mark tells."""
        return len(self.marks) <= _LEAST

    @property
    def order(self) -> tuple[bool, int, str]:
        """Return what texts are ordered by: published, then id; those without a time come last."""
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
    """Return an article as it is compared; `lines` is its narrative, without dateline and credit.

    `own_agency` is the agency whose own outlet this is; what such an outlet credits to nobody is that agency's.
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
    """Return the shingles by which a text is found: the same ones from any two texts that share them.

    Rare shingles only, about one in eight, at least 12 and at most 20 of them, where there are so many.
    """
    chosen = [number for number in numbers if number & 30 == _SAMPLED]
    if len(chosen) < _LEAST:
        rare = sorted((number >> 2 & 7, number) for number in numbers if number & 3 >= 2)
        return tuple(number for _, number in rare[:_LEAST])
    return tuple(sorted(chosen)[:_MOST])

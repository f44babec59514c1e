"""A text in the form in which texts are compared: its shingles, agencies, places and time."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import compress

from crawler.stories.words import FIGURES, lowest_bytes, numbered_words, shingles, weigh

_SAMPLED = bytes(byte & 30 == 2 for byte in range(256))
"""Says of each lowest byte whether its shingle is sampled: one in eight of those with two or three uncommon words."""
_LEAST = 16
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
    dated: str | None = None
    """The date of its dateline, `YYYY-MM-DD`."""
    by_agency: bool = False
    """Whether the outlet belongs to an agency."""
    digest: bytes
    """Digest of the folded words: equal texts have equal digests."""
    weight: int
    """The weight of its different shingles (`words.weigh`)."""
    marks: "array[int]"
    """The numbers by which the text is found: a sample of its rare shingles."""
    words: "array[int]" = field(default_factory=lambda: array("I"))
    """The numbers of its words, in order; empty for a text that an older version stored."""
    figures: tuple[str, ...] = ()
    """Its figures as printed, in order."""
    old_shingles: "array[int] | None" = None
    """The shingles of a text that an older version stored without its words."""

    @property
    def shingles(self) -> "array[int]":
        """Return its runs of three words, as numbers, in order (`words.shingles`); they are made anew each time."""
        return self.old_shingles or shingles(self.words)

    @property
    def is_short(self) -> bool:
        """Return whether it has so few marks that one shared mark is enough for a comparison."""
        return len(self.marks) <= _LEAST

    def printed_figures(self) -> dict[int, str]:
        """Return the figures as printed, by the index of the word."""
        if not self.figures:
            return {}
        places = [at for at, word in enumerate(self.words) if word >= FIGURES]
        return dict(zip(places, self.figures, strict=False))

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
    dated: str | None = None,
    own_agency: str | None = None,
) -> Text:
    """Return the `Text` of an article; `lines` is its narrative, without dateline and credit.

    `own_agency` is the agency that the outlet belongs to; it counts as credited if the article credits no agency.
    """
    words, figures = numbered_words(lines)
    runs = array("I", set(shingles(words)))
    digest = blake2b(words.tobytes(), digest_size=8).digest()
    return Text(
        id=id,
        outlet=outlet,
        published=published,
        agencies=frozenset(agencies) or frozenset([own_agency] if own_agency else []),
        places=frozenset(places),
        dated=dated,
        by_agency=own_agency is not None,
        digest=digest,
        weight=weigh(runs),
        marks=sample(runs),
        words=words,
        figures=tuple(figures),
    )


def sample(numbers: "array[int]") -> "array[int]":
    """Return the marks of a text: a sample of its rare shingles, chosen by value, so that similar texts share marks.

    About one in eight rare shingles is sampled, but at least 16 (or all, if there are fewer) and at most 20. No shingle
    may stand twice in `numbers`.
    """
    chosen = sorted(compress(numbers, lowest_bytes(numbers).translate(_SAMPLED)))
    if len(chosen) < _LEAST:
        rare = sorted((number >> 2 & 7, number) for number in numbers if number & 3 >= 2)
        chosen = [number for _, number in rare[:_LEAST]]
    return array("I", chosen[:_MOST])

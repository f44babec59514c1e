"""How many texts may share a mark, or one story, and how these limits grow with the number of texts."""

PERIOD_DAYS = 7
"""Days of a period; marks are indexed by period, so that a search costs the same after a month and after years."""
PERIOD_SECONDS = PERIOD_DAYS * 86_400
SPAN = 1
"""Periods before and after a text's own in which the texts of a mark are counted: three weeks in all."""
COMMON = 128
"""A mark that more texts than this share within a span is boilerplate there, and finds nothing."""
LARGEST = 256
"""Maximum number of texts in a story; boilerplate holds a larger one together."""
TEXTS = 30_000
"""Number of texts in a span up to which both limits are as above; they double each time the number doubles."""


def period_of(published: int) -> int:
    """Return the number of the period of a time in seconds since 1970.

    >>> period_of(0), period_of(7 * 86_400)
    (0, 1)
    """
    return published // PERIOD_SECONDS


def growth(texts: int, *, normal: int = TEXTS) -> int:
    """Return the factor by which both limits grow in a span with this number of texts.

    >>> [growth(texts) for texts in (0, 30_000, 30_001, 60_001, 2_000_000)]
    [1, 1, 2, 4, 128]
    """
    return 1 << (max(texts - 1, 0) // normal).bit_length()

"""The shades of tables whose cells are coloured by their number (`crawler/design/heat.css`)."""

from math import ceil, sqrt

_LEVELS = 5
_DARK = 4
"""Least number with the darkest shade: on a quiet day, one article is not dark."""


def shade(count: int, most: int) -> int:
    """Return the shade of a number, from 0 for nothing to 5 for `most`, the largest of its table."""
    return ceil(_LEVELS * sqrt(count / max(most, _DARK))) if count else 0

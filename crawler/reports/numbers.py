"""Small sums of a report."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from statistics import median


def middle(values: Sequence[float]) -> float | None:
    """Return the median, rounded; None of nothing."""
    return round(median(values), 2) if values else None


def high(values: Sequence[float]) -> float | None:
    """Return the value that nine of ten do not exceed, rounded; None of nothing."""
    return round(sorted(values)[max(0, -(-9 * len(values) // 10) - 1)], 2) if values else None


def ranked(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return counts, the largest first, names in order where counts are equal."""
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))


def moment(text: str | None) -> datetime | None:
    """Return an ISO time with an offset; None for a day alone, or for nothing."""
    if not text or len(text) <= len("2025-11-28"):
        return None
    return datetime.fromisoformat(text)

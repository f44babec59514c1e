"""What is usual: the median of the same weekday and hour in the four weeks before a day."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from statistics import median

WEEKS = 4
_FEWEST_DAYS = 7
"""Days with articles, among the 28 before, below which nothing is called usual."""


class Usual:
    """What is usual on a day for each newsroom and hour."""

    def __init__(self, day: str, counts: Iterable[tuple[str, int, str, int]]) -> None:
        """`counts` has the articles of each earlier day, hour and outlet, as `DayRows.hours` yields them."""
        then = date.fromisoformat(day)
        self._counts: Counter[tuple[str, int, str]] = Counter()
        days = set()
        for earlier, hour, outlet, count in counts:
            if 0 < (then - date.fromisoformat(earlier)).days <= 7 * WEEKS:
                self._counts[earlier, hour, outlet] += count
                days.add(earlier)
        ordinals = (then.toordinal() - 7 * week for week in range(1, WEEKS + 1))
        weekdays = (date.fromordinal(ordinal).isoformat() for ordinal in ordinals if ordinal > 0)
        self._days = [each for each in weekdays if each in days] if len(days) >= _FEWEST_DAYS else []
        self._outlets = {outlet for _, _, outlet in self._counts}

    @property
    def is_known(self) -> bool:
        """Return whether enough days came before."""
        return bool(self._days)

    def of_cell(self, outlet: str, hour: int) -> float | None:
        """Return what is usual for a newsroom in an hour; None if too little is known."""
        return self._median(lambda day: self._counts[day, hour, outlet])

    def of_hour(self, hour: int) -> float | None:
        """Return what is usual for all newsrooms together in an hour."""
        return self._median(lambda day: sum(self._counts[day, hour, outlet] for outlet in self._outlets))

    def of_outlet(self, outlet: str) -> float | None:
        """Return what is usual for a newsroom on the whole day."""
        return self._median(lambda day: sum(self._counts[day, hour, outlet] for hour in range(24)))

    def of_day(self) -> float | None:
        """Return what is usual for all newsrooms on the whole day."""
        return self._median(
            lambda day: sum(self._counts[day, hour, outlet] for hour in range(24) for outlet in self._outlets)
        )

    def _median(self, count: Callable[[str], int]) -> float | None:
        return median(map(count, self._days)) if self._days else None

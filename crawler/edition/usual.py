"""What is usual: the median of the same weekday and hour in the four weeks before a day."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from statistics import median

from crawler.edition.day_rows import DayRows

WEEKS = 4
_FEWEST_DAYS = 7
"""Days with articles, among the 28 before, below which nothing is called usual."""


class Usual:
    """What is usual on a day for each newsroom and hour."""

    def __init__(self, day: str, rows: DayRows) -> None:
        then = date.fromisoformat(day).toordinal()
        earlier = [date.fromordinal(then - back).isoformat() for back in range(1, min(7 * WEEKS, then - 1) + 1)]
        with_articles = rows.days().keys() & set(earlier)
        is_enough = len(with_articles) >= _FEWEST_DAYS
        self._days = [each for each in earlier[6::7] if each in with_articles and is_enough]
        self._counts = Counter({(each, hour, outlet): count for each, hour, outlet, count in rows.hours(self._days)})
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

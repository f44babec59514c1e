"""Day and month as a dateline prints them, with no year or, rarely, one."""

import re
from dataclasses import dataclass
from datetime import date

from crawler.text.calendar import almanac, day_number, month_number
from crawler.text.dates import read_dateline_date
from crawler.text.fold import fold

_WORD = r"[^\s\d,.]{2,9}"
_YEAR = r"(?:,?\s+(?P<year>\d{4}))?"
_DAY_FIRST = re.compile(rf"(?P<day>\d{{1,2}}|{_WORD}(?=\s))\s*(?P<month>{_WORD})\.?{_YEAR}")
_MONTH_FIRST = re.compile(rf"(?P<month>{_WORD})\.?\s+(?P<day>\d{{1,2}}){_YEAR}")


@dataclass(frozen=True, slots=True)
class DayMonth:
    """A day and a month, and the year where one is printed."""

    day: int
    month: int
    year: int | None = None


def read_day_month(text: str) -> DayMonth | None:
    """Return the day that a text prints and nothing else, or None.

    >>> read_day_month("चार अप्रैल")
    DayMonth(day=4, month=4, year=None)
    """
    folded = _without_weekday(fold(text).strip())
    found = _DAY_FIRST.fullmatch(folded) or _MONTH_FIRST.fullmatch(folded)
    if found is None:
        return None
    day, month = day_number(found["day"]), month_number(found["month"])
    if day is None or month is None:
        return None
    return DayMonth(day, month, int(found["year"]) if found["year"] else None)


def is_weekday(text: str) -> bool:
    """Return whether a text is the name of a day of the week and nothing else: `मंगलवार`."""
    return fold(text).strip() in almanac().weekdays


def _without_weekday(folded: str) -> str:
    """Return a date without the day of the week before it: `सोमवार 23 नवंबर 2026`, as Vatican News prints it."""
    first, _, rest = folded.partition(" ")
    return rest.lstrip() if rest and is_weekday(first.rstrip(",")) else folded


def date_of(printed: DayMonth, published: date) -> date | None:
    """Return the date that a dateline prints: in its own year, or the one nearest to the publication.

    >>> date_of(DayMonth(31, 12), date(2025, 1, 1))
    datetime.date(2024, 12, 31)
    """
    return read_dateline_date(printed.day, printed.month, date(printed.year, 7, 2) if printed.year else published)

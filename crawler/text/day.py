"""Day and month as a dateline prints them, and the year that the publication date gives them."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from crawler.text.fold import fold

_MONTHS = """जनवरी january jan|फरवरी फ़रवरी february feb|मार्च march mar|अप्रैल अप्रेल april apr|मई may|जून june jun|
जुलाई july jul|अगस्त august aug|सितंबर सितम्बर september sept sep|अक्टूबर अक्तूबर october oct|
नवंबर नवम्बर november nov|दिसंबर दिसम्बर december dec"""
_DAYS = "एक दो तीन चार पांच छह सात आठ नौ दस"
_SHAPE = re.compile(r"(\d{1,2}|[^\s\d,.]{2,6})\s+([^\s\d,.]{2,9})\.?(?:,?\s+(\d{4}))?")
_TURNED = re.compile(r"([^\s\d,.]{2,9})\.?\s+(\d{1,2})(?:,?\s+(\d{4}))?")


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
    folded = fold(text).strip()
    found = _SHAPE.fullmatch(folded)
    if found:
        day, month, year = found.groups()
    elif found := _TURNED.fullmatch(folded):
        month, day, year = found.groups()
    else:
        return None
    number = int(day) if day.isdigit() else _days().get(day, 0)
    if not 1 <= number <= 31 or month not in _months():
        return None
    return DayMonth(number, _months()[month], int(year) if year else None)


def date_of(day: DayMonth, published: date) -> str | None:
    """Return the date nearest to the publication, as `YYYY-MM-DD`; None for a day that no such year has.

    >>> date_of(DayMonth(31, 12), date(2025, 1, 1)), date_of(DayMonth(1, 1), date(2024, 12, 31))
    ('2024-12-31', '2025-01-01')
    """
    years = [day.year] if day.year else [published.year - 1, published.year, published.year + 1]
    dates = [found for year in years if (found := _date(year, day)) is not None]
    return min(dates, key=lambda found: abs(found - published)).isoformat() if dates else None


def _date(year: int, day: DayMonth) -> date | None:
    try:
        return date(year, day.month, day.day)
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    return {fold(name): n for n, names in enumerate(_MONTHS.split("|"), start=1) for name in names.split()}


@lru_cache(maxsize=1)
def _days() -> dict[str, int]:
    return {fold(name): n for n, name in enumerate(_DAYS.split(), start=1)}

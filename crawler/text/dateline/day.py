"""Parse the date in a dateline: day and month in any style, rarely with a year."""

import re
from dataclasses import dataclass
from datetime import date

from crawler.text.calendar import calendar, day_number, month_number
from crawler.text.dates import read_dateline_date
from crawler.text.fold import fold

_LABEL = re.compile(
    r"""
    (?:ता|दि|तारीख|दिनांक)\s?[.:]?\s+      # a space ends the label: तारीख 12 जून, दि : 12 जून
    |(?:ता|दि)\.\s?                       # so does the dot of an abbreviation: ता.12 जून
    """,
    re.VERBOSE,
)
"""The word for date before a date: सूरत, ता. 12 जून."""
_FIRST_WORD = re.compile(r"([^\s\d,.:()\[\]।|/-]{3,16}),?\s+")
_WORD = r"[^\s\d,.:()\[\]।|/'’–-]{2,12}"
_YEAR = r"""
    (?:(?:
        (?:,?\s+|[-–/])(?P<year>\d{4})                                 # 12 जून 2024, 12-जून-2024
      | (?:,?\s+['’]?|['’])(?P<short>\d\d)(?=\s*(?:[:।|([–—-]|$))   # two digits: only at the end, 19 मार्च 20 (रेई)
    )(?!\d))?
"""
_FORMS = tuple(
    re.compile(form, re.VERBOSE)
    for form in (
        # 12/06/2024, 12.6.24; the year is required because 26/11 and 9/11 are events
        r"(?P<day>\d{1,2})(?P<mark>[./-])(?P<month>\d{1,2})(?P=mark)(?:(?P<year>\d{4})|(?P<short>\d\d))(?!\d)",
        rf"(?P<day>\d{{1,2}}[-–/]?|{_WORD}(?=\s))\s*(?P<month>{_WORD})\.?{_YEAR}",  # 12 जून, 12-जून, चार अप्रैल
        rf"(?P<month>{_WORD})\.?\s+(?P<day>\d{{1,2}})(?!\d){_YEAR}",  # जून 12
    )
)


@dataclass(frozen=True, slots=True)
class DayMonth:
    """A day of the month, a month (1 to 12), and the year if one is printed."""

    day: int
    month: int
    year: int | None = None


def day_at(text: str, start: int = 0) -> tuple[DayMonth, int] | None:
    """Return the date printed at index `start` of a text and the index after it, or None.

    >>> day_at("लंदन, 12 जून (एपी)", 6)
    (DayMonth(day=12, month=6, year=None), 12)
    """
    label = _LABEL.match(text, start)
    start = label.end() if label else start
    word = _FIRST_WORD.match(text, start)
    start = word.end() if word and is_weekday(word[1]) else start  # सोमवार 23 नवंबर 2026
    for form in _FORMS:
        found = form.match(text, start)
        day = _read(found) if found else None
        if found and day:
            return day, found.end()
    return None


def _read(found: re.Match[str]) -> DayMonth | None:
    day = day_number(found["day"].rstrip("-–/"))
    month = int(found["month"]) if found["month"].isdigit() else month_number(found["month"])
    if day is not None and month is not None and month > 12 >= day:
        day, month = month, day  # 06/13/2024 can be read in one way only
    if day is None or month is None or not (1 <= month <= 12 and day <= 31):
        return None
    short = found["short"]
    year = found["year"]
    return DayMonth(day, month, int(year) if year else 2000 + int(short) if short else None)


def read_day_month(text: str) -> DayMonth | None:
    """Return the date if a text is a date and nothing else, or None.

    >>> read_day_month("चार अप्रैल")
    DayMonth(day=4, month=4, year=None)
    """
    text = text.strip()
    found = day_at(text)
    return found[0] if found and not text[found[1] :].strip(" .") else None


def is_weekday(text: str) -> bool:
    """Return whether a text is the name of a weekday and nothing else: `मंगलवार`."""
    return fold(text).strip() in calendar().weekdays


def date_of(printed: DayMonth, published: date) -> date | None:
    """Return the date of a dateline: in its printed year, else in the year that puts it nearest to the publication.

    None if there is no such date, as for 31 June.

    >>> date_of(DayMonth(31, 12), date(2025, 1, 1))
    datetime.date(2024, 12, 31)
    """
    return read_dateline_date(printed.day, printed.month, date(printed.year, 7, 2) if printed.year else published)

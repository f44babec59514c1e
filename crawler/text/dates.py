"""Dates that outlets print: `Updated: Jun 13, 2024 7:33 IST`, `12 जून 2024, 03:15 अपराह्न`, `2 घंटे पहले`."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from crawler.text.calendar import calendar, either, month_number
from crawler.text.fold import fold_name
from crawler.text.printed_date import PrintedDate, is_alone, read_label
from crawler.text.spans import read_span
from crawler.text.time_of_day import Clock, read_clocks

_LONGEST = 240  # a longer text is a paragraph, not a printed date
_EARLIEST = 1990
_SENTENCE = re.compile(
    r"""
    \s?(?:को|में|से|तक|के|की|का|पर)
    (?![\u0900-\u0963])                           # a whole word: not the beginning of काठमांडू
    (?!\s(?:प्रकाशित|अपडेट|संशोधित|अद्यतन))           # not before a label: 12 जून 2024 को प्रकाशित
    """,
    re.VERBOSE,
)
"""A date before a postposition stands in a sentence: `12 जून 2024 को`."""
_BARS = "|•·"
_BASIC_ISO = re.compile(
    r"""
    (?<!\d)(\d{8})                  # year, month and day without dashes: 20240612
    t                               # small, since the text is folded
    (\d\d)(\d\d)(\d\d)(?!\d)        # hour, minute, second without colons
    """,
    re.VERBOSE,
)


def read_printed_dates(text: str, *, now: datetime | None, zone: str = "Asia/Kolkata") -> tuple[PrintedDate, ...]:
    """Return the dates that a short text prints, in order, each with its label (published, updated or none).

    `now` is the time of the fetch: without it, a span (`2 घंटे पहले`) and a date without a year are not read; with it,
    a date more than a day later is left out. `zone` is the IANA zone of a time that is printed without one. A text of
    more than 240 characters is a paragraph and gives no date.
    """
    if len(text) > _LONGEST:
        return ()
    folded = _BASIC_ISO.sub(r"\1 \2:\3:\4", fold_name(text))
    here = ZoneInfo(zone)
    since = now.astimezone(here) if now else None
    days = _days_of(folded, since)
    if not days:
        span = read_span(folded, since)
        return (span,) if span else ()
    clocks = read_clocks(_without(folded, days))
    if clocks is None:
        return ()
    return tuple(_joined(days, clocks, folded, here, since))


def read_dateline_date(day: int, month: int, published: date) -> date | None:
    """Return the date of a dateline, which prints no year: the one nearest to the publication.

    >>> read_dateline_date(31, 12, date(2025, 1, 1)), read_dateline_date(1, 1, date(2024, 12, 31))
    (datetime.date(2024, 12, 31), datetime.date(2025, 1, 1))
    """
    years = (published.year - 1, published.year, published.year + 1)
    dates = [found for year in years if (found := _date(year, month, day)) is not None]
    return min(dates, key=lambda found: abs(found - published)) if dates else None


@dataclass(frozen=True, slots=True)
class _Day:
    day: date
    start: int
    end: int


def _days_of(folded: str, since: datetime | None) -> list[_Day]:
    days: list[_Day] = []
    for pattern in _forms():
        for found in pattern.finditer(folded):
            if any(found.start() < day.end and day.start < found.end() for day in days):
                continue
            read = None if _is_of_something_else(found, folded) else _read_day(found, since)
            if read is not None:
                days.append(_Day(read, found.start(), found.end()))
    return sorted(days, key=lambda day: day.start)


def _is_of_something_else(found: re.Match[str], folded: str) -> bool:
    """Return whether a date is part of a sentence (`12 जून 2024 को दो लोग …`), or a day's name of a line (`आज 35°C`).

    A time of day after a date makes no sentence: `13 जून 2024 को शाम 5 बजे`.
    """
    if found.groupdict().get("relative"):
        begin, end = _part_around(found, folded)
        rest = folded[begin : found.start()] + " " + folded[found.end() : end]
        clocks = read_clocks(rest) or []
        return len(clocks) > 1 or not is_alone(*((clocks[0].start, clocks[0].end) if clocks else (0, 0)), rest)
    postposition = _SENTENCE.match(folded, found.end())
    if postposition is None:
        return False
    rest = folded[postposition.end() :]
    clocks = read_clocks(rest) or []
    return len(clocks) != 1 or not is_alone(clocks[0].start, clocks[0].end, rest)


def _part_around(found: re.Match[str], folded: str) -> tuple[int, int]:
    """Return where the part of a row between its bars begins and ends: `विदेश | आज, 9:30 AM`."""
    begin = max(folded.rfind(bar, 0, found.start()) for bar in _BARS) + 1
    end = min((at for bar in _BARS if (at := folded.find(bar, found.end())) >= 0), default=len(folded))
    return begin, end


def _read_day(found: re.Match[str], since: datetime | None) -> date | None:
    parts = found.groupdict()
    word = parts.get("relative")
    if word:
        return since.date() - timedelta(days=calendar().days[word]) if since else None
    named = parts["month"]
    month = int(named) if named.isdigit() else month_number(f"{named}.") or 0
    day, year = int(parts["day"]), parts["year"]
    if named.isdigit() and len(parts["year"]) == 4 and month > 12 >= day:
        day, month = month, day  # 06/13/2024 can be read in one way only
    if year is None:
        near = read_dateline_date(day, month, since.date()) if since else None
        return near if near and since and near <= since.date() + timedelta(days=1) else None
    year = int(year) + (2000 if len(year) == 2 else 0)
    read = _date(year, month, day)
    if named.isdigit() and parts.get("mark") and read and since and read > since.date() + timedelta(days=1):
        turned = _date(year, day, month)  # day first, it lies ahead: 09/11/2024 in September is a month first
        return turned if turned and turned <= since.date() else read
    return read


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if _EARLIEST <= year <= 2100 else None
    except ValueError:
        return None


def _without(folded: str, days: list[_Day]) -> str:
    """Return the text with its dates blanked out, so that no digit of theirs is read as a time."""
    for day in days:
        folded = folded[: day.start] + " " * (day.end - day.start) + folded[day.end :]
    return folded


def _joined(
    days: list[_Day], clocks: list[Clock], text: str, here: ZoneInfo, since: datetime | None
) -> list[PrintedDate]:
    printed = []
    before = bool(clocks) and clocks[0].start < days[0].start
    for number, day in enumerate(days):
        left = 0 if number == 0 else days[number - 1].end
        right = days[number + 1].start if number + 1 < len(days) else len(text)
        span = (left, day.start) if before else (day.end, right)
        mine = [clock for clock in clocks if span[0] <= clock.start < span[1]]
        clock = mine[-1 if before else 0] if mine else None
        moment = datetime.combine(day.day, clock.time if clock else time(), (clock and clock.zone) or here)
        if since is None or moment <= since + timedelta(days=1):
            label = read_label(text, left, day.start, right if len(days) == 1 else day.start)
            printed.append(PrintedDate(moment=moment, is_day_alone=clock is None, label=label))
    return printed


@lru_cache(maxsize=1)
def _forms() -> tuple[re.Pattern[str], ...]:
    short = rf"{either(calendar().short_months)}(?:(?=[.॰])|(?=[ ,/'-]{{1,3}}(?:\d{{1,2}}[ ,]{{1,2}})?\d{{4}}(?!\d)))"
    month = f"(?P<month>{either(calendar().months)}|{short})"
    year = r"(?P<year>\d{4}|\d{2}(?![ ]?[\d:.])(?![ ]?(?:am|pm|बजे)))"
    day = r"(?<![\d:.])(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    return tuple(
        re.compile(form)
        for form in (
            r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
            r"(?<!\d)(?P<year>20\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)",
            r"(?<!\d)(?P<day>\d{1,2})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2}(?![\d:]))(?!\d)",
            rf"{month}[ ]{day}(?=[ ]\d\d:\d\d:\d\d(?:[ ][a-z]{{3,4}})?[ ](?P<year>\d{{4}})(?!\d))",  # as ctime prints
            rf"{day}[ .,/-]{{0,3}}{month}[.॰]?(?:[ .,/'-]{{0,3}}{year}(?!\d))?",
            rf"{month}[.॰]?[ /-]{{0,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:[ ,/'-]{{1,3}}{year}(?!\d))?",
            rf"(?P<relative>{either(calendar().days)})",
        )
    )

"""Parse times written by machines, on pages and in listings: ISO 8601 and its variants, epochs, RFC 822."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from crawler.text.dates import read_printed_dates
from crawler.text.zones import FURTHEST, read_zone

_LONGEST = 80  # characters; a longer text is not a time
_WHOLE = re.compile(r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\+\d\d|-(?!00:00)\d\d):[0-5]\d", re.ASCII)
"""ISO 8601 as Python writes it, to the second: most pages state such times. `isoformat` takes six times as long."""
_ISO = re.compile(
    r"""
    \s*(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})         # publishers write 2024/6/3 too
    (?:(?:T|[\s,]{1,3})
        (?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?
        \s?(?P<half>[AaPp]\.?[Mm]\.?)?                                   # 2024-06-13 09:30 PM
    )?
    """,
    re.VERBOSE,
)
_ZONE = re.compile(
    r"""
    [\s,]{0,2}[(\[]?
    (?P<zone>
        (?:GMT|UTC)?\s?[+-]\s?\d{1,2}(?::?\d{2})?(?!\d)  # +05:30, GMT+5
        | [A-Z][A-Za-z]{2,20}/[A-Z][A-Za-z_]{2,30}     # Asia/Kathmandu
        | [A-Z]{1,5}(?![A-Za-z])                       # an abbreviation, known or not
    )
    """,
    re.VERBOSE,
)
_ANY_CLOCK = re.compile(
    r"""
    (?: \d:\d{2} (?::\d{2})? (?:[.,]\d{1,9})?      # from the last digit of the hour on
      | \d (?=\s?(?:[AaPp]\.?[Mm]|बजे)) )         # an hour alone: 5 pm, 5 बजे
    (?: \s?[AaPp]\.?[Mm]\.? (?![A-Za-z]) )?        # not the beginning of a zone or a word
    (?: \s?बजे )?
    """,
    re.VERBOSE,
)
_EPOCH = re.compile(
    r"""
    \s*
    (?P<seconds>\d{10})              # since 1970; ten digits from 2001 to 2286
    (?P<thousandths>\d{3})?          # JavaScript counts milliseconds
    (?:\.\d{1,9})?
    \s*
    """,
    re.VERBOSE,
)


def read_machine_time(text: str, zone: str, *, now: datetime | None) -> str | None:
    """Return a time in ISO 8601 with offset, or `YYYY-MM-DD` if the text has no time of day, or None.

    `zone` is the IANA zone of a time without one. A time with an unknown zone gives None, because its moment is
    unknown. `now` is the time of the fetch, for dates without a year.

    >>> read_machine_time("2024-06-13 09:30 IST", "Asia/Kolkata", now=None)
    '2024-06-13T09:30:00+05:30'
    >>> read_machine_time("Sep 11, 2024, 10:52 pm", "Europe/Rome", now=None)
    '2024-09-11T22:52:00+02:00'
    """
    if len(text) > _LONGEST:
        return None
    if _WHOLE.fullmatch(text) and _is_in_use(text):
        return text
    epoch = _EPOCH.fullmatch(text)
    if epoch is not None:
        return datetime.fromtimestamp(int(epoch["seconds"]), UTC).isoformat()
    found = _ISO.match(text)
    if found is not None:
        return _iso(found, text, zone)
    if has_unknown_zone(text):
        return None
    printed = read_printed_dates(text, now=now, zone=zone)
    return printed[0].isoformat() if printed else None


def _is_in_use(text: str) -> bool:
    """Return whether there is such a day and such an offset."""
    try:
        offset = datetime.fromisoformat(text).utcoffset()
    except ValueError:
        return False
    return offset is not None and abs(offset) < FURTHEST


def _iso(found: re.Match[str], text: str, zone: str) -> str | None:
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
        if found["hour"] is None:
            return day.isoformat()
        hour = _hour(int(found["hour"]), found["half"])
        moment = datetime(day.year, day.month, day.day, hour, int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        return None
    printed = _ZONE.match(text, found.end())
    here = read_zone(printed["zone"]) if printed else ZoneInfo(zone)
    return moment.replace(tzinfo=here).isoformat() if here else None


def has_unknown_zone(text: str) -> bool:
    """Return whether a text holds a time of day with an unknown zone, so that its moment is unknown."""
    clocks = list(_ANY_CLOCK.finditer(text))
    printed = _ZONE.match(text, clocks[-1].end()) if clocks else None
    return printed is not None and read_zone(printed["zone"]) is None


def _hour(hour: int, half: str | None) -> int:
    if not half or hour > 12:
        return hour
    return hour % 12 + (12 if half[0] in "Pp" else 0)

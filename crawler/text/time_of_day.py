"""Parse the time of day in a printed date: `7:33 IST`, `03:15 अपराह्न`, `शाम 5 बजे`, `18:15 pm`."""

import re
from dataclasses import dataclass
from datetime import time, tzinfo
from functools import lru_cache

from crawler.text.calendar import calendar, either
from crawler.text.zones import read_zone


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in a text."""

    time: time
    zone: tzinfo | None
    """None if no zone is printed."""
    start: int
    """Index of its first character in the text."""
    end: int
    """Index after its last character."""


def read_clocks(folded: str) -> list[Clock] | None:
    """Return the times of day in a short folded text; None if one of them is impossible or ambiguous."""
    clocks = []
    for found in _pattern().finditer(folded):
        hours = found["hour"] or found["hours"] or found["full"]
        hour = _hour(int(hours), _half(found["before"] or found["after"] or found["beside"]))
        minute, second = int(found["minute"] or found["minutes"] or 0), int(found["second"] or 0)
        if hour is None or minute > 59 or second > 59:
            return None
        zone = read_zone(found["zone"]) if found["zone"] else None
        clocks.append(Clock(time(hour, minute, second), zone, found.start(), found.end()))
    return clocks


def _half(printed: str | None) -> str | None:
    return calendar().halves[printed] if printed else None


def _hour(hour: int, half: str | None) -> int | None:
    """Return the hour from 0 to 23; None if it is unclear: `रात 12 बजे` may begin or end the day.

    `half` is the part of the day, as in `Calendar.halves`.
    """
    if hour > 23:
        return None
    if half is None or hour > 12:
        return hour
    if half == "noon":
        return hour if hour in (10, 11, 12) else hour + 12
    if half == "night":
        return None if hour == 12 else hour + 12 if hour > 6 else hour
    return hour % 12 + (12 if half == "pm" else 0)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    half = either(calendar().halves)
    offset = r"(?:gmt|utc)?\s?[+-]\s?(?:\d{2}:?\d{2}|\d:\d{2})(?!\d)|(?:gmt|utc)\s?[+-]\d{1,2}(?::?\d{2})?"
    zone = f"{offset}|{either(calendar().zones)}"
    return re.compile(
        rf"""
        (?<![\d:])
        (?:(?P<before>{half})[ ,]{{0,2}}(?:के[ ])?)?                        # शाम के 5 बजे
        (?:
            (?P<hour>\d{{1,2}})[ ]?[:.][ ]?(?P<minute>\d{{2}})(?::(?P<second>\d{{2}})(?:[.,]\d{{1,9}})?)?
            [ ]{{0,2}}(?P<after>{half})?                                # 03:15 अपराह्न
            |
            (?P<hours>[0-2]\d)(?P<minutes>[0-5]\d)(?=[ ]?(?:{zone}))     # four digits need a zone: (0930 GMT)
            |
            (?P<full>\d{{1,2}})(?:[ ]?(?P<beside>{half})|(?=[ ]?बजे))   # an hour alone needs a word: 5 pm, 5 बजे
        )
        (?:[ ]?बजे)?
        (?![\d:])
        [ ,]{{0,3}}\(?(?P<zone>{zone})?\)?
        """,
        re.VERBOSE,
    )

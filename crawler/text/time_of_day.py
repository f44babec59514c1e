"""Parse the time of day in a printed date: `7:33 IST`, `03:15 अपराह्न`, `शाम साढ़े पांच बजे`, `18:15 pm`."""

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
        printed, minute = _printed(found)
        hour = _hour(printed, _half(found["before"] or found["after"] or found["beside"]))
        second = int(found["second"] or 0)
        if hour is None or minute > 59 or second > 59:
            return None
        zone = read_zone(found["zone"]) if found["zone"] else None
        clocks.append(Clock(time(hour, minute, second), zone, found.start(), found.end()))
    return clocks


def _printed(found: re.Match[str]) -> tuple[int, int]:
    """Return the hour and minute as printed: पांच is 5:00, साढ़े 5 is 5:30, डेढ़ is 1:30, पौने एक is 12:45."""
    if found["minute"] or found["minutes"]:
        return int(found["hour"] or found["hours"]), int(found["minute"] or found["minutes"])
    word, added = found["full"] or found["worded"], found["added"]
    number = int(word) if word.isdigit() else calendar().numbers.get(word) or calendar().fractions[word]
    hour, minute = divmod(int((number + (calendar().added[added] if added else 0)) * 60), 60)
    minute += (int(past) if past.isdigit() else calendar().numbers[past]) if (past := found["past"]) else 0
    return (hour or 12 if added else hour), minute


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
    hours = [word for word, number in calendar().numbers.items() if number <= 12]
    halves = [word for word, number in calendar().fractions.items() if number > 1]
    return re.compile(
        rf"""
        (?<![\d:])
        (?:(?P<before>{half})[ ,]{{0,2}}(?:के[ ])?(?:{either(calendar().about)}[ ])?)?   # शाम के 5 बजे, शाम करीब 5 बजे
        (?:
            (?P<hour>\d{{1,2}})[ ]?[:.][ ]?(?P<minute>\d{{2}})(?::(?P<second>\d{{2}})(?:[.,]\d{{1,9}})?)?
            [ ]{{0,2}}(?P<after>{half})?                                # 03:15 अपराह्न
            |
            (?P<hours>[0-2]\d)(?P<minutes>[0-5]\d)(?=[ ]?(?:{zone}))     # four digits need a zone: (0930 GMT)
            |
            (?:(?P<added>{either(calendar().added)})[ ])?               # साढ़े 5 बजे, पौने दस बजे
            (?:
                (?P<full>\d{{1,2}})(?:[ ]?(?P<beside>{half})|(?=[ ]?बज(?:े|कर)))  # 5 pm, 5 बजे; not 5 alone
                | (?P<worded>{either([*hours, *halves])})(?=[ ]?बज(?:े|कर))  # पांच बजे, डेढ़ बजे
            )
            (?:[ ]?बजकर[ ](?P<past>{either(calendar().numbers)}|\d{{1,2}})[ ]मिनट)?   # सात बजकर पांच मिनट
        )
        (?:[ ]?बजे)?
        (?![\d:])
        [ ,]{{0,3}}\(?(?P<zone>{zone})?\)?
        """,
        re.VERBOSE,
    )

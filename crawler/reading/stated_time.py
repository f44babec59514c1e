"""One time that a page states: read from what is written, and judged whether it may be one of publication."""

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from crawler.items import Source
from crawler.reading.machine_time import has_unknown_zone, read_machine_time
from crawler.reading.metadata import Sources

_EARLIEST = "2000"
"""The first year of a publication, as times in ISO 8601 begin."""
CLOCKS = timedelta(hours=1)
"""How far the clocks of a publisher and of a crawl may lie apart."""
_ZONES = timedelta(hours=14)
"""How far a local time that calls itself UTC may lie ahead of UTC."""
_LONGEST_UNKNOWN = 60
_DIGITS = re.compile(r"\d")
_FEWEST_DIGITS = 3
"""Digits of a complete date at least: one of the day and two of the year; `PT16S` is none."""


class Stated(NamedTuple):
    """One time that a page states."""

    time: str
    """ISO 8601 with offset, or `YYYY-MM-DD`."""
    source: Source
    raw: str
    """The value or the printed text that it was read from."""


def is_utc(time: str) -> bool:
    """Return whether a time is in UTC."""
    return time.endswith("+00:00")


def time_of(text: str, page: Sources) -> str | None:
    """Return a machine-written or printed time in ISO 8601 with offset, or `YYYY-MM-DD` for a day.

    None if the text is no time, or one that cannot be that of a publication.
    """
    if text not in page.times:
        time = read_machine_time(text, page.zone, now=page.fetched_at)
        time = time or (None if has_unknown_zone(text) else read_unknown(text, page.zone))
        page.times[text] = time if time and is_plausible(time, page) else None
    return page.times[text]


def is_plausible(time: str, page: Sources) -> bool:
    """Return whether a time may be a publication time: not before 2000, not after the page was fetched."""
    return time >= _EARLIEST and is_past(time, page, _ZONES if is_utc(time) else CLOCKS)


def is_past(time: str, page: Sources, tolerance: timedelta) -> bool:
    """Return whether a time lies before the page was fetched, or at most `tolerance` behind."""
    moment = datetime.fromisoformat(time)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(page.zone))
    return moment <= (page.fetched_at or datetime.now(UTC)) + tolerance


def read_unknown(text: str, zone: str) -> str | None:
    """Return a time that our own grammar cannot read, as dateparser reads it, or None; only complete dates are read.

    dateparser takes a thousand times as long as our own grammar, so it reads only what JSON-LD, a selector, a meta tag
    or the element `time` states.
    """
    if len(text) > _LONGEST_UNKNOWN or len(_DIGITS.findall(text)) < _FEWEST_DIGITS:
        return None
    if not any(letter.isalpha() for letter in text):
        return None
    from dateparser import parse as parse_date  # half a second to import

    settings = {
        "TIMEZONE": zone,
        "RETURN_AS_TIMEZONE_AWARE": True,
        "STRICT_PARSING": True,
        "PARSERS": ["absolute-time"],
    }
    moment: datetime | None = parse_date(text, languages=["hi", "en"], settings=settings)
    return moment.replace(microsecond=0).isoformat() if moment else None

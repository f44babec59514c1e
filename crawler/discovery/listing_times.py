"""Read times in listings: same grammar as for pages, in the outlet's zone, within plausible bounds."""

import calendar
import re
from datetime import UTC, datetime, timedelta

from crawler.reading.machine_time import read_machine_time

_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_CLOCKS = timedelta(hours=1)
"""Tolerated difference between the publisher's clock and ours."""
_MONTH = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2]))?")
"""A year or a month without a day, as the W3C profile of ISO 8601 and the sitemap protocol allow."""


def read_time(printed: str | None, now: datetime) -> datetime | None:
    """Return a printed time with its offset; None if it is unreadable, before 2000, or more than an hour ahead of now.

    `now` is when the listing was fetched, in the IANA zone of a time that is printed without one. A time with an
    unknown zone gives None.

    >>> from zoneinfo import ZoneInfo
    >>> now = datetime(2021, 2, 1, tzinfo=ZoneInfo("Asia/Kolkata"))
    >>> read_time("Friday, January 29, 2021 04:42 PM", now).isoformat()
    '2021-01-29T16:42:00+05:30'
    """
    plain = " ".join((printed or "").split())
    text = read_machine_time(plain, str(now.tzinfo), now=now) if any(map(str.isdigit, plain)) else None
    if text is None:
        return None
    time = datetime.fromisoformat(text)
    time = time.replace(tzinfo=time.tzinfo or now.tzinfo)
    return time if _EARLIEST <= time <= now + _CLOCKS else None


def read_last_moment(printed: str | None, now: datetime) -> datetime | None:
    """Return a printed time of change, like `read_time`; a month or year alone gives its last moment, at most now.

    So no article or sitemap that may have changed later counts as too old.
    """
    alone = _MONTH.fullmatch((printed or "").strip())
    if alone is None:
        return read_time(printed, now)
    year, month = int(alone["year"]), int(alone["month"] or 12)
    if not _EARLIEST.year <= year <= 2100 or (year, int(alone["month"] or 1)) > (now.year, now.month):
        return None
    last = datetime(year, month, calendar.monthrange(year, month)[1], 23, 59, 59, tzinfo=now.tzinfo)
    return min(last, now.replace(microsecond=0))

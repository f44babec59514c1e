"""Times as the record holds them: an instant in UTC, the day at the outlet, and how exactly both are known."""

import re
from datetime import UTC, datetime, time
from typing import Literal, TypedDict
from zoneinfo import ZoneInfo

Precision = Literal["second", "minute", "day"]

_DAY = len("2025-11-28")
_SECONDS = re.compile(
    r"""
      \d:\d{2}:\d{2} (?!\d)                      # 10:15:33
    | \d{8} T \d{6} (?!\d)                       # 20240612T101533, the basic form of ISO 8601
    | ^\s* \d{10} (?:\d{3})? (?:\.\d{1,9})? \s*$ # seconds or milliseconds since 1970
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Published(TypedDict):
    """The fields of the record that say when an article was published."""

    published_at: str | None
    published_on: str
    published_precision: Precision


def utc(moment: datetime) -> str:
    """Return a moment with an offset as an instant of the record, to the second.

    >>> utc(datetime.fromisoformat("2024-06-13T09:30:00+05:30"))
    '2024-06-13T04:00:00Z'
    """
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def instant(stated: str, zone: str) -> str | None:
    """Return a time in ISO 8601 as an instant of the record; None for a day alone.

    `zone` is the IANA zone of a time without an offset.
    """
    return None if len(stated) <= _DAY else utc(_moment(stated, zone))


def published(stated: str, zone: str, raw: str | None = None) -> Published:
    """Return the record's fields for a time of publication in ISO 8601, which may be a day alone.

    `zone` is the outlet's IANA zone, in which `published_on` is. `raw` is what the page prints; without it, a time
    counts as printed to the minute unless its seconds are other than zero.

    >>> published("2024-06-12T20:15:00Z", "Asia/Kolkata")["published_on"]
    '2024-06-13'
    """
    if len(stated) <= _DAY:
        return Published(published_at=None, published_on=stated, published_precision="day")
    moment = _moment(stated, zone)
    has_seconds = _SECONDS.search(raw) is not None if raw is not None else moment.second != 0
    return Published(
        published_at=utc(moment),
        published_on=moment.astimezone(ZoneInfo(zone)).date().isoformat(),
        published_precision="second" if has_seconds else "minute",
    )


def announced(moment: datetime, zone: str) -> Published:
    """Return the record's fields for a time in a listing: midnight, in the time's own offset, is a day alone."""
    return published(moment.date().isoformat() if moment.time() == time() else moment.isoformat(), zone)


def _moment(stated: str, zone: str) -> datetime:
    moment = datetime.fromisoformat(stated)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))

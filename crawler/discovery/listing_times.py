"""Times that listings print, in the forms that outlets really use."""

import re
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from crawler.reading.times import CLOCKS

_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_ZONES = {"IST": "+0530", "NPT": "+0545", "PKT": "+0500", "GST": "+0400"}
_ZONE_NAME = re.compile(r"\b(IST|NPT|PKT|GST)\b\.?$")
_SHORT_FRACTION = re.compile(r"\.\d+(?=Z|[+-]|$)")
_FORMS = (
    "%A, %B %d, %Y %I:%M %p",  # Friday, January 29, 2021 04:42 PM
    "%a, %d %b %Y %H:%M:%S",  # without a zone
    "%a, %d %b %Y %I:%M:%S %p %z",
    "%a, %d %b %Y %I:%M %p %z",
    "%d %b %Y %H:%M:%S %z",
    "%b %d, %Y %H:%M:%S %z",
    "%b %d, %Y %I:%M %p",
    "%B %d, %Y %I:%M %p",
    "%Y-%m-%d %H:%M:%S %z",
    "%d-%m-%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%a %b %d %H:%M:%S %Y",
)


def read_time(printed: str | None, time_zone: str = "Asia/Kolkata") -> datetime | None:
    """Return a printed time with its offset; None when it is none, lies before 2000 or ahead of now.

    >>> read_time("Friday, January 29, 2021 04:42 PM").isoformat()
    '2021-01-29T16:42:00+05:30'
    """
    plain = " ".join((printed or "").split())
    if not plain or len(plain) > 64:
        return None
    time = _parsed(_ZONE_NAME.sub(lambda zone: _ZONES[zone[1]], plain))
    if time is None:
        return None
    if time.tzinfo is None:
        time = time.replace(tzinfo=ZoneInfo(time_zone))
    return time if _EARLIEST <= time <= datetime.now(UTC) + CLOCKS else None


def _parsed(plain: str) -> datetime | None:
    with suppress(ValueError):
        return datetime.fromisoformat(_SHORT_FRACTION.sub("", plain))
    for form in _FORMS:
        with suppress(ValueError):
            return datetime.strptime(plain, form)
    try:
        return parsedate_to_datetime(plain)
    except (ValueError, IndexError, OverflowError):
        return None

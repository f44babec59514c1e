"""Parse the time zone after a time: an offset, an abbreviation (`crawler/data/calendar.toml`) or an IANA name."""

import re
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.text.calendar import calendar
from crawler.text.fold import fold_name

_OFFSET = re.compile(
    r"""
    (?:gmt|utc)?\s?              # the offset wins over the name before it: GMT+0530
    (?P<sign>[+-])\s?
    (?P<hours>\d{1,2}?)          # 5:30, 05:30, 0530, and +05 or GMT+5
    (?::?(?P<minutes>\d{2}))?
    """,
    re.VERBOSE,
)
FURTHEST = timedelta(hours=15)
"""Offsets from UTC are smaller; the largest in use is +14:00."""


@lru_cache(maxsize=64)  # a page states its times in one or two zones
def read_zone(printed: str) -> tzinfo | None:
    """Return the time zone that a text names, or None if it is unknown.

    >>> read_zone("GMT+0530"), read_zone("-0000"), read_zone("XYZ")
    (datetime.timezone(datetime.timedelta(seconds=19800)), datetime.timezone.utc, None)
    """
    folded = fold_name(printed).strip(" .()[]")
    known = calendar().zones.get(folded)
    if known is not None:
        return timezone(timedelta(minutes=known))
    found = _OFFSET.fullmatch(folded)
    if found is not None:
        offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
        return timezone(-offset if found["sign"] == "-" else offset) if offset < FURTHEST else None
    return _of_iana(printed.strip(" ()[]")) if "/" in printed else None


def _of_iana(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None

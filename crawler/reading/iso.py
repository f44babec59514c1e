"""Machine-written times: ISO 8601 and what publishers take for it."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_ISO = re.compile(
    r"^\s*(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})"
    r"(?:[T\s,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
    r"\s*\(?(?P<zone>Z|UTC|GMT|IST|[+-]\s?\d{2}:?\d{2})?\)?)?"
)
_IST = timezone(timedelta(hours=5, minutes=30))


def read_iso(value: str, zone: str) -> str | None:
    """Return a machine-written time in ISO 8601 with offset, or None.

    >>> read_iso("2024-06-13 09:30 IST", "Asia/Kolkata")
    '2024-06-13T09:30:00+05:30'
    """
    found = _ISO.match(value)
    if found is None:
        return None
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
        if found["hour"] is None:
            return day.isoformat()
        hour = _hour(int(found["hour"]), found["half"])
        moment = datetime(day.year, day.month, day.day, hour, int(found["minute"]), int(found["second"] or 0))
        return moment.replace(tzinfo=_zone(found["zone"], zone)).isoformat()
    except ValueError:
        return None


def _hour(hour: int, half: str | None) -> int:
    if not half or hour > 12:
        return hour
    return hour % 12 + (12 if half[0] in "Pp" else 0)


def _zone(printed: str | None, zone: str) -> tzinfo:
    if printed is None:
        return ZoneInfo(zone)
    if printed == "IST":
        return _IST
    if printed in ("Z", "UTC", "GMT"):
        return UTC
    digits = re.sub(r"\D", "", printed)
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]))
    return timezone(-offset if printed.startswith("-") else offset)

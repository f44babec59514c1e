"""The current time of a crawl, which decides what is due, what is recent, and which days' listings are read."""

from datetime import UTC, datetime
from typing import Any


def moment(settings: Any, recorded: datetime | None = None) -> datetime:
    """Return the time of a crawl: the setting CRAWL_TIME, else `recorded` (a replayed archive's time), else now."""
    fixed = settings.get("CRAWL_TIME")
    return datetime.fromisoformat(fixed) if fixed else recorded or datetime.now(UTC)


def utc_of_seconds(seconds: int) -> str:
    """Return seconds since 1970 as ISO 8601 in UTC: `2026-11-24T04:30:00Z`."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"


def now(settings: Any) -> int:
    """Return the time of a crawl in seconds since 1970, as the store has it; for a replay that is the real time."""
    return int(moment(settings).timestamp())

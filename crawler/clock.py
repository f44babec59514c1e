"""The moment of a crawl: what is due, what lies lately, and which days' listings are read, is reckoned from it."""

from datetime import UTC, datetime
from typing import Any


def moment(settings: Any, recorded: datetime | None = None) -> datetime:
    """Return the moment: the setting CRAWL_TIME, else that of the archive which a crawl replays, else the present."""
    told = settings.get("CRAWL_TIME")
    return datetime.fromisoformat(told) if told else recorded or datetime.now(UTC)


def now(settings: Any) -> int:
    """Return the moment in seconds since 1970, as the store keeps it; a replay's store goes by the present."""
    return int(moment(settings).timestamp())

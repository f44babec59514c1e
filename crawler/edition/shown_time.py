"""The time of an article as a page of the edition shows it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from crawler.edition.entry import EditionEntry


def shown_time(entry: EditionEntry, day: str, zone: ZoneInfo) -> str:
    """Return the time of an entry on the page of a day, with its own day if that is another; empty if none is known.

    An outlet abroad has its own days: its evening may be the next day on the edition's clock.
    """
    if entry.at is None:
        return "" if entry.day == day else f"{entry.day[8:]}/{entry.day[5:7]}"
    local = datetime.fromtimestamp(entry.at, zone)
    return f"{local:%H:%M}" if local.date().isoformat() == day else f"{local:%d/%m %H:%M}"

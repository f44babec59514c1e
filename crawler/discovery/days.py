"""Listings with one address a day: which days a crawl reads."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

_DATE = re.compile(r"\{date:[^{}]+\}")
MOST_DAYS = 31
"""Days that one crawl reads at most; a longer past is read in several crawls."""


def is_daily(template: str) -> bool:
    """Return whether a listing has an address for each day."""
    return _DATE.search(template) is not None


def addresses(template: str, since: datetime | None, now: datetime) -> Iterator[str]:
    """Yield the addresses of a listing: one, or one a day where its template has a date, newest first and each once.

    Without `since` these are today's and yesterday's, so that a crawl after midnight misses nothing.
    """
    if not is_daily(template):
        yield template
        return
    first = since.astimezone(now.tzinfo).date() if since else now.date() - timedelta(days=1)
    days = min((now.date() - first).days + 1, MOST_DAYS)
    told = (template.format(date=now.date() - timedelta(days=back)) for back in range(days))
    yield from dict.fromkeys(told)  # a template of months names one address for many days

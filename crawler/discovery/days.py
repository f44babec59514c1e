"""Daily listings, which have one URL per day: choose the days that a crawl reads."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

_DATE = re.compile(r"\{date:[^{}]+\}")
MOST_DAYS = 31
"""Maximum number of days that one crawl reads; a longer period takes several crawls."""


def is_daily(template: str) -> bool:
    """Return whether a listing's URL is a template with a date, as `https://…/sitemap-{date:%Y-%m-%d}.xml`."""
    return _DATE.search(template) is not None


def addresses(template: str, since: datetime | None, now: datetime) -> Iterator[str]:
    """Yield the URLs of a listing: the URL itself, or for a daily listing one per day, newest first, each once.

    Days run from `since` to `now`, at most MOST_DAYS. Without `since` these are today and yesterday, so that a crawl
    shortly after midnight misses nothing.
    """
    if not is_daily(template):
        yield template
        return
    first = since.astimezone(now.tzinfo).date() if since else now.date() - timedelta(days=1)
    days = min((now.date() - first).days + 1, MOST_DAYS)
    daily = (template.format(date=now.date() - timedelta(days=back)) for back in range(days))
    yield from dict.fromkeys(daily)  # a monthly template gives the same URL for many days

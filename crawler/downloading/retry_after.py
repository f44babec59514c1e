"""Read the header Retry-After (RFC 9110, section 10.2.3): how long a server asks a client to wait."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy.http import Response

_STATUSES = (429, 503)
"""Statuses whose Retry-After is obeyed."""
_LONGEST = 7 * 86_400.0
"""Seconds of the longest accepted wait, a week: a mistake in one header must not end the crawls of an outlet."""
_SECONDS = re.compile(r"[0-9]+(\.[0-9]+)?")


def read_retry_after(response: Response) -> float | None:
    """Return how many seconds a 429 or 503 response asks the crawler to wait, at most a week.

    The Retry-After header holds seconds or an HTTP date; a date in the past means 0. None for any other status, or if
    the header is missing or invalid.
    """
    printed = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if response.status not in _STATUSES or not printed:
        return None
    if _SECONDS.fullmatch(printed):
        return min(float(printed), _LONGEST)
    try:
        until = parsedate_to_datetime(printed)
        pause = until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return min(max(0.0, pause.total_seconds()), _LONGEST)

"""The header Retry-After: how long a server asks to be left alone."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy.http import Response

_STATUSES = (429, 503)
_LONGEST = 7 * 86_400.0
"""Whoever asks for more than a week is asked again after a week: a slip of one number must not end an outlet."""
_SECONDS = re.compile(r"[0-9]+(\.[0-9]+)?")


def read_retry_after(response: Response) -> float | None:
    """Return the seconds that a 429 or 503 asks to wait, a week at most; None where it says nothing that can be read.

    It prints seconds, or a date of which the past means now.
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

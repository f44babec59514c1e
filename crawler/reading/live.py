"""Recognise the time of a post in a live blog, on a line of its own or before the post's first words."""

import re

from crawler.reading.lines import Line
from crawler.reading.tree import Element
from crawler.text.date_rows import is_clock

_LONGEST_TIME = 60
_AGO = re.compile(
    r"""
      ^\W*(?:अभी|अभी[\s-]अभी|just\s+now|now)\W*$
    | ^\W*(?:(?:लगभग|करीब|about)\s+)?(?:\d{1,3}|एक|an?)\s+               # 5 मिनट पहले, an hour ago
      (?:सेकंड|मिनट|घंट[ाे]|घण्ट[ाे]|दिन|(?:sec|second|min|minute|hr|hour|day)s?)\s+(?:पहले|पूर्व|ago)\W*$
    """,
    re.IGNORECASE | re.VERBOSE,
)


def is_post_time(text: str) -> bool:
    """Return whether a line is the time of a post: `10:45 AM`, `13 जून 2024, 10:45 (IST)`, `5 मिनट पहले`."""
    return is_clock(text) or (len(text) < _LONGEST_TIME and _AGO.match(text) is not None)


def leading_time(line: Line) -> str | None:
    """Return the time at the beginning of a line if it has an element of its own before the text of a post, or None."""
    first = next(line.element.iterchildren(), None)
    if first is None or first.tag == "br" or _has_text(line.element):
        return None
    text = (first if _has_text(first) else next(first.iterchildren(), first)).text or ""
    time = " ".join(text.split()) if len(text) < 2 * _LONGEST_TIME else ""
    return time if 0 < len(time) < len(line.text) and line.text.startswith(time) and is_post_time(time) else None


def _has_text(element: Element) -> bool:
    text = element.text
    return text is not None and not text.isspace()

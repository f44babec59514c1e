"""Recognise the time of a post in a live blog, on a line of its own or before the post's first words."""

import re
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from crawler.reading.lines import Line, name_mark
from crawler.reading.machine_time import read_machine_time
from crawler.reading.parts_of_others import PartsOfOthers
from crawler.reading.tree import Element, text_of_element
from crawler.text.date_rows import is_clock
from crawler.text.dates import read_printed_dates

_LONGEST_TIME = 60
_AGO = re.compile(
    r"""
      ^\W*(?P<now>अभी|अभी[\s-]अभी|just\s+now|now)\W*$
    | ^\W*(?:(?:लगभग|करीब|about)\s+)?(?:\d{1,3}|एक|an?)\s+               # 5 मिनट पहले, an hour ago
      (?:सेकंड|मिनट|घंट[ाे]|घण्ट[ाे]|दिन|(?:sec|second|min|minute|hr|hour|day)s?)\s+(?:पहले|पूर्व|ago)\W*$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MOST_TIMES = 200
_POSTS = 3
"""Different times of the fewest posts of a live page."""
_MOST_ELEMENTS = 3000
_OF_OTHERS = frozenset(("related", "comments", "advertising"))


def has_posts(around: Element) -> bool:
    """Return whether an element holds at least three different times that may be those of posts."""
    of_others = PartsOfOthers((around,), _is_of_others)
    times: set[str] = set()
    for element in islice(
        around.iter("time", "dt", "span", "div", "p", "b", "strong", "h3", "h4", "td"), _MOST_ELEMENTS
    ):
        text = " ".join((element.text or "").split()) if len(element) == 0 else ""
        if 0 < len(text) < _LONGEST_TIME and text not in times and is_post_time(text) and not of_others.hold(element):
            times.add(text)
            if len(times) >= _POSTS:
                return True
    return False


def _is_of_others(element: Element) -> bool | None:
    return True if element.tag == "aside" or name_mark(element) in _OF_OTHERS else None


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


def with_moment(text: str, line: Line, now: datetime | None, zone: str) -> str:
    """Return the time of a post; behind a relative one the time that it means: `5 मिनट पहले (2024-06-12T11:35+05:30)`.

    It is that of the element `time` around it, or is counted back from `now`, when the page was fetched; without both
    a relative time stays as printed.
    """
    ago = _AGO.match(text)
    if ago is None:
        return text
    times = (time for time in islice(line.element.iter("time"), _MOST_TIMES) if text_of_element(time) == text)
    stated = {time.get("datetime") or "" for time in times}
    moment = read_machine_time(stated.pop(), zone, now=now) if len(stated) == 1 else None
    if moment is None and now is not None:
        moment = now.astimezone(ZoneInfo(zone)).isoformat() if ago["now"] else _counted_back(text, now, zone)
    return text if moment is None else f"{text} ({_to_the_minute(moment)})"


def _counted_back(text: str, now: datetime, zone: str) -> str | None:
    return next((printed.isoformat() for printed in read_printed_dates(text, now=now, zone=zone)), None)


def _to_the_minute(moment: str) -> str:
    return moment if len(moment) <= 10 else datetime.fromisoformat(moment).isoformat(timespec="minutes")


def _has_text(element: Element) -> bool:
    text = element.text
    return text is not None and not text.isspace()

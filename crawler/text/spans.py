"""Spans of time before now that outlets print instead of a date: `2 घंटे पहले`, `डेढ़ महीने पहले`."""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from crawler.text.calendar import calendar, either
from crawler.text.fold import fold_name
from crawler.text.printed_date import PrintedDate, is_alone, read_label

_POSTPOSITION_BEFORE = re.compile(r"(?<![\u0900-\u0963])(?:के|से|की)\s?$")
_WORD_AFTER = re.compile(r"\s[\u0900-\u0963]")

_MONTHS = {2_592_000: 1, 31_536_000: 12}
"""Months of the units that are counted by the calendar."""


def is_span(text: str) -> bool:
    """Return whether a text is a span of time before now, perhaps with a label, and nothing else: `6 घंटे पहले`."""
    folded = fold_name(text)
    found = _find_span(folded) or _now().search(folded)
    return found is not None and is_alone(found.start(), found.end(), folded)


def read_span(folded: str, since: datetime | None) -> PrintedDate | None:
    """Read a span of time before the fetch: `2 घंटे पहले`, `डेढ़ महीने पहले`."""
    if since is None:
        return None
    label = read_label(folded, 0, len(folded), len(folded))
    just_now = _now().search(folded)
    if just_now and is_alone(just_now.start(), just_now.end(), folded):
        return PrintedDate(moment=since.replace(microsecond=0), is_day_alone=False, label=label)
    found = _find_span(folded)
    if found is None or _counts_for_something_else(found, folded):
        return None
    unit, number = calendar().units[found["unit"]], _number(found)
    months = number * _MONTHS.get(unit, 0)
    if months and months == int(months):
        day = _months_before(since.date(), int(months))
        midnight = datetime.combine(day, time(), since.tzinfo)
        return PrintedDate(moment=midnight, is_day_alone=True, label=label)
    moment = since.replace(microsecond=0) - timedelta(seconds=number * unit)
    if unit >= 86400:
        moment = moment.replace(hour=0, minute=0, second=0)
    return PrintedDate(moment=moment, is_day_alone=unit >= 86400, label=label)


def _find_span(folded: str) -> re.Match[str] | None:
    """Return the first span in a text; few texts hold its last word, and the pattern takes long on any."""
    return _spans().search(folded) if any(map(folded.__contains__, calendar().ago)) else None


def _counts_for_something_else(span: re.Match[str], folded: str) -> bool:
    """Return whether a span dates something other than the page: `दो साल पहले बना पुल`, `शादी के 2 घंटे पहले`.

    A span of months or in words stands alone. One of hours in digits may stand behind anything but a postposition
    (`जकार्ता6 घंटे पहले`), and before a mark.
    """
    if calendar().units[span["unit"]] in _MONTHS or not span["count"].isdigit():
        return not is_alone(span.start(), span.end(), folded)
    return bool(_POSTPOSITION_BEFORE.search(folded, 0, span.start()) or _WORD_AFTER.match(folded, span.end()))


def _months_before(day: date, count: int) -> date:
    """Return the day `count` months before another, or the last of its month if that month is too short."""
    years, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def _number(span: re.Match[str]) -> float:
    """Return how many units a span counts: डेढ़ is one and a half, साढ़े तीन three and a half."""
    word = span["count"]
    if word in calendar().fractions:
        return calendar().fractions[word]
    number = int(word) if word.isdigit() else calendar().numbers[word]
    return number + (calendar().added[span["added"]] if span["added"] else 0)


@lru_cache(maxsize=1)
def _now() -> re.Pattern[str]:
    return re.compile(either(calendar().now))


@lru_cache(maxsize=1)
def _spans() -> re.Pattern[str]:
    count = rf"(?<!\d)\d{{1,3}}|{either({**calendar().numbers, **calendar().fractions})}"
    units, ago = either(calendar().units), either(calendar().ago)
    about = rf"(?:{either(calendar().about)}[ ])?"
    added = rf"(?:(?P<added>{either(calendar().added)})[ ])?"
    return re.compile(rf"{about}{added}(?P<count>{count})[ ]?(?P<unit>{units})[ ](?:{ago})")

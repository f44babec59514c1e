"""One date of a text, and the label that says what it dates: published, updated."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal

from crawler.text.calendar import calendar, either

Label = Literal["published", "updated"]

_SMALL_WORDS = re.compile(r"(?<![a-z\u0900-\u0963])(?:को|पर|at|on)(?![a-z\u0900-\u0963])")
"""What may stand beside a time and its label: `13 जून 2024 को शाम 5 बजे पर प्रकाशित`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedDate:
    """One date of a text."""

    moment: datetime
    """The moment, with its zone; midnight if only the day is printed."""

    is_day_alone: bool
    """Whether no time of day is printed."""

    label: Label | None = None
    """Whether the text calls it the time of publication or of an update; None if it says neither."""

    def isoformat(self) -> str:
        """Return ISO 8601 with offset, or `YYYY-MM-DD` if only the day is printed."""
        return self.moment.date().isoformat() if self.is_day_alone else self.moment.isoformat()


def read_label(text: str, left: int, start: int, right: int) -> Label | None:
    """Return the meaning of the nearest label before a date, else of the first label after it, or None."""
    ahead = list(_labels().finditer(text, left, start))
    found = ahead[-1] if ahead else _labels().search(text, start, right)
    named = calendar().labels.get(found[0]) if found else None
    return "updated" if named == "updated" else "published" if named else None


def is_alone(start: int, end: int, folded: str) -> bool:
    """Return whether nothing but labels and marks stands beside a piece of a text."""
    rest = _labels().sub("", folded[:start] + " " + folded[end:])
    return not any(map(str.isalnum, _SMALL_WORDS.sub("", rest)))


@lru_cache(maxsize=1)
def _labels() -> re.Pattern[str]:
    return re.compile(either(calendar().labels))

"""The words in printed dates and times, read from `crawler/data/calendar.toml`."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from crawler.text.fold import fold

_FILE = "crawler/data/calendar.toml"
_LETTER = "a-z\u0900-\u0963"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The words in printed dates and times, folded, each with its meaning."""

    months: Mapping[str, int]
    """1 to 12."""
    short_months: Mapping[str, int]
    """Abbreviations that count only before `.`, `॰` or a year, because they are other words too; 1 to 12."""
    weekdays: Mapping[str, int]
    """0 for Monday to 6 for Sunday."""
    numbers: Mapping[str, int]
    """1 to 60."""
    fractions: Mapping[str, float]
    """डेढ़: 1.5."""
    added: Mapping[str, float]
    """A fraction added to the number after it: साढ़े: 0.5."""
    about: frozenset[str]
    """करीब, about."""
    halves: Mapping[str, str]
    """The part of a day: `am`, `pm`, `noon` or `night`."""
    zones: Mapping[str, int]
    """Minutes east of UTC."""
    units: Mapping[str, int]
    """Seconds."""
    ago: frozenset[str]
    """पहले, ago."""
    days: Mapping[str, int]
    """Days before today: आज: 0, कल: 1."""
    now: frozenset[str]
    """अभी, just now."""
    labels: Mapping[str, str]
    """Which time a label announces: `published` or `updated`."""


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    """Return the words in printed dates; the first call reads the file."""
    return read_calendar(resources.files("crawler.data").joinpath("calendar.toml").read_text(encoding="utf-8"), _FILE)


def read_calendar(toml: str, file: str) -> Calendar:
    """Parse the calendar from TOML text; `file` is its name in error messages. Raise ValueError if a table is wrong."""
    try:
        tables: dict[str, dict[str, Any]] = tomllib.loads(toml)
        return Calendar(
            months=_numbered(tables["months"], range(1, 13), f"{file}: months"),
            short_months=_numbered(tables["short_months"], range(1, 13), f"{file}: short_months"),
            weekdays=_numbered(tables["weekdays"], range(7), f"{file}: weekdays"),
            numbers=_numbered(tables["numbers"], range(1, 61), f"{file}: numbers"),
            fractions={fold(word): float(number) for word, number in tables["fractions"].items()},
            added={fold(word): float(number) for word, number in tables["added"].items()},
            about=frozenset(map(fold, tables["about"]["words"])),
            halves=_named(tables["halves"]),
            zones={fold(zone): int(minutes) for zone, minutes in tables["zones"].items()},
            units=_numbered(tables["units"], range(1, 31536001), f"{file}: units"),
            ago=frozenset(map(fold, tables["ago"]["words"])),
            days=_numbered(tables["days"], range(3), f"{file}: days"),
            now=frozenset(map(fold, tables["now"]["words"])),
            labels=_named(tables["labels"]),
        )
    except KeyError as error:
        raise ValueError(f"{file}: {error} is missing; it lists months, weekdays, numbers, ...") from error
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{file}: {error}; it must be TOML") from error


def month_number(word: str) -> int | None:
    """Return the number of a month, 1 to 12, or None.

    >>> month_number("सितम्बर")
    9
    """
    folded = fold(word).strip(" ")
    plain = folded.strip(" .॰")
    return calendar().months.get(plain) or (calendar().short_months.get(plain) if plain != folded else None)


def day_number(word: str) -> int | None:
    """Return the day of a month, 1 to 31, printed in Latin or Devanagari digits or as a word, or None.

    >>> day_number("चार"), day_number("१३")
    (4, 13)
    """
    folded = fold(word).strip()
    is_figure = folded.isascii() and folded.isdigit() and len(folded) < 3
    number = int(folded) if is_figure else calendar().numbers.get(folded)
    return number if number is not None and 1 <= number <= 31 else None


def either(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words as a whole word; longer words are tried first."""
    longest = sorted(words, key=len, reverse=True)
    return f"(?<![{_LETTER}])(?:{'|'.join(map(re.escape, longest))})(?![{_LETTER}])"


def _numbered(table: dict[str, Any], allowed: range, where: str) -> dict[str, int]:
    meanings: dict[str, int] = {}
    for key, words in table.items():
        if not key.isdigit() or int(key) not in allowed:
            raise ValueError(f'{where}: "{key}" must be a number from {allowed.start} to {allowed.stop - 1}')
        for word in map(fold, words):
            if meanings.setdefault(word, int(key)) != int(key):
                raise ValueError(f'{where}: "{word}" stands under {meanings[word]} and under {key}')
    return meanings


def _named(table: dict[str, Any]) -> dict[str, str]:
    return {fold(word): meaning for meaning, words in table.items() for word in words}

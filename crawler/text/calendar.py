"""The words of printed dates, as `crawler/data/calendar.toml` lists them."""

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
class Almanac:
    """Folded words of dates, and what each means."""

    months: Mapping[str, int]
    short_months: Mapping[str, int]
    weekdays: Mapping[str, int]
    numbers: Mapping[str, int]
    fractions: Mapping[str, float]
    added: Mapping[str, float]
    about: frozenset[str]
    halves: Mapping[str, str]
    zones: Mapping[str, int]
    units: Mapping[str, int]
    ago: frozenset[str]
    days: Mapping[str, int]
    now: frozenset[str]
    labels: Mapping[str, str]


@lru_cache(maxsize=1)
def almanac() -> Almanac:
    """Return the words of printed dates, read at their first use."""
    return read_almanac(resources.files("crawler.data").joinpath("calendar.toml").read_text(encoding="utf-8"), _FILE)


def read_almanac(toml: str, file: str) -> Almanac:
    """Return the almanac of a TOML text; a wrong table raises ValueError with file and key."""
    try:
        tables: dict[str, dict[str, Any]] = tomllib.loads(toml)
        return Almanac(
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
    return almanac().months.get(plain) or (almanac().short_months.get(plain) if plain != folded else None)


def day_number(word: str) -> int | None:
    """Return the day of a month in digits of either script or in a word, or None.

    >>> day_number("चार"), day_number("१३")
    (4, 13)
    """
    folded = fold(word).strip()
    number = int(folded) if folded.isascii() and folded.isdigit() and len(folded) < 3 else almanac().numbers.get(folded)
    return number if number is not None and 1 <= number <= 31 else None


def either(words: Iterable[str]) -> str:
    """Return a pattern of any of the words, the longest first, whole words only."""
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

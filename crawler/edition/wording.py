"""The words of the edition in a language: labels, dates, and the names of countries and agencies."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

from crawler.edition.entry import EditionEntry, EditionPlace
from crawler.reports.countries import country_names, english_country_names
from crawler.text.agencies import agencies

Tongue = Literal["hi", "en"]
_COUNTED = {"articles": "article", "newsrooms": "newsroom", "countries": "country", "agencies": "agency"}


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language."""

    tongue: Tongue

    @property
    def words(self) -> Mapping[str, str]:
        """Return all words by name."""
        words: Mapping[str, str] = _words()[self.tongue]
        return words

    def __getitem__(self, name: str) -> str:
        return self.words[name]

    def page(self, name: str, other: bool = False) -> str:
        """Return the file name of a page in this language, or in the other one."""
        is_english = (self.tongue == "en") != other
        return f"{name}.en.html" if is_english else f"{name}.html"

    def filled(self, sentence: str, /, **values: object) -> str:
        """Return a sentence with its figures and names."""
        text = self[sentence]
        for key, value in values.items():
            text = text.replace(f"{{{key}}}", str(value))
        return text

    def number(self, value: float) -> str:
        """Return a number with the groups of its language: 1,23,456 in Hindi."""
        digits = f"{value:,.0f}"
        if self.tongue == "en" or value < 100_000:
            return digits
        head, tail = f"{value:.0f}"[:-3], f"{value:.0f}"[-3:]
        pairs = [head[max(end - 2, 0) : end] for end in range(len(head), 0, -2)][::-1]
        return ",".join([*pairs, tail])

    def counted(self, name: str, count: int) -> str:
        """Return the word for a number of things, singular for one."""
        return self[_COUNTED[name]] if count == 1 else self[name]

    def date(self, day: str) -> str:
        """Return a day in words: `24 नवंबर 2026`."""
        then = date.fromisoformat(day)
        return f"{then.day} {self._calendar['months'][then.month - 1]} {then.year}"

    def short_date(self, day: str) -> str:
        """Return day and month: `24 नवंबर`."""
        then = date.fromisoformat(day)
        return f"{then.day} {self._calendar['months'][then.month - 1]}"

    def weekday(self, day: str) -> str:
        """Return the name of a day of the week."""
        return self._calendar["weekdays"][date.fromisoformat(day).weekday()]

    def country(self, code: str) -> str:
        """Return the name of a country; its code if none is known."""
        names = country_names() if self.tongue == "hi" else english_country_names()
        return names.get(code, code)

    def agency(self, id: str) -> str:
        """Return the name of an agency; its identifier if none is known."""
        return _agency_names()[self.tongue].get(id, id)

    def outlet(self, entry: EditionEntry) -> str:
        """Return the name of the newsroom of an article."""
        return entry.outlet_hi if self.tongue == "hi" else entry.outlet_en

    def place(self, place: EditionPlace) -> str:
        """Return the name of a place."""
        return place.name if self.tongue == "hi" else place.english

    def later(self, minutes: int) -> str:
        """Return how much later something was printed: `2 घंटे 5 मिनट बाद`."""
        hours, rest = divmod(minutes, 60)
        return self.filled("hours_later" if hours else "minutes_later", h=hours, m=rest)

    def usual(self, value: float | None) -> str:
        """Return what is usual, to stand behind a count; empty if too little is known."""
        return "" if value is None else self.filled("usual_is", n=self.median(value))

    def median(self, value: float) -> str:
        """Return a median, which may be a half."""
        return self.number(value) if value == int(value) else f"{value:,.1f}"

    @property
    def _calendar(self) -> Mapping[str, list[str]]:
        calendar: Mapping[str, list[str]] = _words()["calendar"][self.tongue]
        return calendar


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return tomllib.loads(resources.files("crawler.edition").joinpath("words.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _agency_names() -> dict[str, dict[str, str]]:
    return {
        "hi": {agency.id: agency.name for agency in agencies()},
        "en": {agency.id: agency.english for agency in agencies()},
    }

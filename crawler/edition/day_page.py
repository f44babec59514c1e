"""What the page of a day shows, before it is put into words."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from crawler.edition.entry import EditionEntry
from crawler.edition.wording import Wording

_Choice = tuple[str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPage:
    """A day of the edition."""

    day: str
    before: str | None
    """The day before it that has a page."""
    after: str | None
    entries: Sequence[EditionEntry]
    """The newest first."""
    times: list[str]
    """The time of day of each entry, as it is shown; empty if there is none."""

    @property
    def headline(self) -> str | None:
        """Return the headline of the day for the index."""
        return self.entries[0].headline if self.entries else None

    @property
    def figures(self) -> dict[str, int]:
        """Return how many articles, newsrooms, countries and agencies the day has."""
        return {
            "articles": len(self.entries),
            "newsrooms": len({entry.outlet for entry in self.entries}),
            "countries": len({code for entry in self.entries for code in entry.countries}),
            "agencies": len({agency for entry in self.entries for agency in entry.agencies}),
        }

    def choices(self, wording: Wording) -> dict[str, list[_Choice]]:
        """Return what each filter offers: value, name and number of articles, the most frequent first."""
        return {
            "country": _choices(self.entries, lambda entry: entry.countries, wording.country),
            "agency": _choices(self.entries, lambda entry: entry.agencies, wording.agency),
            "outlet": _choices(self.entries, lambda entry: (entry.outlet,), self._outlets(wording).__getitem__),
            "hour": sorted(_choices(self.entries, _hour, "{:0>2}:00".format), key=lambda choice: int(choice[0])),
            "kind": _choices(self.entries, lambda entry: (entry.kind,), wording.__getitem__),
            "by": _choices(self.entries, lambda entry: ("wire" if entry.is_wire else "own",), wording.__getitem__),
        }

    def _outlets(self, wording: Wording) -> dict[str, str]:
        return {entry.outlet: entry.outlet_hi if wording.tongue == "hi" else entry.outlet_en for entry in self.entries}


def day_page(
    day: str, entries: Sequence[EditionEntry], zone: ZoneInfo, *, before: str | None, after: str | None
) -> DayPage:
    """Return what the page of a day shows."""
    return DayPage(
        day=day, before=before, after=after, entries=entries, times=[shown_time(entry, zone) for entry in entries]
    )


def shown_time(entry: EditionEntry, zone: ZoneInfo) -> str:
    """Return the time of an entry, with the day if that is another one; empty without a time of day.

    An outlet abroad has its own days: its evening may be the next day on the edition's clock.
    """
    if entry.at is None:
        return ""
    local = datetime.fromtimestamp(entry.at, zone)
    return f"{local:%H:%M}" if f"{local:%Y-%m-%d}" == entry.day else f"{local:%d/%m %H:%M}"


def _hour(entry: EditionEntry) -> tuple[str, ...]:
    return () if entry.hour is None else (str(entry.hour),)


def _choices(
    entries: Iterable[EditionEntry], values: Callable[[EditionEntry], Iterable[str]], name: Callable[[str], str]
) -> list[_Choice]:
    counts = Counter(value for entry in entries for value in values(entry))
    named = [(value, name(value), count) for value, count in counts.items()]
    return sorted(named, key=lambda choice: (-choice[2], choice[1], choice[0]))

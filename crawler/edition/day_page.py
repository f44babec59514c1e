"""What the page of a day shows, before it is put into words."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from crawler.edition.day_rows import DayRows
from crawler.edition.entry import EditionEntry
from crawler.edition.heat_maps import (
    COUNTRY_DAYS,
    HeatMap,
    agencies_by_newsroom,
    countries_by_day,
    hours_by_newsroom,
    last_days,
)
from crawler.edition.shown_time import shown_time
from crawler.edition.top_stories import TopStory, top_stories
from crawler.edition.usual import Usual
from crawler.edition.wording import Wording
from crawler.edition.world_map import WorldMap, world_map

_Choice = tuple[str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPage:
    """A day of the edition."""

    day: str
    zone: str
    """The name of the time zone in which its hours are: `Asia/Kolkata`."""
    before: str | None
    """The day before it that has a page."""
    after: str | None
    entries: Sequence[EditionEntry]
    """The newest first."""
    times: list[str]
    """The time of day of each entry, as it is shown; empty if there is none."""
    stories: Sequence[TopStory]
    map: WorldMap
    usual: Usual
    country_counts: dict[tuple[str, str], int]
    """Articles by day and country, in the 14 days up to this one."""
    pages: Sequence[str]
    """The days that have a page."""

    @property
    def headline(self) -> str | None:
        """Return the headline of the day for the index."""
        return self.stories[0].head.headline if self.stories else None

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

    def heat_maps(self, wording: Wording) -> dict[str, HeatMap]:
        """Return the tables of the day by name."""
        return {
            "hours": hours_by_newsroom(self.entries, self.usual, wording),
            "copy": agencies_by_newsroom(self.entries, wording),
            "fortnight": countries_by_day(self.country_counts, self.day, self.pages, wording),
        }

    def _outlets(self, wording: Wording) -> dict[str, str]:
        return {entry.outlet: wording.outlet(entry) for entry in self.entries}


def day_page(day: str, rows: DayRows, zone: ZoneInfo, pages: Sequence[str]) -> DayPage:
    """Return what the page of a day shows; `pages` are the days that have one, the first one first."""
    entries, place = rows.of_day(day), pages.index(day)
    fortnight = last_days(day, COUNTRY_DAYS)
    return DayPage(
        day=day,
        zone=zone.key,
        before=pages[place - 1] if place else None,
        after=pages[place + 1] if place + 1 < len(pages) else None,
        entries=entries,
        times=[shown_time(entry, day, zone) for entry in entries],
        stories=top_stories(day, entries, rows, zone),
        map=world_map(entries),
        usual=Usual(day, rows),
        country_counts={(each, code): count for each, code, count in rows.countries(fortnight[0], day)},
        pages=pages,
    )


def _hour(entry: EditionEntry) -> tuple[str, ...]:
    return () if entry.hour is None else (str(entry.hour),)


def _choices(
    entries: Iterable[EditionEntry], values: Callable[[EditionEntry], Iterable[str]], name: Callable[[str], str]
) -> list[_Choice]:
    counts = Counter(value for entry in entries for value in values(entry))
    named = [(value, name(value), count) for value, count in counts.items()]
    return sorted(named, key=lambda choice: (-choice[2], choice[1], choice[0]))

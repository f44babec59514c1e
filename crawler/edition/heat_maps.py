"""Tables whose cells are coloured by their number: hours by newsroom, agencies by newsroom, countries by day."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode

from crawler.edition.entry import EditionEntry
from crawler.edition.usual import Usual
from crawler.edition.wording import Wording
from crawler.reports.shades import shade

_Key = TypeVar("_Key", bound=Hashable)
_MOST_AGENCIES = 12
_MOST_COUNTRIES = 20
COUNTRY_DAYS = 14
_HIGH_TIMES, _HIGH_MORE = 2, 3
"""A count is high from twice the usual and three more: one article where none is usual says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    """A cell: a number, and the list that it counts."""

    count: int
    level: int
    """Its shade, 0 for nothing to 5 for the largest number of the table."""
    link: str | None
    title: str
    """What it counts, in words."""
    is_high: bool = False
    """Whether it is far above what is usual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRow:
    """A row of cells."""

    name: str
    cells: list[HeatCell]
    total: int
    usual: float | None = None
    """What is usual for the total; None if too little is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """A table of counts."""

    columns: Sequence[tuple[str, str | None]]
    """The name of each column, and a link."""
    rows: list[HeatRow]
    all: HeatRow | None = None
    """The sum of each column."""
    usual: list[float | None] | None = None
    """What is usual for each sum; None if too little is known."""


def hours_by_newsroom(entries: Sequence[EditionEntry], usual: Usual, wording: Wording) -> HeatMap:
    """Return when each newsroom published, that with the most articles first, beside what is usual on such a day."""
    counts = Counter((entry.outlet, entry.hour) for entry in entries if entry.hour is not None)
    names = {entry.outlet: wording.outlet(entry) for entry in entries}
    totals = Counter({name: sum(counts[name, hour] for hour in range(24)) for name in names})
    most = max(counts.values(), default=1)
    rows = []
    for outlet in _ordered(totals, names):
        its_usual = [usual.of_cell(outlet, hour) for hour in range(24)]
        cells = [
            _cell(
                counts[outlet, hour],
                most,
                f"{names[outlet]}, {hour:02}:00{wording.usual(before)}",
                is_high=is_high(counts[outlet, hour], before),
                outlet=outlet,
                hour=str(hour),
            )
            for hour, before in enumerate(its_usual)
        ]
        rows.append(HeatRow(name=names[outlet], cells=cells, total=totals[outlet], usual=usual.of_outlet(outlet)))
    sums = [sum(counts[outlet, hour] for outlet in names) for hour in range(24)]
    summed = [_cell(count, max(sums, default=1), f"{hour:02}:00", hour=str(hour)) for hour, count in enumerate(sums)]
    return HeatMap(
        columns=[(f"{hour:02}", None) for hour in range(24)],
        rows=rows,
        all=HeatRow(name=wording["together"], cells=summed, total=sum(sums), usual=usual.of_day()),
        usual=[usual.of_hour(hour) for hour in range(24)] if usual.is_known else None,
    )


def agencies_by_newsroom(entries: Sequence[EditionEntry], wording: Wording) -> HeatMap:
    """Return whose copy each newsroom printed; the agencies with the most articles, and newsrooms that credit them."""
    pairs = Counter((entry.outlet, agency) for entry in entries for agency in entry.agencies)
    by_agency = _sums((agency, count) for (_, agency), count in pairs.items())
    columns = _ordered(by_agency, {agency: wording.agency(agency) for agency in by_agency})[:_MOST_AGENCIES]
    shown = Counter({pair: count for pair, count in pairs.items() if pair[1] in columns})
    by_outlet = _sums((outlet, count) for (outlet, _), count in shown.items())
    names = {entry.outlet: wording.outlet(entry) for entry in entries}
    most = max(shown.values(), default=1)
    rows = []
    for outlet in _ordered(by_outlet, names):
        cells = [
            _cell(
                shown[outlet, agency], most, f"{names[outlet]}, {wording.agency(agency)}", outlet=outlet, agency=agency
            )
            for agency in columns
        ]
        rows.append(HeatRow(name=names[outlet], cells=cells, total=by_outlet[outlet]))
    links = [(wording.agency(agency), _link(agency=agency)) for agency in columns]
    return HeatMap(columns=links, rows=rows)


def countries_by_day(
    counts: Mapping[tuple[str, str], int], day: str, pages: Iterable[str], wording: Wording
) -> HeatMap:
    """Return how many articles came from each country in the 14 days up to a day.

    `counts` has them by day and country, `pages` the days that have a page.
    """
    days, there = last_days(day, COUNTRY_DAYS), set(pages)
    totals = _sums((country, count) for (_, country), count in counts.items())
    most = max(counts.values(), default=1)
    rows = []
    for country in _ordered(totals, {country: wording.country(country) for country in totals})[:_MOST_COUNTRIES]:
        cells = [
            _cell(
                counts.get((each, country), 0),
                most,
                f"{wording.country(country)}, {wording.short_date(each)}",
                page="" if each == day else wording.page(each) if each in there else None,
                country=country,
            )
            for each in days
        ]
        rows.append(HeatRow(name=wording.country(country), cells=cells, total=totals[country]))
    columns = [(str(int(each[8:])), wording.page(each) if each in there and each != day else None) for each in days]
    return HeatMap(columns=columns, rows=rows)


def last_days(day: str, count: int) -> list[str]:
    """Return the last days up to a day, the earliest first."""
    last = date.fromisoformat(day).toordinal()
    return [date.fromordinal(each).isoformat() for each in range(max(last - count + 1, 1), last + 1)]


def _cell(
    count: int, most: int, title: str, *, page: str | None = "", is_high: bool = False, **condition: str
) -> HeatCell:
    link = None if not count or page is None else f"{page}{_link(**condition)}"
    return HeatCell(count=count, level=shade(count, most), link=link, title=title, is_high=is_high)


def is_high(count: int, usual: float | None) -> bool:
    """Return whether a cell gets a mark: twice what is usual and three more; nothing if no usual is known."""
    return usual is not None and count >= _HIGH_TIMES * usual + _HIGH_MORE


def _link(**condition: str) -> str:
    return f"#{urlencode(condition)}"


def _sums(counts: Iterable[tuple[_Key, int]]) -> Counter[_Key]:
    sums: Counter[_Key] = Counter()
    for key, count in counts:
        sums[key] += count
    return sums


def _ordered(totals: Mapping[str, int], names: Mapping[str, str]) -> list[str]:
    """Return the keys with the largest totals first, those of one total by name."""
    return sorted(totals, key=lambda key: (-totals[key], names[key], key))

"""The tables of a day: their figures are those of the data, and what is usual is the median of four weeks."""

from collections import Counter
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import lxml.html
import pytest

from crawler.edition.day_rows import DayRows
from crawler.edition.entry import entry_of
from crawler.edition.heat_maps import is_high
from crawler.edition.usual import Usual
from tests.edition.editions import built, data_of, exports, printed

DAY = "2026-11-24"


def before(days: int) -> str:
    return (date.fromisoformat(DAY) - timedelta(days=days)).isoformat()


def usual_after(*days: int, day: str = DAY) -> Usual:
    """Return what is usual if each of these days back has as many articles of one outlet at nine."""
    india = ZoneInfo("Asia/Kolkata")
    with closing(DayRows()) as rows:
        for back in days:
            for number in range(back):
                at = f"{before(back)}T03:30:00Z"
                rows.add(entry_of(printed(f"a{back}-{number}", "पुल", at=at, day=before(back)), india))
        rows.index()
        return Usual(day, rows)


def test_the_usual_is_the_median_of_the_same_weekday_and_hour_in_four_weeks() -> None:
    usual = usual_after(*range(1, 40))

    assert usual.is_known
    assert usual.of_cell("indiatv", 9) == usual.of_hour(9) == usual.of_outlet("indiatv") == usual.of_day() == 17.5
    assert usual.of_cell("indiatv", 10) == usual.of_cell("aajtak", 9) == 0


def test_with_fewer_than_seven_days_nothing_is_usual() -> None:
    assert usual_after(7, 1, 2, 3, 4, 5, 6).of_day() == 7
    assert usual_after(7, 1, 2, 3, 4, 5).of_day() is None
    assert usual_after(*range(29, 40)).of_day() is None
    assert not usual_after(1, 2, 3, 4, 5, 6, 8).is_known
    assert usual_after(1, day="0001-01-02").of_day() is None


@pytest.mark.parametrize(
    ("count", "usual", "high"),
    [(3, 0, True), (2, 0, False), (5, 1, True), (4, 1, False), (23, 10, True), (22, 10, False), (99, None, False)],
)
def test_twice_the_usual_and_three_more_gets_a_mark(count: int, usual: float | None, high: bool) -> None:
    assert is_high(count, usual) is high


def records() -> list[dict[str, Any]]:
    """Return articles of nine days, of which the last is the day itself."""
    found = []
    for back in range(9):
        for number in range(6 if back == 0 else 1 + back % 3):
            outlet, agency = ("indiatv", "ap") if number % 2 else ("aajtak", None)
            found.append(
                printed(
                    f"a{back}-{number}",
                    "पुल",
                    day=before(back),
                    place="सियोल" if number else "लीमा",
                    outlet=outlet,
                    agency=agency,
                    at=f"{before(back)}T0{3 + number % 2}:00:00Z",
                )
            )
    return [*found, printed("late", "बिना समय", at=None, agency="afp")]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("heat")
    return built(exports(folder / "exports", *records()), folder / "out")


def table(out: Path, name: str) -> list[list[str]]:
    """Return the texts of the cells of a table, the names of its rows first."""
    page = lxml.html.parse(out / f"{DAY}.html")
    rows = page.xpath(f"//section[@id='{name}-section']//tbody/tr | //section[@id='{name}-section']//tfoot/tr")
    return [["".join(cell.itertext()).replace("▲", "") for cell in row if cell.tag in ("th", "td")] for row in rows]


def test_hours_by_newsroom_are_those_of_the_data(out: Path) -> None:
    data = data_of(out, DAY)
    slugs = [row[0] for row in data["outlets"]]
    counts = Counter(
        (slugs[outlet], hour) for outlet, hour in zip(data["outlet"], data["hour"], strict=True) if hour >= 0
    )

    rows = table(out, "hours")

    assert [row[0] for row in rows] == ["आज तक", "इंडिया टीवी", "सब मिलाकर", "सामान्य"]
    assert rows[0][9:11] == [str(counts["aajtak", hour] or "") for hour in (8, 9)]
    assert rows[2][9:12] == ["3", "3", ""]
    assert [row[25] for row in rows[:3]] == ["3", "3", "6"]
    assert [row[26] for row in rows[:3]] == ["1", "1", "2"]


def test_agencies_by_newsroom_count_the_credits(out: Path) -> None:
    assert table(out, "copy") == [["इंडिया टीवी", "3", "1", "4"]]


def test_countries_have_fourteen_days_with_links_to_their_lists(out: Path) -> None:
    rows = table(out, "fortnight")
    page = lxml.html.parse(out / f"{DAY}.html")

    assert [(row[0], row[14], row[15]) for row in rows] == [("दक्षिण कोरिया", "5", "14"), ("पेरू", "1", "9")]
    assert rows[1][1:] == [*[""] * 5, *["1"] * 9, "9"]
    links = page.xpath("//section[@id='fortnight-section']//tbody/tr[2]/td/a/@href")
    assert links[0] == f"{before(8)}.html#country=PE"
    assert links[-1] == "#country=PE"


def test_cells_are_headed_by_rows_and_columns(out: Path) -> None:
    page = lxml.html.parse(out / f"{DAY}.html")

    for name in ("hours", "copy", "fortnight"):
        heads = page.xpath(f"//section[@id='{name}-section']//th")
        assert heads
        assert {head.get("scope") for head in heads} == {"row", "col"}

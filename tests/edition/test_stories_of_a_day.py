"""The top stories of a day: their order, who printed when, and what later editions changed."""

import random
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import lxml.html
import pytest

from crawler.edition.day_rows import DayRows
from crawler.edition.entry import entry_of
from crawler.edition.top_stories import TopStory, top_stories
from crawler.edition.word_diff import word_diff
from tests.edition.editions import built, exports, printed
from tests.exports.published_runs import publish, write_catalog

DAY = "2026-11-24"
INDIA = ZoneInfo("Asia/Kolkata")


def told(records: Iterable[dict[str, Any]], day: str = DAY) -> list[TopStory]:
    with closing(DayRows()) as rows:
        for record in records:
            rows.add(entry_of(record, INDIA))
        rows.index()
        return top_stories(day, rows.of_day(day), rows, INDIA)


def story(name: str, *prints: tuple[str, str, str], day: str = DAY) -> list[dict[str, Any]]:
    """Return the articles of a story: outlet, time in UTC and relation of each."""
    return [
        printed(f"{name}-{number}", f"{name} {number}", story=name, outlet=outlet, relation=relation, day=day)
        | {"published_at": f"{day}T{time}:00Z" if time else None}
        for number, (outlet, time, relation) in enumerate(prints)
    ]


BRIDGE = story("पुल", ("indiatv", "04:00", "original"), ("aajtak", "05:30", "wire-copy"), ("jagran", "09:00", "near"))
CANAL = story("नहर", ("indiatv", "08:00", "original"), ("indiatv", "09:00", "near"))
FAIR = story("मेला", ("jagran", "06:00", "original"), ("bbc_hindi", "07:00", "exact"), ("aajtak", "08:00", "exact"))


def test_stories_are_ordered_by_score_and_count_each_newsroom_once() -> None:
    found = told([*CANAL, *FAIR, *BRIDGE])

    assert [(each.story, each.wrote, each.reprinted) for each in found] == [("पुल", 2, 1), ("मेला", 1, 2), ("नहर", 1, 0)]
    assert [round(each.score, 3) for each in found] == [2.333, round(5 / 3 * 0.5 ** (1 / 12), 3), 1]


def test_the_order_of_the_articles_makes_no_difference_even_for_ties() -> None:
    ties = [record for name in "कखगघङ" for record in story(name, ("indiatv", "05:00", "original"))]
    records = [*BRIDGE, *FAIR, *ties]
    expected = [each.story for each in told(records)]

    for seed in range(5):
        random.Random(seed).shuffle(records)
        assert [each.story for each in told(records)] == expected


def test_a_quiet_day_shows_five_stories_and_a_full_one_those_of_several_newsrooms() -> None:
    alone = [record for number in range(20) for record in story(f"अकेली {number}", ("indiatv", "05:00", "original"))]
    several = [
        record
        for number in range(20)
        for record in story(f"कई {number:02}", ("indiatv", "05:00", "original"), ("aajtak", "05:10", "near"))
    ]

    assert len(told(alone)) == 5
    assert len(told([*alone, *several[:14]])) == 7
    assert len(told([*alone, *several])) == 12


def test_the_timeline_says_who_was_first_and_how_much_later_the_others_were() -> None:
    yesterday = story("पुल", ("bbc_hindi", "18:00", "original"), day="2026-11-23")
    tomorrow = story("पुल", ("jagran", "01:00", "near"), day="2026-11-25")
    untimed = story("पुल", ("aajtak", "", "near"))
    records = [*tomorrow, *untimed, *BRIDGE, *yesterday]
    for number, record in enumerate(records):
        record["id"] = f"x{number}"

    (found,) = told(records)

    assert [(each.entry.outlet, each.time, each.minute, each.later) for each in found.prints] == [
        ("bbc_hindi", "23/11 23:30", None, None),
        ("indiatv", "09:30", 570, 600),
        ("aajtak", "11:00", 660, 690),
        ("jagran", "14:30", 870, 900),
        ("aajtak", "", None, None),
    ]


def test_the_earlier_moment_is_first_whatever_day_an_outlet_abroad_prints() -> None:
    abroad = story("पुल", ("bbc_hindi", "20:00", "original"))
    india = story("पुल", ("indiatv", "19:30", "near"), ("jagran", "19:30", "near"))
    records = [*abroad, *india]
    for number, record in enumerate(records):
        record["id"] = f"x{number}"
    for record in india:
        record["published_on"] = "2026-11-25"

    (found,) = told(records, "2026-11-25")

    assert found.head.outlet == "indiatv"
    assert [(each.entry.outlet, each.is_first, each.later) for each in found.prints] == [
        ("indiatv", True, None),
        ("jagran", True, None),
        ("bbc_hindi", False, 30),
    ]


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        ("पुल खुला", "पुल खुला", [("same", "पुल खुला")]),
        ("पुल कल खुला", "पुल आज खुला", [("same", "पुल"), ("gone", "कल"), ("new", "आज"), ("same", "खुला")]),
        ("", "पुल", [("new", "पुल")]),
        ("12 घायल", "15 घायल, 2 की मौत", [("gone", "12 घायल"), ("new", "15 घायल, 2 की मौत")]),
        ("पुल खुला", "", [("gone", "पुल खुला")]),
        ("", "", []),
    ],
)
def test_a_diff_names_the_words_that_are_gone_and_new(before: str, after: str, runs: list[tuple[str, str]]) -> None:
    assert word_diff(before, after) == runs


def test_the_page_shows_what_each_later_edition_changed(tmp_path: Path) -> None:
    root = exports(tmp_path / "exports", printed("a", "पुल पर 12 घायल"), printed("b", "नहर भरी"))
    publish(root, 7, articles=[printed("a", "पुल पर 15 घायल", revision=2)])
    publish(root, 8, articles=[printed("a", "पुल पर 15 घायल", revision=3, text="नाव चली और भीड़ लौट गई।")])
    write_catalog(root)

    page = lxml.html.parse(built(root, tmp_path / "out") / f"{DAY}.html")

    (story,) = page.xpath("//li[@data-story='s-a']")
    assert story.xpath(".//del/text()") == ["12", "किनारे पर", "जमा हो"]
    assert story.xpath(".//ins/text()") == ["15", "लौट"]
    assert story.xpath("string(.//ul//span[@class='note'])") == "संस्करण 2"
    assert not page.xpath("//li[@data-story='s-b']//del")


def test_the_page_names_newsrooms_in_its_own_language(tmp_path: Path) -> None:
    out = built(exports(tmp_path / "exports", *BRIDGE), tmp_path / "out")

    for page, wanted in (
        ("", ("इंडिया टीवी", "2 न्यूज़रूम ने लिखा", "सबसे पहले", "1 घंटे 30 मिनट बाद")),
        (".en", ("indiatv", "2 wrote it")),
    ):
        text = lxml.html.parse(out / f"{DAY}{page}.html").xpath("string(//section[@id='top'])")
        assert [word for word in wanted if word not in text] == []


def test_a_story_that_was_only_reprinted_does_not_say_that_nobody_wrote_it(tmp_path: Path) -> None:
    records = story("पुल", ("indiatv", "04:00", "original"), ("aajtak", "05:00", "wire-copy"))
    records[0]["published_on"] = "2026-11-23"
    out = built(exports(tmp_path / "exports", *records), tmp_path / "out")

    text = lxml.html.parse(out / f"{DAY}.html").xpath("string(//section[@id='top'])")
    feed = (out / "feeds" / "day.atom").read_text(encoding="utf-8")

    assert "1 ने वही पाठ छापा" in text
    assert "0 न्यूज़रूम" not in text + feed

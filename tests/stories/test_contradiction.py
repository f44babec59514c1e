"""Two events in one form stay two stories; a copy stays a copy, whatever an outlet's desk changed in it."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from crawler.stories.alignment import gaps, shared_runs
from crawler.stories.contradiction import contradiction
from crawler.stories.group import group
from crawler.stories.relation import reasons_text, relate
from crawler.stories.rows import printed_words, read_story_row
from crawler.stories.similarity import compare
from crawler.stories.text import Text
from tests.stories.forms import Report, reports, translations

REPORTS = list(reports("both"))
QUAKES = [each.row for each in REPORTS if each.form == "quake"]
REPORT = QUAKES[0]


def stories_of(found: list[Report]) -> dict[str, str]:
    return {member.id: member.story for member in group([read_story_row(each.row) for each in found])}


def edited(*changes: tuple[str, str], row: dict[str, Any] = REPORT, **others: Any) -> Text:
    """Return a text of another outlet in which words are exchanged."""
    body = list(row["body"])
    for printed, other in changes:
        assert printed in " ".join(body)
        body = [line.replace(printed, other) for line in body]
    return read_story_row({**row, "id": "edited", "outlet": "elsewhere", "body": body, **others})


def test_events_that_are_reported_in_one_form_are_as_many_stories() -> None:
    stories = stories_of(REPORTS)
    originals = [each for each in REPORTS if each.edit == "original"]
    pairs = [(one, other) for one, other in combinations(originals, 2) if one.form == other.form]

    joined = [
        (one.row["id"], other.row["id"]) for one, other in pairs if stories[one.row["id"]] == stories[other.row["id"]]
    ]

    assert len({one.form for one, _ in pairs}) == 40
    assert len(pairs) == 120
    assert joined == []


def test_a_copy_of_each_event_is_found_whatever_the_desk_changed() -> None:
    stories = stories_of(REPORTS)
    copies = [each for each in REPORTS if each.edit != "original"]

    lost = [(each.row["id"], each.edit) for each in copies if stories[each.row["id"]] != f"story-{each.truth}-a"]

    assert len(copies) == 120
    assert len({each.edit for each in copies}) == 15
    assert lost == []


def test_two_translations_of_one_report_are_two_texts() -> None:
    pairs = list(translations("both"))
    stories = stories_of([report for pair in pairs for report in pair])

    assert len(pairs) == 30
    assert [one.truth for one, other in pairs if stories[one.row["id"]] == stories[other.row["id"]]] == []


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param((("5.2", "5.4"),), id="one figure is updated"),
        pytest.param((("84", "90"), ("12 सेकंड", "15 सेकंड")), id="two of many figures are updated"),
        pytest.param((("सूर्या विजाया", "बुदी संतोसो"),), id="a name is corrected"),
        pytest.param((("मंगलवार", "बुधवार"),), id="the day is corrected"),
        pytest.param((("10 किलोमीटर", "दस किलोमीटर"),), id="a figure is spelt"),
        pytest.param((("बताया", "कहा"), ("करीब", "लगभग"), ("घरों", "मकानों"), ("लोग", "नागरिक")), id="other words"),
        pytest.param((("जकार्ता, 10 मार्च", "नई दिल्ली, 11 मार्च"),), id="the desk's dateline of the next day"),
    ],
)
def test_what_a_desk_changes_in_a_copy_contradicts_nothing(changes: tuple[tuple[str, str], ...]) -> None:
    whole = {**REPORT, "body": [_dated(REPORT["body"][0]), *REPORT["body"][1:]]}
    match = compare(read_story_row(whole), edited(*changes, row=whole))

    assert match is not None
    assert match.links


def _dated(lead: str) -> str:
    return f"जकार्ता, 10 मार्च (एपी) {lead.split('। ', 1)[1] if lead.startswith('जकार्ता।') else lead.split(': ', 1)[-1]}"


def test_all_figures_of_a_form_that_differ_make_another_event() -> None:
    match = compare(read_story_row(QUAKES[0]), read_story_row(QUAKES[2]))

    assert match is not None
    assert match.similarity > match.needed
    assert match.is_template
    assert not match.links


def test_figures_names_and_weekdays_are_compared_in_the_same_place_of_the_frame() -> None:
    found = contradiction(read_story_row(REPORT), edited(("5.2", "4.9"), ("मंगलवार", "शुक्रवार"), ("बेंगकुलु", "पालेमबांग")))

    assert found.figures == (("5.2", "4.9"),)
    assert found.weekdays == (("मंगलवार",), ("शुक्रवार",))
    assert found.same_figures >= 4
    assert len(found.names) >= 1


@pytest.mark.parametrize(
    ("one", "other"), [("गुरुवार", "बृहस्पतिवार"), ("गुरुवार", "वीरवार"), ("रविवार", "इतवार"), ("मंगल", "शनि")]
)
def test_the_names_of_one_weekday_and_of_planets_contradict_nothing(one: str, other: str) -> None:
    found = contradiction(edited(("मंगलवार", one)), replace(edited(("मंगलवार", other)), id="other"))

    assert found.weekdays is None


def test_the_places_and_dates_of_datelines_are_compared() -> None:
    rest = "में भूकंप के झटके महसूस किए गए और लोग घरों से बाहर निकल आए, अधिकारियों ने बताया।"
    one = read_story_row({**REPORT, "body": [f"जकार्ता, 10 मार्च (एपी) {rest}"]})
    other = read_story_row({**REPORT, "id": "b", "body": [f"मनीला, 11 मार्च (एपी) {rest} जांच जारी है।"]})

    found = contradiction(one, other)

    assert found.places == (("Jakarta",), ("Manila",))
    assert found.days == (("2026-03-10",), ("2026-03-11",))
    assert not found.is_template  # datelines alone: outlets print their own place and day


def test_a_comparison_says_what_spoke_for_and_against() -> None:
    said = reasons_text(compare(read_story_row(REPORT), edited(("5.2", "4.9"))))

    assert "of the shorter text stands in the other" in said
    assert "against it: 1 of " in said
    assert "figures in shared sentences differ (5.2 | 4.9)" in said
    assert "against it" not in (
        relate(replace(read_story_row(REPORT), id="same", outlet="x"), read_story_row(REPORT)).because or ""
    )


def test_paragraphs_that_have_moved_are_aligned() -> None:
    body = REPORT["body"]
    one, other = read_story_row(REPORT), read_story_row({**REPORT, "id": "b", "body": [body[0], *reversed(body[1:])]})

    runs = shared_runs(one.words, other.words)

    assert sum(run.length for run in runs) == len(one.words)
    assert list(gaps(runs)) == []


def test_a_slot_stands_between_the_same_words_in_both_texts() -> None:
    one, other = read_story_row(REPORT), edited(("5.2", "4.9"))
    words = printed_words(REPORT)

    (gap,) = gaps(shared_runs(one.words, other.words))

    assert len(words) == len(one.words)
    assert [words[at] for at in gap.one] == ["5.2"]
    assert other.printed_figures()[gap.other.start] == "4.9"

"""An outlet's unusual run gets the right state; first runs and quiet days raise no alarm."""

from typing import Any

import pytest

from crawler.reports.diagnosis import diagnose
from crawler.reports.falls import fallen
from crawler.reports.health import FIRST_RUNS, findings, state_of

USUAL: dict[str, Any] = {
    "requests": 12,
    "items": 10,
    "answers": 14,
    "announced": 30,
    "listings": 3,
    "silent": 0,
    "unchanged": 0,
    "blocked": 0,
    "unreadable": 0,
    "met_deadline": False,
    "waits": 0,
    "left_alone": {},
    "generic_share": 0.0,
    "coverage": {"headline": 1.0, "byline": 0.9, "dateline": 0.5, "published_at": 1.0},
    "body_chars": 2400,
    "lag_hours": 3.0,
}
PAST = [USUAL] * 10
BLOCKED = USUAL | {"items": 0, "answers": 6, "blocked": 6, "announced": 0, "silent": 3}
DEAD_FEED = USUAL | {"items": 0, "answers": 3, "announced": 0, "silent": 3}
NO_NEWS = USUAL | {"items": 0, "answers": 3, "announced": 30}
NOT_MODIFIED = USUAL | {"items": 0, "answers": 3, "announced": 0, "unchanged": 3}
REFUSED_PAGES = USUAL | {"items": 1, "unreadable": 9}
GENERIC = USUAL | {"generic_share": 0.9}
NO_BYLINES = USUAL | {"coverage": USUAL["coverage"] | {"byline": 0.0}}
SHORT = USUAL | {"body_chars": 300}
CUT = USUAL | {"items": 2, "announced": 0, "met_deadline": True, "waits": 70}
RESTING = USUAL | {"items": 0, "answers": 0, "announced": 0, "waits": 30, "left_alone": {"khabar.example": "asks …"}}
STALE = USUAL | {"lag_hours": 90.0}


@pytest.mark.parametrize(
    ("run", "state"),
    [
        (BLOCKED, "blocked"),
        (DEAD_FEED, "feed-dead"),
        (REFUSED_PAGES, "redesigned"),
        (GENERIC, "redesigned"),
        (NO_BYLINES, "field-lost"),
        (SHORT, "short"),
        (STALE, "stale"),
    ],
)
def test_an_unusual_run_gets_the_state_of_its_cause(run: dict[str, Any], state: str) -> None:
    found = findings(run, PAST)

    assert state_of(run, found) == state
    assert found[0].alarm


@pytest.mark.parametrize(
    ("run", "state", "text"),
    [
        (CUT, "deadline", "its time ran out: 2 articles came, 70 wait for the next run"),
        (RESTING, "resting", "khabar.example asks …: 0 articles came, 30 wait for the next run"),
    ],
)
def test_a_run_that_was_cut_short_gets_no_finding_but_what_waits(run: dict[str, Any], state: str, text: str) -> None:
    found = findings(run, PAST)

    assert [(each.kind, each.text, each.alarm) for each in found] == [(state, text, False)]
    assert findings(USUAL, [run | {"state": state}] * 10 + PAST) == []
    assert fallen("zee", run, PAST) == []


@pytest.mark.parametrize("run", [NO_NEWS, NOT_MODIFIED])
def test_a_day_without_news_raises_no_alarm(run: dict[str, Any]) -> None:
    found = findings(run, PAST)

    assert state_of(run, found) == "no-news"
    assert not any(each.alarm for each in found)


@pytest.mark.parametrize("items", [1, 2, 3, 5, 10, 30])
def test_a_quiet_or_a_busy_day_is_well(items: int) -> None:
    run = USUAL | {"items": items, "coverage": USUAL["coverage"] | {"dateline": 0.0 if items < 4 else 0.4}}

    assert state_of(run, findings(run, PAST)) == "well"


@pytest.mark.parametrize("run", [BLOCKED, DEAD_FEED, REFUSED_PAGES, GENERIC, NO_BYLINES, SHORT, STALE])
@pytest.mark.parametrize("runs", range(FIRST_RUNS))
def test_the_first_runs_raise_no_alarm(run: dict[str, Any], runs: int) -> None:
    assert not any(each.alarm for each in findings(run, [USUAL] * runs))


def test_an_outage_of_weeks_never_becomes_the_baseline() -> None:
    blocked = BLOCKED | {"state": "blocked"}

    found = findings(DEAD_FEED, [blocked] * 20 + PAST)

    assert [(each.kind, each.alarm) for each in found] == [("feed-dead", True)]


def test_a_run_whose_records_went_to_feeds_raises_no_alarm() -> None:
    run = USUAL | {"coverage": {}, "generic_share": None, "body_chars": None, "lag_hours": None}

    assert findings(run, PAST) == []
    assert fallen("zee", run, PAST) == []


def test_fallen_figures_are_compared_with_the_median_of_the_last_runs() -> None:
    rows = fallen("zee", SHORT, PAST)

    assert rows == [{"outlet": "zee", "what": "characters of a body", "now": 300, "usual": 2400, "change": -0.875}]
    assert fallen("zee", SHORT, PAST[:2]) == []


def test_the_doctor_says_what_is_wrong_how_long_and_what_to_do() -> None:
    bad = BLOCKED | {"state": "blocked", "findings": [{"kind": "blocked", "text": "6 of 6 answers turned us away"}]}
    well = USUAL | {"state": "well", "findings": []}

    diagnosis = diagnose("zee", [bad, bad, *[well] * 5])

    assert diagnosis.needs_action
    assert "crawl more slowly" in diagnosis.findings[0][1]
    assert diagnosis.findings[1][0] == "this has been so for 2 runs"
    assert not diagnose("zee", [well] * 6).findings
    assert diagnose("zee", []).state == "unknown"

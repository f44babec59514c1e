"""The report of a run: its figures match its records, and it always has all keys."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crawler.reports.build import build_report
from crawler.reports.coverage import field_paths
from crawler.reports.facts import OutletFacts, RunFacts
from crawler.reports.tally import RunTally
from crawler.reports.write import read_run, write_report
from crawler.shelves import Shelf
from crawler.store import open_store
from tests.reports.runs import ARTICLES, COPIES, FACTS, REFUSED, record, write_run

KEYS = (
    "report_version run totals outlets coverage freshness hours listings countries agencies stories reprinted refused "
    "withdrawn slowest_hosts fallen warnings"
).split()


@pytest.fixture
def report() -> dict[str, Any]:
    tally = RunTally()
    for shelf, records in ((Shelf.ARTICLES, ARTICLES), (Shelf.COPIES, COPIES), (Shelf.REFUSED, REFUSED)):
        for each in records:
            tally.add(each, shelf)
    return build_report(FACTS, tally)


def test_a_run_and_an_empty_run_have_the_same_keys(report: dict[str, Any]) -> None:
    empty = build_report(RunFacts(run_id="r", outlets={"zee": OutletFacts()}), RunTally())

    assert list(report) == list(empty) == KEYS
    assert list(report["outlets"]["zee"]) == list(empty["outlets"]["zee"])
    assert list(report["coverage"]) == list(empty["coverage"]) == list(field_paths())


def test_totals_are_the_sum_of_the_outcomes(report: dict[str, Any]) -> None:
    totals = report["totals"]

    assert (totals["requests"], totals["exported"], totals["copy"]) == (6, 2, 2)
    assert (totals["refused"], totals["failed"], totals["balanced"]) == (1, 1, True)
    assert report["outlets"]["zee"]["reasons"]["refused"] == {"no-body": 1}


def test_a_url_without_an_outcome_raises_an_alarm(tmp_path: Path) -> None:
    lost = replace(FACTS, outlets={**FACTS.outlets, "zee": OutletFacts(requests=4, outcomes={"copy": 1})})

    report = write_report(write_run(tmp_path / "run=1"), lost)

    assert not report["totals"]["balanced"]
    assert [warning["kind"] for warning in report["warnings"] if warning["alarm"]] == ["unbalanced"]


def test_the_coverage_of_nested_fields_is_of_the_objects_that_hold_them(report: dict[str, Any]) -> None:
    coverage = report["coverage"]

    assert coverage["dateline"] == 0.75
    assert coverage["dateline.places.country"] == 1
    assert coverage["images.credit"] == 0.5
    assert coverage["related.url"] is None


def test_records_are_counted_by_country_agency_story_and_listing(report: dict[str, Any]) -> None:
    assert report["countries"] == [{"country": "KR", "articles": 3}]
    assert report["agencies"][0]["outlets"] == {"indiatv": 1, "jagran": 1, "zee": 1}
    assert report["stories"] == {"count": 2, "sizes": {"1": 1, "3": 1}, "moved": 0}
    assert report["reprinted"][0]["outlets"] == ["indiatv", "jagran", "zee"]
    assert report["reprinted"][0]["url"] == "https://khabar.example/world/1"
    assert report["listings"][0] == {
        "outlet": "indiatv",
        "url": "https://khabar.example/rss.xml",
        "state": "read",
        "reason": None,
        "announced": 5,
        "articles": 2,
        "new": 2,
        "skipped": 0,
    }
    assert report["slowest_hosts"] == [{"host": "khabar.example", "requests": 3, "seconds": 0.5}]


def test_freshness_and_hours_are_measured_from_the_fetch(report: dict[str, Any]) -> None:
    assert report["freshness"] == {"articles": 4, "median_hours": 1.0, "p90_hours": 1.0}
    assert report["hours"]["outlets"]["indiatv"] == {"hours": [0] * 22 + [2, 0], "other": 0, "unknown": 0}


@pytest.mark.parametrize("published", [None, "2026-11-24"])
def test_a_day_alone_has_no_hour_and_no_freshness(published: str | None) -> None:
    tally = RunTally()
    day = {"published_at": published, "published_on": "2026-11-24", "published_precision": "day"}
    tally.add(record() | day, Shelf.ARTICLES)

    report = build_report(FACTS, tally)

    assert report["hours"]["outlets"]["indiatv"] == {"hours": [0] * 24, "other": 0, "unknown": 1}
    assert report["freshness"]["articles"] == 0
    assert report["coverage"]["published_on"] == 1.0


def test_a_report_is_written_beside_its_records_and_its_figures_are_stored(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run=1")
    store = open_store(None)

    report = write_report(folder, FACTS, store)

    assert read_run(folder) == report
    assert store.runs.last("indiatv")[0]["items"] == 2
    assert (folder / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert not list(folder.glob("*.part"))
    store.close()


def test_a_run_without_a_report_is_counted_from_its_records(tmp_path: Path) -> None:
    report = read_run(write_run(tmp_path / "run=1"))

    assert report["totals"]["exported"] == 2
    assert report["totals"]["copy"] == 2


def test_the_report_of_a_run_that_died_counts_what_was_refused_and_its_outcomes_add_up(tmp_path: Path) -> None:
    listing = {"outcome": "failed", "outlet": "zee", "url": "https://zee.example/rss", "reason": "http-500"}
    folder = write_run(tmp_path / "run=1")
    with (folder / "refused.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(listing | {"where": "listing"}) + "\n")

    report = read_run(folder)

    totals = report["totals"]
    assert {name: totals[name] for name in ("requests", "exported", "copy", "refused", "failed", "balanced")} == {
        "requests": 6,
        "exported": 2,
        "copy": 2,
        "refused": 1,
        "failed": 1,
        "balanced": True,
    }
    assert report["outlets"]["zee"]["reasons"]["failed"] == {"scheme": 1}
    assert report["outlets"]["zee"]["listing_outcomes"] == {"failed/http-500": 1}


def test_listings_that_were_not_read_are_counted_apart_from_articles(report: dict[str, Any]) -> None:
    tally = RunTally()
    for where in ("download", "listing", "listing"):
        tally.add(
            {"outcome": "failed", "outlet": "zee", "url": "u", "reason": "timeout", "where": where}, Shelf.REFUSED
        )

    rows = [(row["kind"], row["outcome"], row["reason"], row["count"]) for row in tally.refused.rows()]

    assert rows == [("articles", "failed", "timeout", 1), ("listings", "failed", "timeout", 2)]

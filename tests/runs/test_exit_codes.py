"""Exit codes: 0 all well, 2 wrong use, 3 part failed, 4 a gate failed, 5 nothing could be fetched."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.discovery.counts import ListingCounts
from crawler.downloading.answers import Answers
from crawler.reasons import HttpReason
from crawler.reports.tally import RunTally
from crawler.reports.write import keep_history
from crawler.runs.ended import Ended, run_facts
from crawler.runs.exit_code import exit_code
from crawler.store import open_store
from spiders.indiatv import IndiatvSpider
from tests.commands.running import ROOT, Done, scrapy
from tests.runs.replaying import NOW, archive
from tests.site import misbehaviour as bad
from tests.site.publisher import Answer

FEED = "https://khabar.example/rss.xml"
DEAD = ListingCounts(url=FEED, dead=HttpReason(404))
WELL = Ended(outlet="a", articles={"exported": 3, "filtered/limit": 2}, listings={"read": 1}, reason="finished")
DOWN = Ended(outlet="b", listings={"failed/http-403": 2}, reason="finished")
QUIET = Ended(outlet="c", listings={"read": 2}, reason="finished")
TORN = Ended(outlet="d")
PART = Ended(outlet="e", articles={"exported": 3, "failed/timeout": 1}, listings={"read": 1}, reason="finished")
REFUSED = Ended(outlet="f", articles={"refused/no-body": 3}, listings={"read": 1}, reason="finished")
STOPPED = Ended(outlet="g", articles={"exported": 3, "pending": 1}, listings={"read": 1}, reason="shutdown")
UNSTORED = Ended(outlet="k", articles={"exported": 3}, reason="finished", errors=3)
BUG = Ended(outlet="h", articles={"failed/pipeline-error": 3}, listings={"read": 1}, reason="finished")
BARRED = Ended(outlet="i", articles={"failed/http-403": 3}, listings={"read": 1}, reason="finished")
ELSEWHERE = Ended(outlet="k", listings={"filtered/not-in-archive": 2}, reason="finished")
MIDNIGHT = Ended(outlet="n", listings={"read": 1, "filtered/no-such-day": 1}, reason="finished")
NO_DAYS = Ended(outlet="o", listings={"filtered/no-such-day": 2}, reason="finished")
CHOSEN = Ended(outlet="l", articles={"refused/before-since": 2}, listings={"read": 1}, reason="finished")
WALLED = Ended(outlet="m", articles={"refused/blocked": 2}, listings={"read": 1}, reason="finished")
CUT = Ended(outlet="p", articles={"exported": 3}, listings={"read": 1}, reason="outlet_deadline")
STALLED = Ended(outlet="q", articles={"failed/timeout": 3, "pending": 9}, listings={"read": 1}, reason="run_deadline")
RESTING = Ended(
    outlet="r", listings={"failed/left-alone": 3}, reason="finished", left_alone={"khabar.example": "failed 5 times"}
)
LOST = Ended(
    outlet="j", articles={"exported": 3}, requests=4, listings={"read": 1}, reason="finished", is_balanced=False
)
GONE = Ended(outlet="s", articles={"exported": 3, "gone/http-410": 1, "failed/http-404": 1}, reason="finished")
FORBIDDEN = Ended(outlet="t", articles={"exported": 3, "filtered/robots": 2}, reason="finished")
DEAF = Ended(
    outlet="u", articles={"exported": 3}, listings={"read": 3, "failed/http-404": 1}, reason="finished", counts=(DEAD,)
)
TIMEOUTS = {
    count: replace(PART, articles={"exported": 9} | ({"failed/timeout": count} if count else {})) for count in range(7)
}
HALF_BARRED = replace(DEAF, counts=(), listings={"read": 1}, answers=Answers(statuses=Counter({200: 2, 403: 3})))


def code_of(*outlets: Ended, before: Sequence[Sequence[Ended]] = (), strict: bool = False) -> int:
    """Return the exit code of a run of some outlets after the runs of `before`, the oldest first."""
    store = open_store(None)
    for number, run in enumerate([*before, outlets]):
        crawls = [replace(each, requests=each.requests or sum(each.articles.values())) for each in run]
        moment = datetime(2026, 11, 24, tzinfo=UTC) + timedelta(minutes=15 * number)
        report = keep_history(run_facts(f"r{number}", moment, moment, crawls), RunTally(), store)
    store.close()
    return exit_code(report, strict=strict)


@pytest.mark.parametrize(
    ("outlets", "code"),
    [
        ([WELL], 0),
        ([QUIET], 0),
        ([WELL, QUIET], 0),
        ([DOWN], 5),
        ([BARRED], 5),
        ([DOWN, BARRED], 5),
        ([ELSEWHERE], 5),
        ([WALLED], 5),
        ([CHOSEN], 0),
        ([MIDNIGHT], 0),
        ([NO_DAYS], 5),
        ([WELL, ELSEWHERE], 0),
        ([WELL, DOWN], 3),
        ([PART], 3),
        ([TORN, WELL], 3),
        ([REFUSED], 3),
        ([WELL, REFUSED], 3),
        ([STOPPED], 3),
        ([BUG], 3),
        ([UNSTORED], 3),
        ([LOST], 3),
        ([CUT], 3),
        ([STALLED], 3),
        ([DOWN, STALLED], 3),
        ([RESTING], 5),
        ([WELL, RESTING], 3),
        ([GONE], 0),
        ([FORBIDDEN], 0),
        ([DEAF], 3),
    ],
)
def test_the_exit_code_of_a_first_run_follows_from_the_outcomes_of_its_outlets(outlets: list[Ended], code: int) -> None:
    assert code_of(*outlets) == code


@pytest.mark.parametrize(
    ("before", "now", "code"),
    [
        ([WELL] * 7, PART, 3),
        ([PART] * 2, PART, 3),
        ([PART] * 3, PART, 0),
        ([PART, *[WELL] * 6], PART, 0),
        ([PART, *[WELL] * 7], PART, 3),
        ([DEAF] * 3, DEAF, 0),
        ([DEAF] * 3, replace(DEAF, counts=(replace(DEAD, url=f"{FEED}?2"),)), 3),
        ([DEAF] * 3, GONE, 0),
        ([TIMEOUTS[2]] * 7, TIMEOUTS[4], 0),
        ([TIMEOUTS[2]] * 7, TIMEOUTS[5], 3),
        ([TIMEOUTS[0], TIMEOUTS[1], TIMEOUTS[3], TIMEOUTS[3]], TIMEOUTS[6], 0),
        ([WELL, HALF_BARRED], HALF_BARRED, 3),
        ([HALF_BARRED] * 6, HALF_BARRED, 3),
        ([HALF_BARRED] * 7, HALF_BARRED, 0),
        ([CUT] * 6, CUT, 3),
        ([CUT] * 7, CUT, 0),
        ([BUG] * 7, BUG, 0),
        ([*[BUG] * 6, WELL], BUG, 3),
        ([STOPPED] * 9, STOPPED, 3),
        ([DOWN] * 9, DOWN, 5),
        ([RESTING] * 3, RESTING, 5),
    ],
)
def test_a_failure_that_is_usual_or_stands_for_seven_runs_is_not_reported_again(
    before: list[Ended], now: Ended, code: int
) -> None:
    runs = [(replace(each, outlet="x"), QUIET) for each in before]
    alone = (replace(now, outlet="x"),)

    assert code_of(*alone, *([QUIET] if code != 5 else []), before=runs) == code


@pytest.mark.parametrize(
    ("before", "now", "code"),
    [
        ([HALF_BARRED] * 7, HALF_BARRED, 4),
        ([HALF_BARRED] * 6, HALF_BARRED, 3),
        ([DEAF] * 7, DEAF, 4),
        ([DEAF] * 6, DEAF, 0),
        ([DEAF] * 7, WELL, 0),
        ([PART] * 7, PART, 4),
        ([CUT] * 7, CUT, 4),
        ([PART, *[WELL] * 6], PART, 0),
        ([WELL] * 7, PART, 3),
    ],
)
def test_what_has_failed_for_seven_runs_is_an_alarm_that_ends_a_strict_run_with_4(
    before: list[Ended], now: Ended, code: int
) -> None:
    runs = [[replace(each, outlet="x")] for each in before]

    assert code_of(replace(now, outlet="x"), before=runs, strict=True) == code


def run(command: str, folder: Path, *arguments: str) -> Done:
    options = ("-s", f"STORE=sqlite:///{folder}/v.db", "-s", f"EXPORTS={folder}/exports", "-s", f"CRAWL_TIME={NOW}")
    quick = ("-s", "RETRY_ENABLED=False", "-s", "RETRY_AFTER_MAX=0", "-s", "LOG_LEVEL=WARNING")
    return scrapy(command, *options, *quick, *arguments)


@pytest.mark.parametrize("command", ["crawl", "newsroom"])
def test_a_part_that_failed_ends_with_3(command: str, tmp_path: Path) -> None:
    replay = archive(tmp_path / "bad_day.warc.gz", bad.bad_day())

    done = run(command, tmp_path, "indiatv", "-s", f"ARCHIVE_REPLAY={replay}", "-s", "LOG_LEVEL=INFO")

    assert done.code == 3
    assert "Traceback" not in done.err
    (report,) = (json.loads(path.read_bytes()) for path in tmp_path.glob("exports/*/*/report.json"))
    refused, failed = report["totals"]["refused"], report["totals"]["failed"]
    assert refused
    assert failed
    assert f"articles, 0 copies, 0 unchanged, 0 gone, {refused} refused, {failed} failed" in done.err.splitlines()[-1]


@pytest.mark.parametrize("command", ["crawl", "newsroom"])
def test_an_outlet_that_turns_us_away_ends_with_5(command: str, tmp_path: Path) -> None:
    answers = {listing.url: Answer(status=403, body=b"no") for listing in IndiatvSpider.listings}
    replay = archive(tmp_path / "barred.warc.gz", answers)

    done = run(command, tmp_path, "indiatv", "-s", f"ARCHIVE_REPLAY={replay}")

    assert done.code == 5
    assert "Traceback" not in done.err


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return the figures that the store keeps of a run that went well."""
    folder = tmp_path_factory.mktemp("usual")
    assert run("newsroom", folder, "indiatv", "--replay", str(ROOT / "demo" / "demo.warc.gz")).code == 0
    store = open_store(f"sqlite:///{folder}/v.db")
    (summary,) = store.runs.last("indiatv")
    store.close()
    return summary


def _remember(usual: dict[str, Any], path: Path) -> None:
    """Store the figures of six runs that went well."""
    store = open_store(f"sqlite:///{path}")
    for day in range(6):
        store.runs.keep(f"run-{day}", "indiatv", day, {**usual, "run": f"run-{day}"})
    store.close()


def test_a_run_out_of_its_band_ends_with_4_when_strict(tmp_path: Path, usual: dict[str, Any]) -> None:
    good = bad.bad_day()
    barred = {url: Answer(status=403, body=b"no") for url in bad.ANNOUNCED}
    replay = archive(tmp_path / "barred.warc.gz", {bad._TODAY: good[bad._TODAY], **barred, bad.BUSY: good[bad.BUSY]})
    _remember(usual, tmp_path / "v.db")

    done = run("newsroom", tmp_path, "indiatv", "--strict", "--replay", str(replay))

    assert done.code == 4, done.err
    assert "blocked" in done.err


def test_a_site_that_answers_every_address_with_a_wall_is_blocked(tmp_path: Path, usual: dict[str, Any]) -> None:
    wall = Answer(body=b"<!doctype html><html><head><title>Just a moment...</title></head><body><p>Wait.")
    walls = {listing.url: wall for listing in IndiatvSpider.listings} | dict.fromkeys(bad.ANNOUNCED, wall)
    replay = archive(tmp_path / "walled.warc.gz", walls | {bad._TODAY: wall})
    _remember(usual, tmp_path / "v.db")

    done = run("newsroom", tmp_path, "indiatv", "--replay", str(replay))

    assert done.code == 5, done.err
    (report,) = (json.loads(path.read_bytes()) for path in tmp_path.glob("exports/*/*/report.json"))
    assert report["outlets"]["indiatv"]["state"] == "blocked"
    assert [(each["kind"], each["alarm"]) for each in report["warnings"]] == [("blocked", True)]
    assert {listing["reason"] for listing in report["outlets"]["indiatv"]["listings"]} == {"blocked"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("crawl", "indatv"), 'did you mean "indiatv"?'),
        (("newsroom", "bbc-hindi"), 'did you mean "bbc_hindi"?'),
        (("newsroom", "--group", "radio"), "the groups are agency, digital, newspaper, public, television"),
        (("newsroom", "indiatv", "--replay", "none.warc.gz"), "no such archive"),
        (("newsroom", "indiatv", "--replay", "README.md"), "not a WARC file"),
        (("newsroom", "indiatv", "--out", "README.md"), "README.md: cannot be written"),
        (("crawl", "indiatv", "-s", "EXPORTS=README.md"), "README.md: cannot be written"),
        (("newsroom", "indiatv", "-s", "STORE=sqlite:///README.md"), "README.md"),
        (("newsroom", "indiatv", "-s", "STORIES_WINDOW_DAYS=abc"), "write a number of days above 0"),
        (("crawl", "indiatv", "-s", "RECHECK_AFTER=1,x"), "write hours above 0"),
        (("crawl", "indiatv", "-s", "ALLOWED_ADDRESSES=mirror:http"), "write addresses, networks or hosts"),
    ],
)
def test_wrong_use_ends_with_2_and_one_line_that_says_what_to_do(arguments: tuple[str, ...], message: str) -> None:
    store = () if any("STORE" in each for each in arguments) else ("-s", "STORE=")
    done = scrapy(*arguments, *store)

    assert done.code == 2
    assert message in done.err
    assert "Traceback" not in done.err
    assert not re.search(r"^\d{4}-", done.err, re.MULTILINE), "it is said before Scrapy's log"
    assert not (ROOT / "README.md.lock").exists()

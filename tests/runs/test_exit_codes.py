"""Exit codes: 0 all well, 2 wrong use, 3 part failed, 4 a gate failed, 5 nothing could be fetched."""

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.runs.ended import Ended
from crawler.runs.exit_code import exit_code
from crawler.store import open_store
from spiders.indiatv import IndiatvSpider
from tests.commands.running import ROOT, Done, scrapy
from tests.runs.replaying import NOW, archive
from tests.site import misbehaviour as bad
from tests.site.publisher import Answer

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
RESTING = Ended(outlet="r", listings={"failed/left-alone": 3}, reason="finished")
LOST = Ended(outlet="j", articles={"exported": 3}, listings={"read": 1}, reason="finished", is_balanced=False)


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
    ],
)
def test_the_exit_code_follows_from_the_outcomes_of_the_outlets(outlets: list[Ended], code: int) -> None:
    assert exit_code(outlets) == code


def test_a_failed_gate_has_priority_over_a_failed_part() -> None:
    assert [exit_code([outlet], has_alarm=True) for outlet in (WELL, PART, DOWN)] == [4, 4, 5]


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
    opens = any(word in each for each in arguments for word in ("STORE", "EXPORTS", "--out"))
    assert ("Scrapy 2." in done.err) == opens, "only what a run opens is found wrong after Scrapy has begun its log"
    assert not (ROOT / "README.md.lock").exists()

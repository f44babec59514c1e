"""newsroom --workers: several processes crawl the outlets of one run; what they read is exported once."""

import json
import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from scrapy.utils.project import get_project_settings

from crawler.exports.catalog import open_catalog
from crawler.exports.verification import check_run
from crawler.store import open_store
from tests.commands.running import Done, scrapy
from tests.crawling.killing import MARK
from tests.exports.sequences import NUMBERED
from tests.runs.lane_outlets import HOSTS
from tests.runs.lanes import Lanes, archives_of, kill, workers_of
from tests.runs.replaying import NOW, lines, manifest, run_folders
from tests.site.test_crawl import OF_THIS_RUN

pytestmark = pytest.mark.scale


BREAKING = "tests.runs.lane_outlets,tests.runs.breaking_outlets"


def report(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((run_folders(folder)[-1] / "report.json").read_text(encoding="utf-8"))
    return found


def check_all_delivered(lanes: Lanes, *places: Path) -> None:
    assert lanes.delivered(*places) == dict.fromkeys(lanes.addresses, 1)
    assert lanes.hosts_of_two_workers() == []
    for place in places or (lanes.exports,):
        rows = [row["sequence"] for shelf in NUMBERED for path in place.rglob(f"{shelf}*.jsonl") for row in lines(path)]
        assert sorted(rows) == list(range(1, open_catalog(place).sequence + 1))
        for run in place.rglob("run=*"):
            assert list(check_run(run)) == []


def test_two_workers_bring_one_export_and_one_report(tmp_path: Path) -> None:
    lanes = Lanes(tmp_path, 4)
    with lanes.publisher:
        done = lanes.start("--workers", "2", "--log", "json").wait()

    assert done.code == 0, done
    check_all_delivered(lanes)
    (run,) = run_folders(tmp_path)
    assert manifest(run)["state"] == "complete"
    assert manifest(run)["outlets"] == sorted(HOSTS)
    found = report(tmp_path)
    assert {name: row["outcomes"]["exported"] + row["outcomes"]["copy"] for name, row in found["outlets"].items()} == (  # type: ignore[attr-defined]
        dict.fromkeys(HOSTS, 4)
    )
    assert all(row["balanced"] and row["finish_reason"] == "finished" for row in found["outlets"].values())  # type: ignore[attr-defined]
    assert found["warnings"] == []
    log = [json.loads(line) for line in done.err.splitlines()]
    assert [line["exit_code"] for line in log if line.get("event") == "run"] == [0]
    store = open_store(lanes.store)
    assert (store.lanes.held(), store.outbox.adopt()) == ([], 0)
    store.close()


@pytest.mark.soak
def test_a_worker_that_is_killed_is_named_and_others_crawl_what_it_left(tmp_path: Path) -> None:
    lanes = Lanes(tmp_path, 12, seconds=0.02)
    with lanes.publisher:
        run = lanes.start("--workers", "2")
        lanes.wait_for(run, 10)
        kill(workers_of(run)[0])
        done = run.wait()

    assert done.code == 3, done
    check_all_delivered(lanes)
    (death,) = [each for each in report(tmp_path)["warnings"] if "was killed by signal 9" in each["text"]]  # type: ignore[attr-defined]
    assert death["text"].startswith("worker ")
    assert death["fails"]
    assert death["text"] in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--workers", "0"), "--workers 0: write a number from 1 to 64"),
        (("--workers", "-1"), "--workers -1: write a number from 1 to 64"),
        (("--workers", "1000"), "--workers 1000: write a number from 1 to 64"),
        (("--workers", "दो"), "--workers दो: write a number"),
        (("--workers", ""), "--workers : write a number"),
        (("--every", "0"), "--every 0: write a number from 1 up and s, m or h: --every 15m"),
        (("--every", "abc"), "--every abc: write a number"),
        (("--every", "15m", "-s", "RUN_ID=mine"), "--every: each round needs a RUN_ID of its own"),
        (("--share", "-s", 'FEEDS={"a.jsonl": {}}'), "--share: leave -O"),
        (("--share", "--replay", "demo/demo.warc.gz"), "--share: STORE is empty"),
        (("--workers", "2", "-s", "LANES_AT_ONCE=0"), "LANES_AT_ONCE is '0': write a whole number from 1 up"),
    ],
)
def test_wrong_use_is_named(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done: Done = scrapy("newsroom", "zee", *arguments, "--out", str(tmp_path / "exports"))

    assert done.code == 2
    assert said in done.err
    assert not (tmp_path / "exports").exists()


@pytest.mark.soak
def test_with_json_the_error_that_ends_a_worker_is_a_line_with_its_traceback(tmp_path: Path) -> None:
    lanes = Lanes(tmp_path, 1)
    with lanes.publisher:
        done = lanes.start("--workers", "1", "--log", "json", "-s", f"SPIDER_MODULES={BREAKING}").wait()

    assert done.code == 3
    log = [json.loads(line) for line in done.err.splitlines()]
    (broke,) = [line for line in log if line["level"] == "critical"]
    assert broke["message"] == "broke: no outlet may be imported in a worker"
    assert "RuntimeError" in broke["exception"]
    deaths = [line["message"] for line in log if line["logger"] == "crawler.runs.team"]
    assert len(deaths) == 3
    assert all("ended with code 1" in each for each in deaths)


@pytest.mark.soak
def test_a_page_on_which_workers_die_costs_no_other_page(tmp_path: Path) -> None:
    lanes = Lanes(tmp_path, 4)
    deadly = "https://www.lane1.example/lane1/world/report-700002"
    page = lanes.publisher.answers[deadly]
    body = page.body.decode().replace("<p>", f"<p>{MARK} ", 1).encode()
    lanes.publisher.answers = {**lanes.publisher.answers, deadly: replace(page, body=body)}
    pipelines = get_project_settings().getdict("ITEM_PIPELINES") | {"tests.crawling.killing.KillingPipeline": 150}
    with lanes.publisher:
        done = lanes.start("--workers", "2", "-s", f"ITEM_PIPELINES={json.dumps(pipelines)}").wait()

    assert done.code == 3
    assert "was killed by signal 9 while it crawled" in done.err
    assert lanes.delivered() == dict.fromkeys(lanes.addresses - {deadly}, 1)
    store = open_store(lanes.store)
    deaths = store.database.connection.execute("SELECT deaths FROM readings").fetchall()
    store.close()
    assert [number for (number,) in deaths] in ([2], [3])


@pytest.mark.soak
def test_the_second_ctrl_c_ends_a_run_at_once_and_its_workers_with_it(tmp_path: Path) -> None:
    lanes = Lanes(tmp_path, 40, seconds=0.05)
    with lanes.publisher:
        run = lanes.start("--workers", "2")
        lanes.wait_for(run, 10)
        workers = workers_of(run)
        run.send_signal(signal.SIGINT)
        time.sleep(0.05)
        run.send_signal(signal.SIGINT)
        done = run.wait()

        assert done.code == 3
        assert not any(Path(f"/proc/{pid}").exists() for pid in workers)
        assert lanes.start("--workers", "2").wait().code == 0

    assert lanes.delivered() == dict.fromkeys(lanes.addresses, 1)


@pytest.mark.scale
@pytest.mark.soak
def test_two_workers_print_the_stories_of_one_process_once_moves_are_applied(tmp_path: Path) -> None:
    archives = archives_of(tmp_path, 12)
    settings = ("SPIDER_MODULES=tests.runs.lane_outlets", f"CRAWL_TIME={NOW}", "DOWNLOAD_DELAY=0")
    options = [part for setting in settings for part in ("-s", setting)]
    found = []
    for workers in ((), ("--workers", "2")):
        out = tmp_path / f"exports{len(workers)}"
        done = scrapy("newsroom", "--replay", str(archives), "--out", str(out), *workers, *options)
        assert done.code == 0, done
        found.append((records_but_stories(out), stories(out)))

    assert len(found[0][0]) == 72
    assert found[0] == found[1]


@pytest.mark.scale
@pytest.mark.soak
def test_an_archive_is_indexed_once_for_all_workers(tmp_path: Path) -> None:
    archives = archives_of(tmp_path, 3)
    whole = (archives / "world.warc.gz").read_bytes()
    (archives / "world.warc.gz").write_bytes(whole[:-40])
    options = ("-s", "SPIDER_MODULES=tests.runs.lane_outlets", "-s", f"CRAWL_TIME={NOW}", "-s", "LOG_LEVEL=WARNING")

    out = tmp_path / "exports"
    done = scrapy("newsroom", "--replay", str(archives), "--out", str(out), "--workers", "3", *options)

    assert done.err.count("world.warc.gz: cut short or damaged") == 1, done  # each worker said so that read it
    assert len(rows(out, "[ac]*.jsonl")) == 18


def records_but_stories(exports: Path) -> dict[str, dict[str, object]]:
    """Return all records, by id, without their stories and without what every run sets anew."""
    return {row["id"]: {key: row[key] for key in row.keys() - OF_THIS_RUN} for row in rows(exports, "[ac]*.jsonl")}


def stories(exports: Path) -> dict[str, str]:
    """Return the story of each article as a reader knows it who has read all moves."""
    told = {row["id"]: row["story"]["id"] for row in rows(exports, "[ac]*.jsonl")}
    return told | {row["article"]: row["to"] for row in rows(exports, "story-moves*.jsonl")}


def rows(exports: Path, names: str) -> list[dict[str, Any]]:
    return [row for part in sorted(exports.glob(f"*/*/{names}")) for row in lines(part)]

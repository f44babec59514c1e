"""newsroom --share: runs that share a store, as on several machines; scrapy deliver exports what they have read."""

import json
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from crawler.store import open_store
from tests.commands.running import scrapy, start
from tests.runs.lane_outlets import HOSTS
from tests.runs.lanes import Lanes, kill, workers_of
from tests.runs.replaying import manifest, run_folders
from tests.runs.test_workers import check_all_delivered


@pytest.mark.soak
def test_two_runs_share_the_outlets_and_one_delivery_exports_them(tmp_path: Path, address: str) -> None:
    lanes = Lanes(tmp_path, 6, store=address, seconds=0.02)
    with lanes.publisher:
        runs = [lanes.start("--share", "--workers", "2", "--log", "json") for _ in range(2)]
        codes = [run.wait().code for run in runs]

        assert codes == [0, 0]
        assert not lanes.exports.exists()
        first = lanes.start(command="deliver").wait()
        again = lanes.start(command="deliver").wait()
        nothing = lanes.start("--share").wait()  # no outlet is due so soon

    assert (first.code, again.code, nothing.code) == (0, 0, 0)
    assert first.err == ""
    assert again.out == "nothing waits to be delivered\n"
    assert lanes.asked() == 36
    check_all_delivered(lanes)
    (folder,) = run_folders(tmp_path)
    assert manifest(folder)["state"] == "complete"
    assert manifest(folder)["outlets"] == sorted(HOSTS)
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert report["totals"]["outlets_with_articles"] == len(HOSTS)


@pytest.mark.soak
def test_a_run_that_crawls_alone_waits_for_shared_ones_or_ends(tmp_path: Path, postgres: Any) -> None:
    lanes = Lanes(tmp_path, 100, store=postgres.fresh(), seconds=1)  # it is at work until it is told to stop
    with lanes.publisher:
        shared = lanes.start("--share")
        lanes.wait_for(shared, 3)
        alone = lanes.start("--log", "json").wait()
        workers = lanes.start("--workers", "2").wait()
        assert (alone.code, workers.code) == (75, 75)
        assert "a run is already at work" in workers.err
        shared.send_signal(signal.SIGTERM)
        assert shared.wait().code == 3  # it was stopped, as a run of one process that is


@pytest.mark.soak
def test_sigterm_ends_rounds_after_the_page_at_hand(tmp_path: Path, postgres: Any) -> None:
    lanes = Lanes(tmp_path, 40, store=postgres.fresh(), seconds=0.05)
    with lanes.publisher:
        run = lanes.start("--share", "--every", "1h")
        lanes.wait_for(run, 10)
        begun = time.monotonic()
        run.send_signal(signal.SIGTERM)
        done = run.wait()

        assert time.monotonic() - begun < 30
        assert done.code == 0
        store = open_store(lanes.store)
        assert store.lanes.held() == []
        store.close()
        assert lanes.start("--share").wait().code == 0  # what was left is due at once
        assert lanes.start(command="deliver").wait().code == 0

    check_all_delivered(lanes)


@pytest.mark.soak
def test_workers_end_when_their_run_is_killed_and_nothing_is_lost(tmp_path: Path) -> None:
    lanes = Lanes(tmp_path, 20, seconds=0.02)
    with lanes.publisher:
        run = lanes.start("--workers", "2")
        lanes.wait_for(run, 20)
        workers = workers_of(run)
        kill(run.pid)
        run.wait()
        until = time.monotonic() + 30
        while any(Path(f"/proc/{pid}").exists() for pid in workers):
            assert time.monotonic() < until
            time.sleep(0.02)
        asked = lanes.asked()
        assert asked < 120
        assert lanes.start("--workers", "2").wait().code == 0

    check_all_delivered(lanes)


def test_there_is_nothing_to_deliver_without_a_store(tmp_path: Path) -> None:
    done = scrapy("deliver", "-s", f"STORE=sqlite:///{tmp_path}/v.db", "--out", str(tmp_path / "exports"))

    assert done.code == 3
    assert "there is no store yet" in done.err
    assert not (tmp_path / "exports").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("zee",), "scrapy deliver takes no names"),
        (("--every", "0"), "--every 0: write a number from 1 up"),
        (("-s", "STORE="), "STORE is empty"),
        (("--every", "5m", "-s", "RUN_ID=mine"), "each round needs a RUN_ID of its own"),
    ],
)
def test_wrong_use_of_deliver_is_named(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = scrapy("deliver", "--out", str(tmp_path / "exports"), *arguments)

    assert done.code == 2
    assert said in done.err


def test_a_store_that_is_lost_in_one_round_is_asked_for_again_in_the_next(tmp_path: Path) -> None:
    (tmp_path / "v.db").mkdir()  # no store can be there
    run = start("newsroom", "indiatv", "--share", "--every", "1s", "-s", f"STORE=sqlite:///{tmp_path}/v.db")
    while run.said().count("v.db") < 2:
        assert run.poll() is None
        time.sleep(0.05)
    run.send_signal(signal.SIGTERM)

    assert run.wait().code == 0

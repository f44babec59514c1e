"""A newsroom run that is killed at random moments: after the next run every article is exported once."""

import random
import signal
import time
from collections import Counter
from pathlib import Path

import pytest

from crawler.exports.verification import check_run
from tests.commands.running import Running, start
from tests.runs.replaying import lines, manifest, run_folders
from tests.soak import times

OUTLETS = ("indiatv", "bbc_hindi", "dw_hindi")


def newsroom(folder: Path, *more: str) -> Running:
    options = (
        "--replay",
        "demo/demo.warc.gz",
        "--out",
        str(folder / "exports"),
        "-s",
        f"STORE=sqlite:///{folder}/v.db",
    )
    return start("newsroom", *OUTLETS, *options, "-s", "LOG_LEVEL=WARNING", *more)


def run(folder: Path, *more: str) -> None:
    done = newsroom(folder, *more).wait()
    assert done.code == 0, done


def kill_after(folder: Path, seconds: float) -> None:
    """Start a run that publishes a part for every two articles, and kill it at random after it made its folder."""
    before = len(run_folders(folder))
    process = newsroom(folder, "-s", "EXPORT_PART_ROWS=2")
    while len(run_folders(folder)) == before and process.poll() is None:
        time.sleep(0.005)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=60)


def articles(folder: Path) -> Counter[str]:
    parts = [path for run in run_folders(folder) for path in run.glob("[ac]*.jsonl")]
    return Counter(record["id"] for part in parts for record in lines(part))


def kill_often(folder: Path, seed: int, kills: int) -> None:
    chance = random.Random(seed)
    whole = folder / "whole"
    whole.mkdir()
    run(whole)

    for _ in range(kills):
        kill_after(folder, chance.random() * 0.6)
    run(folder)

    assert articles(folder) == dict.fromkeys(articles(whole), 1)
    for path in run_folders(folder):
        assert manifest(path)["state"] in ("complete", "recovered")
        assert (path / "report.json").exists()
        assert (path / "report.html").exists()
        assert list(check_run(path)) == []


def test_each_article_is_exported_once_after_two_kills(tmp_path: Path) -> None:
    kill_often(tmp_path, seed=3, kills=2)


@pytest.mark.soak
def test_each_article_is_exported_once_after_thirty_kills(tmp_path: Path) -> None:
    kill_often(tmp_path, seed=4, kills=times(30, least=5))

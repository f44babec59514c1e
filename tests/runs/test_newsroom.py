"""`scrapy newsroom` crawls many outlets in one run, as a user starts it."""

import asyncio
import json
import os
import time
from collections import Counter
from pathlib import Path

import pytest
from scrapy.crawler import AsyncCrawlerRunner

from crawler.archive import replay
from crawler.archive.reader import Answer
from crawler.lock import NamedLock
from crawler.runs.in_process import Newsroom
from crawler.shelves import Shelf
from tests.commands.running import ROOT, Done, Running, start
from tests.runs.replaying import crawl, lines, manifest, run_folders, settings_of

DEMO = ROOT / "demo" / "demo.warc.gz"
ODD = ("-s", "SPIDER_MODULES=spiders,tests.runs.oddities")


def begin(folder: Path, *arguments: str) -> Running:
    options = ("--replay", str(DEMO), "--out", str(folder / "exports"), "-s", f"STORE=sqlite:///{folder}/v.db")
    return start("newsroom", *arguments, *options, "-s", "LOG_LEVEL=WARNING")


def newsroom(folder: Path, *arguments: str) -> Done:
    return begin(folder, *arguments).wait()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("newsroom")


@pytest.fixture(scope="module")
def first(folder: Path) -> Done:
    return newsroom(folder, "indiatv", "bbc_hindi", "dw_hindi")


def test_all_outlets_of_a_run_share_one_folder_and_one_manifest(first: Done, folder: Path) -> None:
    assert first.code == 0, first.err
    (run,) = run_folders(folder)
    found = manifest(run)
    assert found["outlets"] == ["bbc_hindi", "dw_hindi", "indiatv"]
    assert found["state"] == "complete"
    records = lines(run / "articles.jsonl")
    assert {record["outlet"] for record in records} == {"bbc_hindi", "dw_hindi", "indiatv"}
    assert {record["run_id"] for record in records} == {found["run_id"]}
    assert {path.name for path in run.iterdir()} == {
        *(f"{shelf}.jsonl" for shelf in Shelf),
        "manifest.json",
        "report.json",
        "report.html",
    }


def test_the_table_names_outlet_headline_place_country_and_credit(first: Done, folder: Path) -> None:
    (run,) = run_folders(folder)[:1]
    records = lines(run / "articles.jsonl")

    assert all(record["headline"][:40] in first.out for record in records)
    assert "(नेपाल)" in first.out
    names = [credit["name"] for record in records for credit in record["credits"]]
    assert names
    assert all(name in first.out for name in names)
    assert str(run / "articles.jsonl") in first.out.replace("\n", "")
    assert first.err == ""


def test_a_second_run_delivers_nothing_twice(first: Done, folder: Path) -> None:
    done = newsroom(folder, "indiatv", "bbc_hindi", "dw_hindi")

    assert done.code == 0
    run = run_folders(folder)[-1]
    assert [part["rows"] for part in manifest(run)["parts"]] == [0] * len(Shelf)
    assert "0 articles" in done.out


def test_forced_runs_read_again_and_deliver_nothing_twice(first: Done, folder: Path) -> None:
    done = newsroom(folder, "indiatv", "--force")

    run = run_folders(folder)[-1]
    report = json.loads((run / "report.json").read_text(encoding="utf-8"))
    assert done.code == 0
    assert (report["totals"]["exported"], report["totals"]["unchanged"]) == (0, report["totals"]["requests"])
    assert report["totals"]["requests"] > 3


def test_texts_are_forgotten_once_a_run_whatever_the_number_of_outlets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr("crawler.store.storybook.StoryTables.forget_before", lambda _, seen: asked.append(seen))

    async def run() -> dict[str, int]:
        runner = AsyncCrawlerRunner(settings_of(tmp_path, DEMO))
        with Newsroom(runner, "indiatv", "zee", "bbc_hindi") as news:
            await runner.join()
        return dict(Counter(str(article.outlet) for article in news.articles))

    read = asyncio.run(run())

    assert len(read) == 3
    assert len(asked) == 1


def test_force_and_only_new_are_refused_together(tmp_path: Path) -> None:
    done = newsroom(tmp_path, "indiatv", "--force", "--only-new")

    assert done.code == 2
    assert "--only-new: not allowed with argument --force" in done.err


def test_a_run_into_a_store_that_another_run_holds_is_refused(tmp_path: Path) -> None:
    lock = NamedLock(tmp_path / "v.db.lock")
    lock.take_over()

    done = newsroom(tmp_path, "indiatv")

    lock.release()
    assert done.code == 75
    assert f"process {os.getpid()}, running since" in done.err
    assert not (tmp_path / "exports").exists()


def test_a_run_that_finds_another_at_work_says_so_as_json_too(tmp_path: Path) -> None:
    lock = NamedLock(tmp_path / "v.db.lock")
    lock.take_over()

    done = newsroom(tmp_path, "indiatv", "--log", "json")

    lock.release()
    (line,) = map(json.loads, done.err.splitlines())
    assert (done.code, line["exit_code"]) == (75, 75)
    assert f"process {os.getpid()}" in line["message"]


def test_with_wait_a_run_begins_when_the_other_has_ended(tmp_path: Path) -> None:
    lock = NamedLock(tmp_path / "v.db.lock")
    lock.take_over()
    waiting = begin(tmp_path, "indiatv", "--wait")
    while f"process {os.getpid()}" not in waiting.said():
        assert waiting.poll() is None, waiting.wait()
        time.sleep(0.05)

    lock.release()

    assert waiting.wait().code == 0
    assert len(lines(run_folders(tmp_path)[0] / "articles.jsonl")) == 4


def test_the_lock_of_a_dead_run_is_taken_over_with_a_warning(tmp_path: Path) -> None:
    (tmp_path / "v.db.lock").touch()
    (tmp_path / "v.db.lock.holder").write_text('{"pid": 4711, "started": "2026-11-24T04:30:00+00:00"}')

    done = newsroom(tmp_path, "indiatv")

    assert done.code == 0
    assert "taken over from a run that died (process 4711" in done.err
    assert not list(tmp_path.glob("v.db.lock*"))


def test_an_outlet_that_breaks_does_not_stop_the_others(tmp_path: Path) -> None:
    done = newsroom(tmp_path, "broken", "unbuildable", "indiatv", *ODD)

    assert done.code == 3
    (run,) = run_folders(tmp_path)
    assert len(lines(run / "articles.jsonl")) == 4
    assert "unbuildable: did not run to its end" in done.out


def test_a_run_that_died_has_its_report_after_the_next_one(tmp_path: Path) -> None:
    dead = tmp_path / "exports" / "date=2026-11-24" / "run=dead"
    dead.mkdir(parents=True)
    (dead / ".running").touch()

    done = newsroom(tmp_path, "indiatv")

    assert done.code == 0
    assert str(dead) in done.err
    assert manifest(dead)["state"] == "recovered"
    assert json.loads((dead / "report.json").read_bytes())["run"]["id"] == "dead"


@pytest.mark.parametrize("spider", ["interrupted", "interrupted_twice"])
def test_articles_read_before_an_interrupt_are_exported_and_the_next_run_fetches_the_rest(
    tmp_path: Path, spider: str
) -> None:
    stopped = newsroom(tmp_path, spider, *ODD)
    kept = lines(run_folders(tmp_path)[0] / "articles.jsonl")
    assert stopped.code == 3
    assert manifest(run_folders(tmp_path)[0])["state"] == "interrupted"

    rest = newsroom(tmp_path, "indiatv")

    both = kept + lines(run_folders(tmp_path)[1] / "articles.jsonl")
    assert rest.code == 0
    assert len({record["id"] for record in both}) == len(both) == 4


def test_each_outlet_may_have_a_feed_of_its_own_but_not_overwrite_the_others(tmp_path: Path) -> None:
    refused = newsroom(tmp_path, "indiatv", "dw_hindi", "-s", f'FEEDS={{"{tmp_path}/all.jsonl": {{}}}}')
    feeds = f'FEEDS={{"{tmp_path}/%(name)s.jsonl": {{"format": "jsonlines"}}}}'
    done = newsroom(tmp_path, "indiatv", "dw_hindi", "-s", feeds)

    assert (refused.code, done.code) == (2, 0)
    assert "put %(name)s into its name" in refused.err
    assert len(lines(tmp_path / "indiatv.jsonl")) == 4
    assert not (tmp_path / "exports").exists()


def test_all_outlets_of_a_run_read_the_archive_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    read: list[Path] = []
    original = replay.index

    def index(path: Path, damaged: list[str]) -> dict[str, Answer]:
        read.append(path)
        return original(path, damaged)

    monkeypatch.setattr(replay, "index", index)
    copy = tmp_path / "copy.warc.gz"
    copy.write_bytes(DEMO.read_bytes())

    for outlet in ("indiatv", "dw_hindi"):
        crawl(settings_of(tmp_path, copy), outlet)

    assert read == [copy]

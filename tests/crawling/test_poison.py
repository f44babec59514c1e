"""A page on which runs die is counted after each SIGKILL and refused after three; all other pages are read."""

import json
from dataclasses import replace
from pathlib import Path

from scrapy.utils.project import get_project_settings

from crawler.store import open_store
from crawler.store.store import SqliteStore
from tests.crawling.crawls import Crawls, site
from tests.crawling.killing import MARK
from tests.crawling.site import address

PIPELINES = {**get_project_settings().getdict("ITEM_PIPELINES"), "tests.crawling.killing.KillingPipeline": 150}
KILLING = ("-s", f"ITEM_PIPELINES={json.dumps(PIPELINES)}")


def test_a_page_on_which_three_runs_died_is_refused_and_named(tmp_path: Path) -> None:
    answers = site(4)
    body = answers[address(2)].body.decode().replace("<p>", f"<p>{MARK} ", 1)
    answers[address(2)] = replace(answers[address(2)], body=body.encode())
    crawls = Crawls(tmp_path, answers)
    with crawls.publisher:
        runs = [crawls.start(*KILLING, now=f"2026-11-{24 + day}T10:00:00+05:30").wait() for day in range(8)]

    assert [run.code for run in runs].count(-9) == 3
    assert "a run died while it read this page (3 so far)" in "".join(run.err for run in runs)
    texts = [path.read_text(encoding="utf-8") for path in tmp_path.rglob("refused*.jsonl")]
    refused = [json.loads(line) for text in texts for line in text.splitlines()]
    assert [line["url"] for line in refused if line["reason"] == "kills-reader"] == [address(2)]
    assert {record["url"] for record in crawls.delivered()} == {address(number) for number in (0, 1, 3)}
    assert crawls.publisher.urls().count(address(2)) == 4


def reader(path: Path) -> SqliteStore:
    return open_store(f"sqlite:///{path}/v.db")


def test_a_page_that_was_read_leaves_no_mark(tmp_path: Path) -> None:
    store = reader(tmp_path)
    store.readings.begin("a")
    store.readings.done("a")
    store.close()

    after = reader(tmp_path)

    assert after.readings.sweep() == []
    assert after.readings.deaths("a") == 0
    after.close()


def test_only_the_page_of_a_dead_process_counts_and_only_once(tmp_path: Path) -> None:
    living, other = reader(tmp_path), reader(tmp_path)
    living.readings.begin("a")
    assert other.readings.sweep() == []

    living._owner._lock._lock.release()  # type: ignore[union-attr]  # as the kernel does when the process is killed

    assert other.readings.sweep() == ["a"]
    assert other.readings.sweep() == []
    assert other.readings.deaths("a") == 1
    living.close()
    other.close()


def test_the_mark_names_the_page_that_was_begun_last(tmp_path: Path) -> None:
    store = reader(tmp_path)
    store.readings.begin("a")
    store.readings.begin("b")
    store.readings.done("a")

    (note,) = (tmp_path / "v.db-runs").glob("*.reading")

    assert note.read_text() == "b"
    store.close()
    assert not note.exists()

"""A page on which runs die is counted after each SIGKILL and refused after three; all other pages are read."""

import json
from dataclasses import replace
from pathlib import Path

from scrapy import Request
from scrapy.http import Response
from scrapy.utils.project import get_project_settings
from scrapy.utils.test import get_crawler

from crawler.crawling.poison import PoisonExtension
from crawler.discovery.ask import ArticleAsk
from crawler.discovery.links import Link
from crawler.store import open_store, store_of
from crawler.store.store import DatabaseStore
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


def reader(path: Path) -> DatabaseStore:
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

    living._owner._lock._lock.release()  # type: ignore[attr-defined]  # as the kernel does when the process is killed

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

    assert note.read_text().split("\n")[0] == "b"
    store.close()
    assert not note.exists()


def test_of_a_longer_name_nothing_is_left_in_the_mark(tmp_path: Path) -> None:
    store = reader(tmp_path)
    store.readings.begin("a-very-long-name")
    store.readings.done("a-very-long-name")
    died_on(tmp_path, "b")

    assert store.readings.sweep() == ["b"]
    store.close()


def test_the_deaths_on_a_page_are_forgotten_when_its_article_is_read(tmp_path: Path) -> None:
    crawler = get_crawler(settings_dict={"STORE": f"sqlite:///{tmp_path}/v.db"})
    extension, store = PoisonExtension.from_crawler(crawler), store_of(crawler)
    ask = ArticleAsk(link=Link(url=address(0), listing="https://x/feed"), address="a")
    page = Response(address(0), request=Request(address(0), meta={"ask": ask}))
    for _ in range(2):
        died_on(tmp_path, "a")
        extension.spider_opened()

    extension.page_reading(page)
    extension.page_done(page)
    after_the_first_of_its_pages = store.readings.deaths("a")
    extension.article_done(page)

    assert after_the_first_of_its_pages == 2
    assert store.readings.deaths("a") == 0
    store.close()


def died_on(folder: Path, id: str) -> None:
    """Leave the mark of a page behind, as a process does that is killed while it reads it."""
    dead = reader(folder)
    dead.readings.begin(id)
    dead._owner._lock._lock.release()  # type: ignore[attr-defined]  # as the kernel does
    dead.database.close()

"""A page on which runs die is counted after each SIGKILL and refused after three; all other pages are read."""

import json
from collections.abc import Callable
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
from tests.crawling.crawls import Crawls, site
from tests.crawling.deaths import being_read, die, die_on
from tests.crawling.killing import MARK
from tests.crawling.site import address

PIPELINES = {**get_project_settings().getdict("ITEM_PIPELINES"), "tests.crawling.killing.KillingPipeline": 150}
URL = address(0)
KILLING = ("-s", f"ITEM_PIPELINES={json.dumps(PIPELINES)}")


def test_a_page_on_which_three_runs_died_is_refused_and_named(tmp_path: Path, new_address: Callable[[], str]) -> None:
    answers = site(4)
    body = answers[address(2)].body.decode().replace("<p>", f"<p>{MARK} ", 1)
    answers[address(2)] = replace(answers[address(2)], body=body.encode())
    crawls = Crawls(tmp_path, answers, store=new_address())
    with crawls.publisher:
        runs = [crawls.start(*KILLING, now=f"2026-11-{24 + day}T10:00:00+05:30").wait() for day in range(8)]

    assert [run.code for run in runs].count(-9) == 3
    assert "a run died while it read this page (3 so far)" in "".join(run.err for run in runs)
    texts = [path.read_text(encoding="utf-8") for path in tmp_path.rglob("refused*.jsonl")]
    refused = [json.loads(line) for text in texts for line in text.splitlines()]
    assert [line["url"] for line in refused if line["reason"] == "kills-reader"] == [address(2)]
    assert {record["url"] for record in crawls.delivered()} == {address(number) for number in (0, 1, 3)}
    assert crawls.publisher.urls().count(address(2)) == 4


def test_a_page_that_was_read_leaves_no_mark(address: str) -> None:
    store = open_store(address)
    store.readings.begin("a")
    store.readings.done("a")
    store.close()

    after = open_store(address)

    assert after.readings.sweep() == []
    assert after.readings.deaths("a") == 0
    after.close()


def test_only_the_page_of_a_dead_process_counts_and_only_once(address: str) -> None:
    living, other = open_store(address), open_store(address)
    living.readings.begin("a")
    assert other.readings.sweep() == []

    die(living, address)

    assert other.readings.sweep() == ["a"]
    assert other.readings.sweep() == []
    assert other.readings.deaths("a") == 1
    other.close()


def test_the_mark_names_the_page_that_was_begun_last(address: str) -> None:
    store, other = open_store(address), open_store(address)
    store.readings.begin("a")
    store.readings.begin("b")
    store.readings.done("a")

    assert being_read(other, address) == ["b"]
    store.close()
    assert being_read(other, address) == []
    other.close()


def test_of_a_longer_name_nothing_is_left_in_the_mark(address: str) -> None:
    store = open_store(address)
    store.readings.begin("a-very-long-name")
    store.readings.done("a-very-long-name")
    die_on(address, "b")

    assert store.readings.sweep() == ["b"]
    store.close()


def test_the_deaths_on_a_page_are_forgotten_when_its_article_is_read(address: str) -> None:
    crawler = get_crawler(settings_dict={"STORE": address})
    extension, store = PoisonExtension.from_crawler(crawler), store_of(crawler)
    ask = ArticleAsk(link=Link(url=URL, listing="https://x/feed"), address="a")
    page = Response(URL, request=Request(URL, meta={"ask": ask}))
    for _ in range(2):
        die_on(address, "a")
        extension.spider_opened()

    extension.page_reading(page)
    extension.page_done(page)
    after_the_first_of_its_pages = store.readings.deaths("a")
    extension.article_done(page)

    assert after_the_first_of_its_pages == 2
    assert store.readings.deaths("a") == 0
    store.close()

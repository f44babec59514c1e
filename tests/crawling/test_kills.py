"""Crawls that are killed at random moments: each article is delivered exactly once."""

import random
from collections import Counter
from pathlib import Path

import pytest

from tests.crawling.crawls import Crawls, site
from tests.crawling.site import address, articles, section
from tests.soak import sample

LATER = "2026-11-26T10:00:00+05:30"
"""When a page is requested again, on which two crawls or more happened to be killed."""


def kill_often(folder: Path, seed: int, kills: int, count: int, *, store: str | None = None) -> None:
    chance = random.Random(seed)
    paged = section(range(count, count + 8), range(count + 8, count + 16))
    count += 16
    crawls = Crawls(folder, {**site(count - 16), **articles(count), **paged}, store=store)
    with crawls.publisher:
        for _ in range(kills):
            crawls.kill_after(chance.randint(0, count // 2), chance.random() * 0.2)
        crawls.run()
        crawls.run(now=LATER)
        last, _ = crawls.run(now=LATER)

    counts = Counter(record["url"] for record in crawls.delivered())
    assert counts == {address(number): 1 for number in range(count)}
    assert last == []


def test_each_article_is_delivered_once_whenever_crawls_are_killed(tmp_path: Path, address: str) -> None:
    kill_often(tmp_path, seed=1, kills=4, count=40, store=address)


@pytest.mark.soak
@pytest.mark.parametrize("seed", sample(range(2, 42)))
def test_each_article_is_delivered_once_over_two_hundred_kills(tmp_path: Path, seed: int) -> None:
    kill_often(tmp_path, seed, kills=5, count=150)

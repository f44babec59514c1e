"""scrapy store: stats, forget, prune, check."""

import argparse
import time
from dataclasses import replace

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.commands.store import Command
from crawler.items import Story
from crawler.reading.article_ids import article_id
from crawler.shelves import Shelf
from crawler.store import Address, Listed, open_store
from pipelines.story import text_of_article
from spiders.indiatv import IndiatvSpider
from tests.store.test_outbox import article


@pytest.fixture
def kept(address: str) -> str:
    """Return the address of a store with one article, in a story, written one second after the start of 1970."""
    store = open_store(address)
    known = article("a", text="पुल खुल गया और चालीस गांवों के लोग बाजार पहुंचे", published_at="2026-01-01T00:00:00+05:30")
    store.addresses.announce([Address(id="a", outlet="indiatv", url=known.url, listing="https://x/feed", first_seen=1)])
    story, related = store.storybook.add(text_of_article(known), 1)
    known.story = Story(id=story, relation=related.relation)
    store.articles.write(known, 1, Shelf.ARTICLES)
    store.addresses.record_outcome("a", "written", 1)
    store.listings.keep(Listed(url="https://x/feed", outlet="indiatv", etag='"1"', failures=4, last_new=1))
    store.listings.count("https://x/feed", "run-1", 1, new=1, known=2)
    store.listings.count("https://x/feed", "run-2", 2, dead=3)
    store.close()
    return address


def run(address: str, *args: str, older_than: str | None = None) -> None:
    command = Command()
    command.settings = Settings({"STORE": address, "SPIDER_MODULES": ["spiders"]})
    command.run(list(args), argparse.Namespace(older_than=older_than))


def name_of(address: str) -> str:
    return address.removeprefix("sqlite:///")


def test_stats_count_and_name_listings_that_have_died(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(kept, "stats")
    printed = capsys.readouterr().out

    assert "articles           1" in printed
    assert "articles whose story got another id 0" in printed
    assert "indiatv: 1 articles, 0 revised, last written 1970-01-01" in printed
    assert (
        "https://x/feed: last new article 1970-01-01, 4 reads in a row without an article; "
        "last 2 runs: 1 new, 2 known, 3 dead" in printed
    )


def test_a_forgotten_article_is_new_again(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(kept, "forget", "https://example.in/a", "https://example.in/b")
    store = open_store(kept)

    assert capsys.readouterr().out.splitlines() == [
        "https://example.in/a: forgotten",
        "https://example.in/b: not known: give the address or id as an export prints it",
    ]
    assert store.articles.kept("a") is None
    assert store.addresses.get("a") is None
    listed = store.listings.get("https://x/feed")
    assert listed is not None
    assert listed.etag is None
    assert store.database.connection.execute("SELECT count(*) FROM marks").fetchone() == (0,)
    store.close()


@pytest.mark.parametrize(
    "twin",
    [
        "http://www.indiatv.in/world/asia/a-2026-11-24-1184188",
        "https://m.indiatv.in/world/asia/a-2026-11-24-1184188?utm_source=x",
        "https://www.indiatv.in/amp/world/asia/another-slug-2026-11-24-1184188",
    ],
)
def test_an_article_is_forgotten_under_any_of_its_addresses(kept: str, twin: str) -> None:
    outlet, url = IndiatvSpider.outlet, "https://www.indiatv.in/world/asia/a-2026-11-24-1184188"
    key = article_id(url, outlet)
    store = open_store(kept)
    store.addresses.announce([Address(id=key, outlet="indiatv", url=url, listing="https://x/feed", first_seen=1)])

    run(kept, "forget", twin)

    assert store.addresses.get(key) is None
    assert store.addresses.get("a") is not None
    store.close()


def test_prune_deletes_what_is_older_and_leaves_a_sound_store(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(kept, "prune", older_than="90d")
    run(kept, "check")

    assert capsys.readouterr().out.splitlines() == [
        "forgotten: 1 articles, 1 addresses, 1 texts, 1 stories",
        f"{name_of(kept)}: sound",
    ]


def test_prune_deletes_addresses_that_no_crawl_has_fetched(kept: str) -> None:
    store = open_store(kept)
    store.addresses.announce([Address(id="w", outlet="indiatv", url="https://x/w", listing="https://x", first_seen=1)])
    store.addresses.date("w", "1970-01-01T00:00:00+00:00", 2)

    run(kept, "prune", older_than="90d")

    assert store.addresses.get("w") is None
    store.close()


def test_prune_keeps_what_a_listing_still_announces_however_old_it_is(kept: str) -> None:
    store = open_store(kept)
    known = store.addresses.get("a")
    assert known is not None
    store.addresses.announce([replace(known, announced=int(time.time()))])

    run(kept, "prune", older_than="90d")

    assert store.articles.kept("a") is not None
    assert store.addresses.get("a") is not None
    store.close()


def test_check_says_what_is_damaged(kept: str) -> None:
    store = open_store(kept)
    store.database.connection.execute("DELETE FROM articles")
    store.close()

    with pytest.raises(UsageError, match="1 addresses whose article is written but not kept; restore it"):
        run(kept, "check")


@pytest.mark.parametrize(
    ("args", "older_than", "wrong"),
    [
        ((), None, "say what to do: scrapy store stats"),
        (("tidy",), None, "tidy: no such action"),
        (("forget",), None, "forget needs the addresses"),
        (("stats", "x"), None, "the other actions take none"),
        (("prune",), None, "write a number and d, w or h"),
        (("prune",), "90 days", "write a number and d, w or h"),
    ],
)
def test_wrong_use_is_refused_with_the_right_use(
    kept: str, args: tuple[str, ...], older_than: str | None, wrong: str
) -> None:
    with pytest.raises(UsageError, match=wrong):
        run(kept, *args, older_than=older_than)


def test_a_missing_store_is_not_created(address: str) -> None:
    for _ in range(2):
        with pytest.raises(UsageError, match="there is no store yet"):
            run(address, "stats")

"""The stored articles, addresses, listings and runs, and how their states change."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from crawler.crawling.recheck import RecheckMiddleware
from crawler.discovery.links import Link
from crawler.items import Block
from crawler.reading.article_ids import article_id
from crawler.store import Address, Listed, open_store
from crawler.store.store import DatabaseStore
from crawler.store.values import edition_of
from spiders.indiatv import IndiatvSpider
from tests.store.test_outbox import article

HOUR = 3_600
AFTER = [HOUR, 6 * HOUR, 24 * HOUR]


@pytest.fixture
def store(address: str) -> Iterator[DatabaseStore]:
    opened = open_store(address)
    yield opened
    opened.close()


def announced(id: str, first_seen: int = 0) -> Address:
    return Address(id=id, outlet="indiatv", url=f"https://x/{id}", listing="https://x/feed", first_seen=first_seen)


def body(*lines: str) -> list[Block]:
    return [Block(kind="paragraph", text=line) for line in lines]


def test_white_space_images_and_times_make_no_new_edition() -> None:
    one = edition_of(article("a", body=body("पुल  खुल गया।", "लोग खुश हैं।")))
    other = edition_of(article("a", body=body("पुल खुल गया। लोग", "खुश हैं।"), modified_at="2026-01-01", tags=["पुल"]))

    assert other.changed_since(one) == ()


def test_what_changed_is_named() -> None:
    one = edition_of(article("a", body=body("पुल खुल गया।")))

    assert edition_of(article("a", body=body("पुल बंद हुआ।"))).changed_since(one) == ("body",)
    assert edition_of(article("a", body=body("पुल खुल गया।"), deck="नया")).changed_since(one) == ("deck",)


def test_a_known_address_is_due_when_it_has_passed_an_age_since_it_was_checked() -> None:
    known = replace(announced("a"), checked=10)

    assert not known.is_due(HOUR - 1, AFTER)
    assert known.is_due(HOUR, AFTER)
    assert not replace(known, checked=HOUR + 5).is_due(5 * HOUR, AFTER)
    assert replace(known, checked=HOUR + 5).is_due(30 * HOUR, AFTER)
    assert not replace(known, checked=25 * HOUR).is_due(1000 * HOUR, AFTER)


def test_an_announced_address_waits_until_its_article_has_an_outcome(store: DatabaseStore) -> None:
    store.addresses.announce([announced("a"), announced("b"), announced("c")])
    store.addresses.belongs("b", "article-of-b")
    store.addresses.record_outcome("a", "written", 50)
    store.addresses.record_outcome("article-of-b", "refused", 60)

    assert [each.id for each in store.addresses.waiting("indiatv", 70)] == ["c"]
    assert store.addresses.waiting("other", 70) == []
    assert [each.id for each in store.addresses.due("indiatv", HOUR + 1, AFTER)] == ["a", "b"]


def test_what_was_written_stays_written_when_it_is_read_again(store: DatabaseStore) -> None:
    store.addresses.announce([announced("a")])
    store.addresses.record_outcome("a", "written", 50)
    store.addresses.record_outcome("a", "refused", HOUR + 60)
    known = store.addresses.get("a")

    assert known is not None
    assert (known.state, known.checked) == ("written", HOUR + 60)


def test_an_address_that_leads_to_its_own_article_again_drops_the_outcome_of_the_other(store: DatabaseStore) -> None:
    store.addresses.announce([announced("a")])
    store.addresses.belongs("a", "b")
    store.addresses.record_outcome("b", "written", 50)
    store.addresses.record_outcome("a", "refused", HOUR + 60)
    store.addresses.record_outcome("b", "written", 2 * HOUR)
    known = store.addresses.get("a")

    assert known is not None
    assert (known.state, known.checked) == ("refused", HOUR + 60)


def test_a_page_that_is_gone_is_not_requested_again(store: DatabaseStore) -> None:
    store.addresses.announce([announced("gone")])
    store.addresses.end("gone", "dead", 50)

    assert store.addresses.waiting("indiatv", 60) == []
    assert store.addresses.due("indiatv", 25 * HOUR, AFTER) == []


def test_a_page_that_cannot_be_fetched_is_tried_ten_times_after_ever_longer_waits(store: DatabaseStore) -> None:
    store.addresses.announce([announced("failing")])
    tried = []
    for now in range(0, 14 * 24 * HOUR, HOUR // 4):
        for _ in store.addresses.waiting("indiatv", now):
            tried.append(now)
            store.addresses.failed("failing", now)

    waits = [later - now for now, later in pairwise(tried)]
    assert len(tried) == 10
    assert waits[:4] == [HOUR // 4, HOUR // 2, 3 * HOUR // 4, 6 * HOUR // 4]
    assert waits == sorted(waits)
    assert 3 * 24 * HOUR < tried[-1] < 5 * 24 * HOUR
    assert store.addresses.due("indiatv", tried[-1] + HOUR, AFTER) == []


def test_a_failed_recheck_is_not_repeated_before_the_next_age(store: DatabaseStore) -> None:
    store.addresses.announce([announced("a")])
    store.addresses.record_outcome("a", "written", 50)
    store.addresses.failed("a", HOUR + 60)

    assert store.addresses.due("indiatv", 2 * HOUR, AFTER) == []
    assert [each.state for each in store.addresses.due("indiatv", AFTER[-1] + 1, AFTER)] == ["written"]


def test_a_page_that_breaks_the_reader_counts_as_a_failed_fetch(store: DatabaseStore) -> None:
    crawler = get_crawler(IndiatvSpider)
    crawler.spider = IndiatvSpider.from_crawler(crawler)
    link = Link(url="https://www.indiatv.in/world/asia/a-2026-11-24-1184188", listing="https://x/feed")
    key = article_id(link.url, IndiatvSpider.outlet)
    store.addresses.announce([announced(key)])

    page = Response(link.url, request=crawler.spider.article_request(link))
    RecheckMiddleware(crawler, store).process_spider_exception(page, ValueError("broken"))

    known = store.addresses.get(key)
    assert known is not None
    assert (known.state, known.tries) == ("waiting", 1)


def test_a_host_that_lied_is_trusted_again_after_a_month(store: DatabaseStore) -> None:
    store.listings.caught_lying("x", 0)

    assert store.listings.lies("x", 29 * 24 * HOUR)
    assert not store.listings.lies("x", 31 * 24 * HOUR)
    assert not store.listings.lies("y", 0)


def test_listings_and_their_counts_are_stored(store: DatabaseStore) -> None:
    listed = Listed(url="https://x/feed", outlet="indiatv", etag='"1"', digest=b"12345678")
    store.listings.keep(listed)
    store.listings.count("https://x/feed", "run-1", 5, new=3)
    store.listings.count("https://x/feed", "run-1", 5, known=2, dead=1)

    assert store.listings.get("https://x/feed") == listed
    assert [(each.new, each.known, each.dead) for each in store.listings.yields("https://x/feed")] == [(3, 2, 1)]


def test_summaries_of_runs_are_returned_newest_first(store: DatabaseStore) -> None:
    for ended in (1, 3, 2):
        store.runs.keep(f"run-{ended}", "indiatv", ended, {"items": ended, "कितने": None})

    assert [report["items"] for report in store.runs.last("indiatv", 2)] == [3, 2]


def test_of_runs_that_end_in_one_second_the_one_kept_last_is_the_newest(store: DatabaseStore) -> None:
    for run in ("run-b", "run-c", "run-a"):
        store.runs.keep(run, "indiatv", 1, {"run": run})

    assert [report["run"] for report in store.runs.last("indiatv")] == ["run-a", "run-c", "run-b"]


def test_summaries_and_counts_older_than_a_thousand_runs_are_deleted(store: DatabaseStore) -> None:
    for ended in range(1005):
        store.runs.keep(f"run-{ended}", "indiatv", ended, {"items": ended})
        store.listings.count("https://x/feed", f"run-{ended}", ended, new=1)
    store.runs.keep("run-0", "aajtak", 0, {"items": 0})

    kept = [report["items"] for report in store.runs.last("indiatv", 2000)]
    assert (len(kept), kept[0], kept[-1]) == (1000, 1004, 5)
    assert len(store.listings.yields("https://x/feed", 2000)) == 1000
    assert len(store.runs.last("aajtak")) == 1

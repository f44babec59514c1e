"""Listings over many runs: their yields, false 304s, and warnings about dead listings."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.store import open_store
from tests.crawling.crawls import Crawls, site
from tests.crawling.site import FEED, HOME, SITEMAP, address, articles, listings, section
from tests.site.publisher import Answer


def test_an_article_that_two_listings_announce_counts_for_both(tmp_path: Path, new_address: Callable[[], str]) -> None:
    items = "".join(f"<item><link>{address(number)}</link><title>पुल</title></item>" * 2 for number in range(3))
    feed = f'<rss version="2.0"><channel>{items}</channel></rss>'
    crawls = Crawls(
        tmp_path,
        {**site(3), FEED: Answer(body=feed.encode(), headers={"Content-Type": "text/xml"})},
        store=new_address(),
    )
    with crawls.publisher:
        crawls.run()

    store = open_store(crawls.store)
    yields = {listed.url: store.listings.yields(listed.url) for listed in store.listings.of("indiatv")}
    daily = SITEMAP.replace("2026-11-24", "{date:%Y-%m-%d}")
    assert [(each.new, each.known) for url in (FEED, daily) for each in yields[url]] == [(3, 0), (3, 0)]
    store.close()


def test_an_article_that_since_excludes_is_fetched_by_a_later_crawl_without_since(
    tmp_path: Path, new_address: Callable[[], str]
) -> None:
    answers = site(3)
    older = answers[SITEMAP].body.replace(b"2026-11-24T06:00:00+05:30", b"2026-11-20T06:00:00+05:30", 1)
    answers[SITEMAP] = replace(answers[SITEMAP], body=older)
    crawls = Crawls(tmp_path, answers, store=new_address())
    with crawls.publisher:
        newer, _ = crawls.run("-a", "since=2026-11-22")
        rest, _ = crawls.run()

    assert (sorted(newer), rest) == ([address(1), address(2)], [address(0)])


def test_a_section_page_that_failed_is_read_by_the_next_run(tmp_path: Path, new_address: Callable[[], str]) -> None:
    pages = section(range(3), range(3, 6))
    second = f"{HOME}/world?page=2"
    answers = {f"{HOME}/robots.txt": Answer(status=404), **articles(6), **pages, second: Answer(status=503)}
    crawls = Crawls(tmp_path, answers, store=new_address())
    with crawls.publisher:
        first, _ = crawls.run()
        answers[second] = pages[second]
        later, _ = crawls.run()

    assert (sorted(first), sorted(later)) == ([address(n) for n in range(3)], [address(n) for n in range(3, 6)])


def test_a_host_that_answers_304_to_an_unconditional_request_is_not_trusted(
    tmp_path: Path, new_address: Callable[[], str]
) -> None:
    answers = site(2)
    crawls = Crawls(tmp_path, answers, store=new_address())
    with crawls.publisher:
        crawls.run()
        answers[SITEMAP] = Answer(status=304)
        before = len(crawls.publisher.asked)
        _, log = crawls.run("-s", "LISTING_VERIFY_EVERY=1")

    assert crawls.publisher.urls()[before:].count(SITEMAP) == 2
    assert "not trusted for a month" in log
    assert f"{SITEMAP}: listing gave nothing: the server answered 304" in log


def test_a_host_that_always_answers_304_is_caught(tmp_path: Path, new_address: Callable[[], str]) -> None:
    answers = site(2)
    answers[SITEMAP] = replace(answers[SITEMAP], claims_unchanged=True)
    crawls = Crawls(tmp_path, answers, store=new_address())
    asked, caught = [], []
    with crawls.publisher:
        for count in range(2, 8):
            etag = {"Content-Type": "application/xml", "ETag": f'"{count}"'}
            answers.update(articles(count))
            answers[SITEMAP] = replace(answers[SITEMAP], body=listings(count)[SITEMAP].body, headers=etag)
            fetched, log = crawls.run("-s", "LISTING_VERIFY_EVERY=3")
            asked.append(len(fetched))
            caught.append("not trusted for a month" in log)

    assert asked == [2, 0, 0, 3, 1, 1]
    assert caught == [False, False, False, True, False, False]


def test_a_host_that_lies_about_changes_is_caught_and_no_longer_trusted(
    tmp_path: Path, new_address: Callable[[], str]
) -> None:
    answers = site(3)
    crawls = Crawls(tmp_path, answers, store=new_address())
    with crawls.publisher:
        crawls.run()
        answers.update(articles(5))
        answers[SITEMAP] = replace(listings(5)[SITEMAP], headers=answers[SITEMAP].headers)
        believed, _ = crawls.run()
        verified, log = crawls.run("-s", "LISTING_VERIFY_EVERY=1")
        answers.update(articles(6))
        answers[SITEMAP] = replace(listings(6)[SITEMAP], headers=answers[SITEMAP].headers)
        afterwards, _ = crawls.run()

    assert believed == []
    assert sorted(verified) == [address(3), address(4)]
    assert "not trusted for a month" in log
    assert afterwards == [address(5)]


def test_a_dead_listing_is_named(tmp_path: Path, new_address: Callable[[], str]) -> None:
    crawls = Crawls(tmp_path, site(2), store=new_address())
    with crawls.publisher:
        logs = [crawls.run()[1] for _ in range(3)]

    assert "has died" not in logs[0] + logs[1]
    assert f"indiatv: listing {FEED} has died" in logs[2]
    assert (crawls.listed()[FEED]["state"], crawls.listed()[FEED]["reason"]) == ("dead", "silent")


@pytest.mark.parametrize(
    "dead",
    [
        b'<rss version="2.0"><channel><title>x</title></channel></rss>',
        "<!doctype html><html><body><h1>यह पन्ना अब यहां नहीं है</h1></body></html>".encode(),
    ],
    ids=["empty", "web-page"],
)
def test_a_dead_listing_is_named_although_it_answers_304(
    tmp_path: Path, new_address: Callable[[], str], dead: bytes
) -> None:
    crawls = Crawls(tmp_path, {**site(1), FEED: Answer(body=dead, headers={"ETag": '"dead"'})}, store=new_address())
    with crawls.publisher:
        logs = [crawls.run()[1] for _ in range(3)]

    assert f"indiatv: listing {FEED} has died" in logs[2]


def test_a_feed_with_only_old_articles_is_named_if_other_listings_have_new_ones(
    tmp_path: Path, new_address: Callable[[], str]
) -> None:
    item = f"<item><link>{address(0)}</link><title>पुल</title></item>"
    feed = Answer(body=f'<rss version="2.0"><channel>{item}</channel></rss>'.encode(), headers={"ETag": '"frozen"'})
    answers = {**site(1), FEED: feed}
    crawls = Crawls(tmp_path, answers, store=new_address())
    with crawls.publisher:
        crawls.run()
        answers.update(articles(2))
        answers[SITEMAP.replace("2026-11-24", "2026-12-20")] = listings(2)[SITEMAP]
        asked, log = crawls.run("-a", "only_new=1", now="2026-12-20T10:00:00+05:30")

    assert asked == [address(1)]
    assert f"indiatv: listing {FEED} has died: it announces nothing newer than 2026-11-24" in log
    assert log.count("has died") == 1
    assert (crawls.listed()[FEED]["state"], crawls.listed()[FEED]["reason"]) == ("dead", "frozen")

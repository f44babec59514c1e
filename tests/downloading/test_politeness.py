"""Servers' requests for a pause are obeyed; a host that asks for too much, or fails, gets no more requests."""

import logging
from collections.abc import Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)

from crawler.limits import LARGEST_ROBOTS
from crawler.runs.ended import ended
from crawler.store import Rest, open_store
from tests.crawling.site import HOME, SITEMAP, address, articles, listings
from tests.downloading.canned import Canned, Table, settings_of
from tests.runs.replaying import crawl
from tests.site.publisher import Answer

HOST = "www.indiatv.in"
ROBOTS = f"{HOME}/robots.txt"
LATER = "2026-11-25T11:00:00+05:30"
COUNT = 8


def robots(text: str, **fields: Any) -> dict[str, Canned]:
    return {ROBOTS: Answer(body=text.encode(), headers={"Content-Type": "text/plain"}, **fields)}


def site() -> dict[str, Any]:
    return {**listings(COUNT), **articles(COUNT)}


def failing(answer: Canned) -> dict[str, Any]:
    return {**site(), **{address(number): answer for number in range(COUNT)}}


def run(folder: Path, answers: Mapping[str, Any], **more: Any) -> tuple[Crawler, list[str]]:
    table = Table(answers)
    return crawl(settings_of(folder, table, **more)), table.asked


def waiting(folder: Path) -> list[int]:
    """Return the number of attempts of each waiting article."""
    store = open_store(f"sqlite:///{folder}/v.db")
    tries = [each.tries for each in store.addresses.waiting("indiatv", 0)]
    store.close()
    return tries


def resting(folder: Path) -> Rest | None:
    store = open_store(f"sqlite:///{folder}/v.db")
    rest = store.hosts.resting(HOST, 0)
    store.close()
    return rest


@pytest.mark.parametrize("delay", ["86400", "900", "61", "1e9", "99999999999999999999"])
def test_a_host_whose_crawl_delay_is_over_the_cap_is_left_alone_and_logged_once(
    tmp_path: Path, delay: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        done, asked = run(tmp_path, {**site(), **robots(f"User-agent: *\nCrawl-delay: {delay}\n")})

    assert asked == [ROBOTS]
    assert [record for record in caplog.records if "left alone" in record.getMessage()] == caplog.records[:1]
    assert "asks in robots.txt for" in ended(done).left_alone[HOST]
    rest = resting(tmp_path)
    assert rest is not None
    assert rest.reason == "asked-to-wait"
    caplog.clear()
    assert run(tmp_path, site())[1] == []
    assert len(run(tmp_path, site(), CRAWL_TIME=LATER)[1]) > COUNT


@pytest.mark.parametrize("delay", ["inf", "nan", "-3", "abc", "", "0", "0.001", "²", "1 2"])
def test_a_crawl_delay_that_is_not_a_positive_number_delays_nothing(tmp_path: Path, delay: str) -> None:
    done, asked = run(tmp_path, {**site(), **robots(f"User-agent: *\nCrawl-delay: {delay}\n")})

    assert {address(number) for number in range(COUNT)} <= set(asked)
    assert ended(done).articles == {"exported": COUNT}
    assert done.stats.get_value("log_count/ERROR") is None


@pytest.mark.parametrize("printed", ["²", "soon", "-1", "Wed, 99999999999999999999 Oct 2026 07:28:00 GMT", "0"])
def test_a_503_with_an_unreadable_retry_after_is_an_ordinary_failure(tmp_path: Path, printed: str) -> None:
    busy = Answer(status=429, headers={"Retry-After": printed})

    done, _ = run(tmp_path, {**site(), address(0): busy})

    assert ended(done).articles == {"exported": COUNT - 1, "failed/http-429": 1}
    assert done.stats.get_value("log_count/ERROR") is None


@pytest.mark.parametrize(
    ("printed", "before", "after"),
    [
        ("7200", "2026-11-24T11:54:00", "2026-11-24T12:00:01"),
        ("301", "2026-11-24T10:00:00", "2026-11-24T10:05:02"),
        ("9" * 20, "2026-12-01T09:54:00", "2026-12-01T10:00:01"),
    ],
)
def test_a_long_retry_after_is_obeyed_by_the_next_run_too(
    tmp_path: Path, printed: str, before: str, after: str
) -> None:
    busy = Answer(status=503, headers={"Retry-After": printed})

    done, _ = run(tmp_path, {**site(), address(3): busy})
    _, asked_next = run(tmp_path, site(), CRAWL_TIME=f"{before}+05:30")
    _, asked_later = run(tmp_path, site(), CRAWL_TIME=f"{after}+05:30")

    outcomes = ended(done).articles
    assert outcomes["failed/http-503"] == 1
    assert outcomes["failed/asked-to-wait"] + outcomes.get("exported", 0) == COUNT - 1
    assert asked_next == []
    assert address(3) in asked_later


def test_the_next_run_waits_for_the_end_of_a_short_pause(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/v.db")
    store.hosts.rest(Rest(host=HOST, until=1795494601, reason="asked-to-wait", detail="asks to wait 1 seconds"))
    store.close()

    done, asked = run(tmp_path, site())

    assert len(asked) > COUNT
    assert done.stats.get_value("elapsed_time_seconds") > 0.9


@pytest.mark.parametrize(
    ("failure", "how"),
    [
        (Answer(status=429), "http-429"),
        (Answer(status=500), "http-500"),
        (Answer(status=503), "http-503"),
        (Answer(status=599), "http-599"),
        (DownloadTimeoutError("took too long"), "timeout"),
        (DownloadConnectionRefusedError("refused"), "refused-connection"),
        (DownloadFailedError("reset"), "connection"),
    ],
)
def test_a_host_that_fails_five_times_in_a_row_is_left_alone_and_its_addresses_wait(
    tmp_path: Path, failure: Canned, how: str
) -> None:
    done, asked = run(tmp_path, failing(failure))
    tries = waiting(tmp_path)
    _, asked_next = run(tmp_path, site())
    later, _ = run(tmp_path, site(), CRAWL_TIME=LATER)

    is_report = ["/world/asia/" in url for url in asked]
    assert sum(takewhile(bool, reversed(is_report))) == 5, asked  # a listing that answers begins the count anew
    assert ended(done).left_alone[HOST].startswith(f"failed 5 times in a row, last with {how}")
    assert len(tries) == COUNT
    assert sum(tries) == ended(done).count("failed") - ended(done).waits <= sum(is_report)
    assert asked_next == []
    assert waiting(tmp_path) == []
    assert ended(later).articles == {"exported": COUNT}


@pytest.mark.parametrize(
    "failure", [Answer(status=404), Answer(status=403), Answer(status=200), CannotResolveHostError("no address")]
)
def test_other_kinds_of_failure_do_not_count_against_the_host(tmp_path: Path, failure: Canned) -> None:
    done, asked = run(tmp_path, failing(failure))

    assert {address(number) for number in range(COUNT)} <= set(asked)
    assert ended(done).left_alone == {}


def test_failures_between_good_responses_close_no_host(tmp_path: Path) -> None:
    bad = {address(number): Answer(status=503) for number in range(0, COUNT, 2)}

    done, _ = run(tmp_path, {**site(), **bad}, RETRY_ENABLED=False)

    assert ended(done).articles == {"exported": COUNT // 2, "failed/http-503": COUNT // 2}


def test_listings_of_a_host_that_is_left_alone_are_not_counted_as_dead(tmp_path: Path) -> None:
    run(tmp_path, site())
    for _ in range(4):
        run(tmp_path, {**site(), **robots("User-agent: *\nCrawl-delay: 3600\n")})
    store = open_store(f"sqlite:///{tmp_path}/v.db")
    listed = {each.url: each.failures for each in store.listings.of("indiatv")}
    store.close()

    assert set(listed.values()) <= {0, 1}, "one read gave nothing, and the other runs asked nobody"


@pytest.mark.parametrize("way", [(0,), (0, 99), (0, 99, 98)])
def test_a_redirect_loop_is_a_failure(tmp_path: Path, way: tuple[int, ...]) -> None:
    circle = {
        address(here): Answer(status=302, headers={"Location": address(there)})
        for here, there in zip(way, (*way[1:], way[0]), strict=True)
    }

    done, _ = run(tmp_path, {**site(), **circle})

    assert ended(done).articles == {"exported": COUNT - 1, "failed/redirect": 1}


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_robots_txt_that_cannot_be_fetched_forbids_all(tmp_path: Path, status: int) -> None:
    done, asked = run(tmp_path, {**site(), **robots("", status=status)})

    assert set(asked) == {ROBOTS}
    assert set(ended(done).listings) == {"failed/robots-unreachable"}
    assert SITEMAP not in asked


def test_a_forbidden_url_is_not_requested_however_many_requests_wait_for_robots_txt(tmp_path: Path) -> None:
    done, asked = run(tmp_path, {**site(), **robots("User-agent: *\nDisallow: /\n")})

    assert asked == [ROBOTS]
    assert set(ended(done).listings) == {"filtered/robots"}


def test_robots_txt_is_read_up_to_a_limit_and_a_rule_that_crosses_it_is_ignored(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    start = "User-agent: *\nAllow: /\n"
    rule = "Disallow: /"
    comment = "#" * (LARGEST_ROBOTS - len(start) - len(rule) - 1) + "\n"
    beyond = "nowhere\nDisallow: /\n" * 100_000

    done, asked = run(tmp_path, {**site(), **robots(start + comment + rule + beyond)})

    assert set(asked) >= {ROBOTS, *site()}
    assert ended(done).articles == {"exported": COUNT}
    assert f"{HOST}: only the first 512 KiB of robots.txt are read" in caplog.messages

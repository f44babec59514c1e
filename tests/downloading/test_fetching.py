"""Fetching: redirects are restricted, Retry-After is obeyed, and the User-Agent identifies the crawler."""

import logging
import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import HtmlResponse, Response
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from crawler.crawling.limit import LimitMiddleware
from crawler.crawling.run_addon import RunAddon
from crawler.discovery.ask import ListingAsk
from crawler.discovery.links import Further, Link
from crawler.downloading.contact import ContactAddon, warn_once
from crawler.downloading.redirects import RedirectGuardMiddleware
from crawler.downloading.response import DropSelectorMiddleware, MomentMiddleware
from crawler.downloading.retry_after import read_retry_after
from crawler.notes import Notes, notes_of
from crawler.reasons import reason_of
from spiders.indiatv import IndiatvSpider

_WEEK = 7 * 86_400.0
PAGE = "https://www.indiatv.in/world/asia/a-2026-11-23-1"


def crawler_of(**given: str) -> Crawler:
    crawler = get_crawler(IndiatvSpider)
    crawler.spider = IndiatvSpider.from_crawler(crawler, **given)
    return crawler


def redirected(url: str, came_from: str = PAGE) -> Request:
    return Request(url, meta={"redirect_urls": [came_from]})


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/admin",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://localhost:8080/",
        "http://2130706433/",
        "http://0x7f.0.0.1/",
        "http://printer.local/",
        "https://www.example.org/login",
        "https://www.indiatv.in.example.org/world/a",
        "ftp://www.indiatv.in/a",
        "file:///etc/passwd",
    ],
)
def test_a_redirect_out_of_the_outlet_is_refused_with_its_reason(url: str) -> None:
    guard = RedirectGuardMiddleware(crawler_of())

    with pytest.raises(IgnoreRequest) as refusal:
        guard.process_request(redirected(url))

    assert reason_of(refusal.value)[0] == "redirect"


@pytest.mark.parametrize(
    "url", ["https://www.indiatv.in/world/b", "https://m.indiatv.in/world/a", "http://indiatv.in/"]
)
def test_a_redirect_within_the_outlet_is_followed(url: str) -> None:
    RedirectGuardMiddleware(crawler_of()).process_request(redirected(url))


def test_a_site_on_this_machine_may_redirect_to_itself_where_the_settings_allow_it() -> None:
    crawler = get_crawler(settings_dict={"ALLOWED_ADDRESSES": "127.0.0.1:8080"})

    RedirectGuardMiddleware(crawler).process_request(redirected("http://127.0.0.1:8080/b", "http://127.0.0.1:8080/a"))


def test_a_request_without_a_redirect_passes() -> None:
    RedirectGuardMiddleware(crawler_of()).process_request(Request("https://feeds.example.org/rss"))


@pytest.mark.parametrize(
    ("status", "printed", "seconds"),
    [
        (429, "120", 120.0),
        (503, "7", 7.0),
        (503, "0", 0.0),
        (429, "2.5", 2.5),
        (200, "120", None),
        (404, "9", None),
        (429, "soon", None),
        (429, "", None),
        (429, "-5", None),
        (429, "1e3", None),
        (429, "inf", None),
        (429, "nan", None),
        (429, "12 12", None),
        (429, "Wed, 99999999999999999999 Oct 2026 07:28:00 GMT", None),
        (429, "Wed, 21 Oct 99999999999999999999 07:28:00 GMT", None),
        (429, "Wed, 21 Oct 2026 07:28:00 +99999", None),
        (429, "Wed, 31 Feb 2026 07:28:00 GMT", None),
        (429, "Sun Nov  6 08:49:37 1994", 0.0),
        (503, "Sunday, 06-Nov-94 08:49:37 GMT", 0.0),
        (429, "9" * 20, _WEEK),
        (429, "9" * 5000, _WEEK),
        (503, "Fri, 31 Dec 9999 23:59:59 -1200", _WEEK),
    ],
)
def test_retry_after_is_read_in_seconds(status: int, printed: str, seconds: float | None) -> None:
    assert read_retry_after(Response(PAGE, status=status, headers={"Retry-After": printed})) == seconds


@pytest.mark.parametrize("printed", [b"\xb2", "²".encode(), "१२०".encode(), b"\xff\xfe", b"\x00"])
def test_a_retry_after_that_cannot_be_read_is_ignored(printed: bytes) -> None:
    assert read_retry_after(Response(PAGE, status=429, headers={"Retry-After": printed})) is None


def test_retry_after_is_read_as_a_date() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)

    seconds = read_retry_after(Response(PAGE, status=503, headers={"Retry-After": later}))

    assert seconds is not None
    assert 85 < seconds <= 90


def test_the_time_of_each_response_is_noted() -> None:
    request = Request(PAGE, meta={"notes": Notes(fetched_at=datetime(2000, 1, 1, tzinfo=UTC))})

    MomentMiddleware().process_response(request, Response(PAGE))

    fetched_at = notes_of(request).fetched_at
    assert fetched_at is not None
    assert datetime.now(UTC) - fetched_at < timedelta(minutes=1)


def test_the_selector_is_dropped_after_the_callback() -> None:
    response = HtmlResponse(PAGE, body=b"<p>x</p>", encoding="utf-8")

    found = list(DropSelectorMiddleware().process_spider_output(response, [response.css("p::text").get()]))

    assert found == ["x"]
    assert response._cached_selector is None


def test_limit_counts_articles_and_stops_listing_requests_too() -> None:
    crawler = crawler_of(limit="2")
    limit = LimitMiddleware(crawler)
    spider: Any = crawler.spider
    articles = [spider.article_request(Link(url=f"{PAGE}{n}", listing="feed")) for n in range(4)]
    ask = ListingAsk(listing=IndiatvSpider.listings[0], further=Further(url="https://www.indiatv.in/world"))
    listing = Request("https://www.indiatv.in/world", meta={"ask": ask})

    before = limit.get_processed_request(listing, None)
    passed = [limit.get_processed_request(request, None) for request in articles]

    assert before is listing
    assert passed == [*articles[:2], None, None]
    assert limit.get_processed_request(listing, None) is None
    assert crawler.stats.get_value("article/over_limit") == 2
    assert spider.tally.of("feed").new == 2


def settings_of(**values: Any) -> Settings:
    settings = Settings(values)
    ContactAddon().update_settings(settings)
    return settings


def test_a_run_gets_an_id_and_keeps_a_given_one() -> None:
    given, absent = Settings({"RUN_ID": "nightly-7"}), Settings()

    for settings in (given, absent):
        RunAddon().update_settings(settings)

    assert given["RUN_ID"] == "nightly-7"
    assert re.fullmatch(r"\d{8}T\d{6}Z-[0-9a-f]{4}", absent["RUN_ID"])


def test_the_user_agent_names_the_contact() -> None:
    assert settings_of(CONTACT="https://example.org/bot")["USER_AGENT"].endswith(" (+https://example.org/bot)")


def test_the_operators_own_user_agent_is_kept() -> None:
    assert settings_of(USER_AGENT="Archive/1", CONTACT="a@example.org")["USER_AGENT"] == "Archive/1"


def test_a_live_crawl_without_contact_warns_once_and_a_replay_does_not(caplog: pytest.LogCaptureFixture) -> None:
    warn_once.cache_clear()

    with caplog.at_level(logging.WARNING):
        settings_of(ARCHIVE_REPLAY="demo.warc.gz")
        assert caplog.text == ""
        settings_of()
        settings_of()

    assert caplog.text.count("CONTACT is not set") == 1

"""Times in listings, in the forms that outlets print, and the URLs of daily listings."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crawler.discovery.days import MOST_DAYS, addresses
from crawler.discovery.links import Further, Link
from crawler.discovery.listing_times import read_last_moment, read_time
from crawler.discovery.read_listing import read_listing
from crawler.discovery.xml_listing import Feed

INDIA = datetime(2026, 11, 25, 0, 30, tzinfo=datetime.fromisoformat("2026-11-25T00:00+05:30").tzinfo)
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=ZoneInfo("Asia/Kolkata"))
"""When the listing was fetched."""
FEED = Feed(url="https://khabar.example/rss", evidence="page")
TEMPLATE = "https://example.in/sitemap-{date:%Y-%m-%d}.xml"


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("Friday, January 29, 2021 04:42 PM", "2021-01-29T16:42:00+05:30"),
        ("Thu, 13 Jun 2024 13:02:18 +0530", "2024-06-13T13:02:18+05:30"),
        ("Thu, 13 Jun 2024 13:02:18 IST", "2024-06-13T13:02:18+05:30"),
        ("Thu, 13 Jun 2024 07:32:18 GMT", "2024-06-13T07:32:18+00:00"),
        ("Thu, 13 Jun 2024 13:02:18", "2024-06-13T13:02:18+05:30"),
        ("Thu, 13 Jun 2024 01:02:18 PM +0530", "2024-06-13T13:02:18+05:30"),
        ("2024-06-13T13:02:18+05:30", "2024-06-13T13:02:18+05:30"),
        ("2024-06-13T07:32:18Z", "2024-06-13T07:32:18+00:00"),
        ("2024-06-13T07:32:18.4Z", "2024-06-13T07:32:18+00:00"),
        ("2024-06-13 13:02:18", "2024-06-13T13:02:18+05:30"),
        ("Jun 13, 2024 01:02 PM", "2024-06-13T13:02:00+05:30"),
        ("2024-06-13", "2024-06-13T00:00:00+05:30"),
        ("Jun 13, 2024, 10:52 pm", "2024-06-13T22:52:00+05:30"),
        ("13 जून 2024, रात 9:15 बजे", "2024-06-13T21:15:00+05:30"),
        ("गुरु, 13 जून 2024 22:52:30 +0530", "2024-06-13T22:52:30+05:30"),
        ("13 अक्टू. 2023 06:05:00 GMT", "2023-10-13T06:05:00+00:00"),
        ("Thu, 13 Jun 2024 17:16:32 -0000", "2024-06-13T17:16:32+00:00"),
        ("Thu, 13 Jun 2024 17:16:32 JST", "2024-06-13T17:16:32+09:00"),
        ("Thu, 13 Jun 2024 17:16:32 CEST", "2024-06-13T17:16:32+02:00"),
        ("Thu, 13 Jun 2024 17:16:32 GMT+0545", "2024-06-13T17:16:32+05:45"),
        ("2024-06-13T17:16:32 GMT+0530", "2024-06-13T17:16:32+05:30"),
        ("2024-06-13T17:16:32+5:30", "2024-06-13T17:16:32+05:30"),
        ("2024-06-13T17:16:32 Asia/Kathmandu", "2024-06-13T17:16:32+05:45"),
        ("2024/6/9 5:07:41", "2024-06-09T05:07:41+05:30"),
        ("2024-6-9", "2024-06-09T00:00:00+05:30"),
        ("1718273552", "2024-06-13T10:12:32+00:00"),
        ("1718273552000", "2024-06-13T10:12:32+00:00"),
    ],
)
def test_a_printed_time_is_read_with_its_offset(printed: str, iso: str) -> None:
    time = read_time(printed, NOW)

    assert time is not None
    assert time.isoformat() == iso


@pytest.mark.parametrize(
    "printed",
    [
        *(None, "", "कल", "0000-00-00", "1970-01-01T00:00:00Z", "Thu, 99 Jun 2024", "x" * 9999),
        *("2024-06", "12345", "171827355", "2 अप्रैल को"),
    ],
)
def test_text_that_is_not_a_time_gives_none(printed: str | None) -> None:
    assert read_time(printed, NOW) is None


@pytest.mark.parametrize(
    "printed",
    [
        "Thu, 13 Jun 2024 17:16:32 XYT",
        "2024-06-13T17:16:32 QQQ",
        "Jun 13, 2024 5:16 PM LHDT",
        "2024-06-13 09:00 Asia/Atlantis",
    ],
)
def test_a_time_with_an_unknown_zone_gives_none(printed: str) -> None:
    assert read_time(printed, NOW) is None


@pytest.mark.parametrize(
    ("zone", "iso"),
    [
        ("America/New_York", "2024-06-13T13:02:18-04:00"),
        ("Europe/Rome", "2024-06-13T13:02:18+02:00"),
        ("UTC", "2024-06-13T13:02:18+00:00"),
    ],
)
def test_a_time_without_a_zone_is_in_the_outlets_zone(zone: str, iso: str) -> None:
    feed = (
        "<rss><channel><item><title>नदी</title><link>https://khabar.example/world/river-12</link>"
        "<pubDate>Thu, 13 Jun 2024 13:02:18</pubDate></item></channel></rss>"
    )
    sitemap = (
        '<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://khabar.example/world/12</loc>'
        "<n:news><n:publication_date>2024-06-13 13:02:18</n:publication_date></n:news></url></urlset>"
    )

    for plain in (feed, sitemap):
        (link,) = read_listing(
            FEED, Further(url=FEED.url), plain.encode(), FEED.url, now=NOW.astimezone(ZoneInfo(zone))
        )

        assert isinstance(link, Link)
        assert link.published is not None
        assert link.published.isoformat() == iso


def test_a_month_alone_is_a_change_and_no_day_of_publication() -> None:
    feed = (
        "<rss><channel><item><title>नदी</title><link>https://khabar.example/world/river-12</link>"
        "<pubDate>2024-02</pubDate></item></channel></rss>"
    )

    (link,) = read_listing(FEED, Further(url=FEED.url), feed.encode(), FEED.url)

    assert isinstance(link, Link)
    assert link.published is None
    assert link.modified is not None
    assert link.modified.isoformat() == "2024-02-29T23:59:59+05:30"


def test_the_current_month_or_year_is_never_too_old() -> None:
    for printed in (f"{NOW:%Y-%m}", f"{NOW:%Y}"):
        assert read_last_moment(printed, NOW) == NOW
    assert read_last_moment(f"{NOW + timedelta(days=31):%Y-%m}", NOW) is None


def test_a_time_in_the_future_is_none() -> None:
    assert read_time((NOW + timedelta(minutes=59)).isoformat(), NOW) == NOW + timedelta(minutes=59)
    assert read_time((NOW + timedelta(minutes=61)).isoformat(), NOW) is None


def test_a_relative_time_counts_from_the_moment_at_which_the_listing_was_fetched() -> None:
    assert read_time("5 घंटे पहले", NOW) == NOW - timedelta(hours=5)
    assert read_time("5 घंटे पहले", NOW - timedelta(days=400)) == NOW - timedelta(days=400, hours=5)


def test_a_url_without_a_date_stays_as_it_is() -> None:
    assert list(addresses("https://example.in/rss", None, INDIA)) == ["https://example.in/rss"]


def test_a_daily_sitemap_is_read_for_today_and_yesterday() -> None:
    assert list(addresses(TEMPLATE, None, INDIA)) == [
        "https://example.in/sitemap-2026-11-25.xml",
        "https://example.in/sitemap-2026-11-24.xml",
    ]


def test_a_daily_sitemap_is_read_back_to_since_up_to_a_limit() -> None:
    assert len(list(addresses(TEMPLATE, INDIA - timedelta(days=4), INDIA))) == 5
    assert len(list(addresses(TEMPLATE, INDIA - timedelta(days=4000), INDIA))) == MOST_DAYS


def test_a_monthly_template_gives_each_month_once() -> None:
    monthly = "https://example.in/sitemap-{date:%Y-%m}.xml"

    assert len(list(addresses(monthly, INDIA - timedelta(days=10), INDIA))) <= 2
    assert len(list(addresses(monthly, INDIA, INDIA))) == 1

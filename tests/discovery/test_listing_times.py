"""Times of listings, in the forms that outlets print."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.discovery.days import MOST_DAYS, addresses
from crawler.discovery.listing_times import read_time

INDIA = datetime(2026, 11, 25, 0, 30, tzinfo=datetime.fromisoformat("2026-11-25T00:00+05:30").tzinfo)
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
    ],
)
def test_a_printed_time_is_read_with_its_offset(printed: str, iso: str) -> None:
    time = read_time(printed)

    assert time is not None
    assert time.isoformat() == iso


@pytest.mark.parametrize(
    "printed", [None, "", "कल", "0000-00-00", "1970-01-01T00:00:00Z", "Thu, 99 Jun 2024", "x" * 9999]
)
def test_what_is_no_time_is_none(printed: str | None) -> None:
    assert read_time(printed) is None


def test_a_time_in_the_future_is_none() -> None:
    assert read_time((datetime.now(UTC) + timedelta(days=3)).isoformat()) is None


def test_an_address_without_a_date_is_itself() -> None:
    assert list(addresses("https://example.in/rss", None, INDIA)) == ["https://example.in/rss"]


def test_a_daily_sitemap_is_read_for_today_and_yesterday() -> None:
    assert list(addresses(TEMPLATE, None, INDIA)) == [
        "https://example.in/sitemap-2026-11-25.xml",
        "https://example.in/sitemap-2026-11-24.xml",
    ]


def test_a_daily_sitemap_is_read_back_to_since_and_never_for_years() -> None:
    assert len(list(addresses(TEMPLATE, INDIA - timedelta(days=4), INDIA))) == 5
    assert len(list(addresses(TEMPLATE, INDIA - timedelta(days=4000), INDIA))) == MOST_DAYS


def test_a_template_of_months_names_each_month_once() -> None:
    monthly = "https://example.in/sitemap-{date:%Y-%m}.xml"

    assert len(list(addresses(monthly, INDIA - timedelta(days=10), INDIA))) <= 2
    assert len(list(addresses(monthly, INDIA, INDIA))) == 1

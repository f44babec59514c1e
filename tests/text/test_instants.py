"""Times of the record: the instant in UTC, the day at the outlet, and what is printed of both."""

import re
from datetime import datetime

import pytest

from crawler.text.instants import announced, instant, published

INDIA, NEW_YORK = "Asia/Kolkata", "America/New_York"


@pytest.mark.parametrize(
    ("stated", "zone", "at", "on"),
    [
        ("2024-06-12T10:15:00+05:30", INDIA, "2024-06-12T04:45:00Z", "2024-06-12"),
        ("2024-06-12T20:15:00+00:00", INDIA, "2024-06-12T20:15:00Z", "2024-06-13"),
        ("2024-06-12T02:15:00Z", NEW_YORK, "2024-06-12T02:15:00Z", "2024-06-11"),
        ("2024-06-12T00:10:00+05:30", INDIA, "2024-06-11T18:40:00Z", "2024-06-12"),
        ("2024-06-12T10:15", INDIA, "2024-06-12T04:45:00Z", "2024-06-12"),
        ("2024-11-03T01:30:00", NEW_YORK, "2024-11-03T05:30:00Z", "2024-11-03"),
        ("2024-06-12T10:15:59.999+05:45", INDIA, "2024-06-12T04:30:59Z", "2024-06-12"),
        ("2024-06-12", INDIA, None, "2024-06-12"),
    ],
)
def test_the_instant_is_in_utc_and_the_day_in_the_outlets_zone(stated: str, zone: str, at: str | None, on: str) -> None:
    read = published(stated, zone, stated)

    assert (read["published_at"], read["published_on"]) == (at, on)
    assert instant(stated, zone) == at
    assert (read["published_precision"] == "day") == (at is None)


@pytest.mark.parametrize(
    "raw",
    [
        "2024-06-12T10:15:00+05:30",
        "2024-06-12T10:15:00.000Z",
        "2024-06-12 10:15:33",
        "20240612T101500",
        "1718167500",
        "1718167500000",
        "Wed, 12 Jun 2024 10:15:00 +0530",
        "१२ जून २०२४, १०:१५:३०",
        "12 जून 2024, 5:15:30 PM",
    ],
)
def test_printed_seconds_are_known_to_the_second(raw: str) -> None:
    assert published("2024-06-12T10:15:00+05:30", INDIA, raw)["published_precision"] == "second"


@pytest.mark.parametrize(
    "raw",
    [
        "2024-06-12T10:15+05:30",
        "12 जून 2024, 10:15 AM IST",
        "22-11-2026 | 4:15 pm",
        "12.06.2024 10.15",
        "Updated: Jun 13, 2024 7:33 IST",
        "2 घंटे पहले",
        "दो घंटे पहले",
        "20240612 10:15",
        "2024-06-12T10:15 GMT+05:30",
    ],
)
def test_without_printed_seconds_the_minute_is_known(raw: str) -> None:
    assert published("2024-06-12T10:15:42+05:30", INDIA, raw)["published_precision"] == "minute"


@pytest.mark.parametrize(("stated", "precision"), [("10:15:00", "minute"), ("10:15:07", "second")])
def test_of_a_time_without_its_print_seconds_of_zero_are_not_taken_as_printed(stated: str, precision: str) -> None:
    assert published(f"2024-06-12T{stated}Z", INDIA)["published_precision"] == precision


def test_a_listings_midnight_is_a_day() -> None:
    assert announced(datetime.fromisoformat("2024-06-12T00:00:00+05:30"), INDIA)["published_precision"] == "day"
    assert announced(datetime.fromisoformat("2024-06-12T00:00:01+05:30"), INDIA)["published_precision"] == "second"


def test_instants_sort_as_texts_as_they_do_as_times() -> None:
    stated = ["2024-06-12T10:15:00+05:30", "2024-06-12T05:00:00Z", "2024-06-11T23:50:00-05:00", "2024-06-12T04:44:59Z"]

    instants = [instant(each, INDIA) or "" for each in stated]

    assert sorted(instants) == [instant(each, INDIA) for each in sorted(stated, key=datetime.fromisoformat)]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", each) for each in instants)

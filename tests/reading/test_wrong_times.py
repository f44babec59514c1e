"""A time that cannot be right is refused, or mended by another that the page states."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.reading.dated_pages import FETCHED, stated
from tests.reading.markup import json_ld, meta, paragraphs, read


@pytest.mark.parametrize(
    "time", ["2031-01-01T00:00:00+05:30", "1970-01-01T00:00:00Z", "0001-01-01", "2024-13-45T99:99:00", "बाद में"]
)
def test_an_impossible_time_is_refused(time: str) -> None:
    assert read(paragraphs(), head=json_ld(datePublished=time), fetched_at=FETCHED).published_at is None


@pytest.mark.parametrize(
    ("ahead", "read_as"),
    [
        (timedelta(minutes=20), True),
        (timedelta(hours=2), False),
        (timedelta(hours=30), False),
    ],
)
@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=-12))])
def test_a_time_after_the_fetch_is_refused_unless_clocks_differ(
    ahead: timedelta, read_as: bool, zone: timezone
) -> None:
    time = (FETCHED + ahead).astimezone(zone).isoformat()
    stated = read(paragraphs(), head=json_ld(datePublished=time), fetched_at=FETCHED).published_at
    is_read = stated is not None and datetime.fromisoformat(stated) <= FETCHED + timedelta(hours=1)

    assert is_read == (read_as or (zone is UTC and ahead == timedelta(hours=2)))


@pytest.mark.parametrize(("days", "read_as"), [(0, True), (1, False), (2, False)])
def test_a_day_after_the_fetch_is_refused(days: int, read_as: bool) -> None:
    day = (FETCHED + timedelta(days=days)).date().isoformat()

    article = read(paragraphs(), head=json_ld(datePublished=day), fetched_at=FETCHED)

    assert stated(article) == (day if read_as else None)


def test_an_impossible_time_yields_to_the_next_source() -> None:
    head = json_ld(datePublished="2031-01-01T00:00:00Z") + meta("article:published_time", "2024-06-12T10:15:00+05:30")

    assert read(paragraphs(), head=head, fetched_at=FETCHED).published_at == "2024-06-12T04:45:00Z"


def test_a_local_time_marked_as_utc_is_corrected_by_meta() -> None:
    head = json_ld(datePublished="2024-06-12T10:15:00Z") + meta("article:published_time", "2024-06-12T10:15:00+05:30")

    assert read(paragraphs(), head=head).published_at == "2024-06-12T04:45:00Z"


def test_a_local_time_marked_as_utc_is_corrected_by_the_printed_time() -> None:
    body = "<div>12 जून 2024, 10:15 AM IST</div>"

    assert (
        read(body + paragraphs(), head=json_ld(datePublished="2024-06-12T10:15:00Z")).published_at
        == "2024-06-12T04:45:00Z"
    )


def test_a_utc_time_after_the_fetch_is_a_local_time() -> None:
    head = json_ld(datePublished="2024-06-13T16:30:00Z")

    assert read(paragraphs(), head=head, fetched_at=FETCHED).published_at == "2024-06-13T11:00:00Z"

"""The state of a listing in the report follows from the counts of its responses."""

from typing import Any

import pytest

from crawler.discovery.counts import ListingCounts
from crawler.reasons import HttpReason, Reason
from crawler.reports.build import listing_row

FEED = "https://khabar.example/rss.xml"


def listing(**counts: Any) -> tuple[str, str | None]:
    """Return the state and the reason of a listing with these counts."""
    row = listing_row("indiatv", ListingCounts(url=FEED, **counts))
    assert (row["outlet"], row["url"]) == ("indiatv", FEED)
    return row["state"], row["reason"]


@pytest.mark.parametrize(
    ("counts", "state"),
    [
        ({"read": 1, "articles": 5}, ("read", None)),
        ({"unchanged": 1}, ("unchanged", None)),
        ({"read": 1, "unchanged": 1}, ("read", None)),
        ({"announced": 3}, ("unread", None)),
        ({"broken": Reason.NOT_XML, "articles": 2}, ("broken", "not-xml")),
        ({"dead": HttpReason(404)}, ("dead", "http-404")),
        ({"read": 1, "dead": Reason.NO_SUCH_DAY}, ("read", "no-such-day")),
        ({"unchanged": 1, "dead": Reason.NO_SUCH_DAY}, ("unchanged", "no-such-day")),
        ({"read": 1, "broken": Reason.NOT_XML, "dead": Reason.TIMEOUT}, ("broken", "not-xml")),
        ({"read": 1, "died": Reason.FROZEN}, ("dead", "frozen")),
        ({"dead": HttpReason(404), "died": Reason.SILENT}, ("dead", "silent")),
    ],
)
def test_the_state_of_a_listing_follows_from_its_counts(counts: dict[str, Any], state: tuple[str, str | None]) -> None:
    assert listing(**counts) == state

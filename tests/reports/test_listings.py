"""The state of a listing is that of what came of it."""

from typing import Any

import pytest

from crawler.reports.build import listings_of

FEED = "https://khabar.example/rss.xml"


def listing(**counts: Any) -> tuple[str, str | None]:
    """Return the state and the reason of a listing that was counted so."""
    stats = {f"listing/indiatv/{FEED}/{what}": value for what, value in counts.items()}
    (row,) = listings_of("indiatv", stats | {"listing/jagran/https://other.example/rss/dead": "timeout"})
    assert (row["outlet"], row["url"]) == ("indiatv", FEED)
    return row["state"], row["reason"]


@pytest.mark.parametrize(
    ("counts", "state"),
    [
        ({"read": 1, "articles": 5}, ("read", None)),
        ({"unchanged": 1}, ("unchanged", None)),
        ({"read": 1, "unchanged": 1}, ("read", None)),
        ({"announced": 3}, ("unread", None)),
        ({"broken": "not-xml", "articles": 2}, ("broken", "not-xml")),
        ({"dead": "http-404"}, ("dead", "http-404")),
        ({"read": 1, "dead": "no-such-day"}, ("read", "no-such-day")),
        ({"unchanged": 1, "dead": "no-such-day"}, ("unchanged", "no-such-day")),
        ({"read": 1, "broken": "not-xml", "dead": "timeout"}, ("broken", "not-xml")),
        ({"read": 1, "died": "frozen"}, ("dead", "frozen")),
        ({"dead": "http-404", "died": "silent"}, ("dead", "silent")),
    ],
)
def test_a_listing_is_dead_only_when_nothing_of_it_came(counts: dict[str, Any], state: tuple[str, str | None]) -> None:
    assert listing(**counts) == state

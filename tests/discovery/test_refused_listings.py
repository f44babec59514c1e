"""What is no listing, or lists nothing, is reported with a reason."""

import pytest

from crawler.discovery.links import Listing
from tests.discovery.own_listings import FEED, SECTION, SITEMAP, read, rss


@pytest.mark.parametrize("listing", [FEED, SITEMAP])
@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"Service Unavailable", "not-xml"),
        (b"%PDF-1.7 ...", "not-xml"),
        (b'{"error": "moved"}', "not-xml"),
        (b"<!DOCTYPE html><html><body><a href='/x'>x</a></body></html>", "html"),
        (b"<!-- cached -->\n<HTML><body>Not found</body></HTML>", "html"),
        (b"\x1f\x8b\x08nothing of gzip", "cut-short"),
    ],
)
def test_content_that_is_not_a_listing_is_refused_with_a_reason(listing: Listing, body: bytes, reason: str) -> None:
    assert read(listing, body) == ([], [], reason)


def test_a_feed_without_entries_is_reported() -> None:
    assert read(FEED, rss()) == ([], [], "empty")


def test_a_section_page_without_links_is_reported() -> None:
    assert read(SECTION, b"<html><body><p>x</p></body></html>")[2] == "empty"


def test_a_section_page_of_binary_data_is_reported() -> None:
    assert read(SECTION, bytes(range(128, 256)) * 400)[2] in ("mojibake", "empty")


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Just a moment...", "blocked"),
        ("Access Denied", "blocked"),
        ("&#2346;&#2375;&#2332; नहीं मिला", "soft-404"),
        ("We value your privacy", "consent-wall"),
        ("विदेश की खबरें", "html"),
        ("Security checks begin at the border", "html"),
    ],
)
def test_a_wall_in_a_listings_place_is_recognised_by_its_title(title: str, reason: str) -> None:
    page = f"<!doctype html><html><head><title data-x=1>{title}</title></head><body><p>x</p></body></html>"

    assert read(FEED, page.encode()) == ([], [], reason)

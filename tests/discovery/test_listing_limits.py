"""Listings without end, of too many levels or of expanding entities are read up to a limit."""

import gzip
import time
import tracemalloc

import pytest

from crawler.discovery.links import Further, ListingError
from crawler.discovery.read_listing import read_listing
from crawler.limits import LARGEST_ENTRY, LARGEST_PAGE, MOST_ADDRESSES, MOST_ANCHORS, MOST_ENTRIES, MOST_TAGS
from tests.discovery.own_listings import FEED, SECTION, SITEMAP, URL, read, rss, urlset


def test_a_gzip_bomb_is_bounded() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * (100 * 1024 * 1024) + b"</urlset>", compresslevel=1)

    tracemalloc.start()
    links, _, reason = read(SITEMAP, bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert (links, reason) == ([], "too-large")
    assert peak < 150 * 1024 * 1024


def test_entities_are_not_expanded() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    body = (
        f'<!DOCTYPE urlset [<!ENTITY e0 "x">{entities}]><urlset><url><loc>https://example.in/&e11;</loc></url></urlset>'
    )

    links, _, _ = read(SITEMAP, body.encode())

    assert all(len(link.url) < 100 for link in links)


def test_an_entity_that_names_a_file_is_not_read() -> None:
    body = (
        b'<!DOCTYPE u [<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>https://x.in/&f;</loc></url></urlset>'
    )

    assert all("root" not in link.url for link in read(SITEMAP, body)[0])


def test_ten_thousand_levels_end_the_sitemap_not_the_crawl() -> None:
    body = b"<urlset>" + b"<a>" * 10_000 + b"</a>" * 10_000 + b"</urlset>"

    assert read(SITEMAP, body)[2] == "not-xml"


def test_a_hundred_thousand_entries_are_bounded_in_time_and_memory() -> None:
    body = rss(*(f"<title>t</title><link>https://example.in/{n}</link>" for n in range(100_000)))

    started = time.process_time()
    links, _, reason = read(FEED, body)

    assert (len(links), reason) == (MOST_ENTRIES, "too-large")
    assert time.process_time() - started < 10


def test_a_sitemap_of_a_hundred_thousand_addresses_is_read_as_a_stream() -> None:
    body = urlset(*(f"<loc>https://example.in/{n}</loc>" for n in range(100_000)))

    tracemalloc.start()
    count, reason = 0, None
    try:
        for _ in read_listing(SITEMAP, Further(url=URL), body, URL):
            count += 1
    except ListingError as error:
        reason = error.reason
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert (count, reason) == (MOST_ADDRESSES, "too-large")
    assert peak < 3 * len(body)


def test_ten_thousand_levels_of_a_section_page_are_read() -> None:
    body = b"<a href='/world/a'>x</a>" + b"<div>" * 10_000 + b"<a href='/world/b'>y</a>"

    links, _, reason = read(SECTION, body)

    assert (links[0].url, reason) == ("https://example.in/world/a", None)


def test_an_entry_without_end_is_skipped_and_counted() -> None:
    large = f"<link>https://example.in/2</link><description>{'x' * LARGEST_ENTRY}</description>"
    body = rss("<link>https://example.in/1</link>", large, "<link>https://example.in/3</link>")
    skipped: list[str] = []

    links = list(read_listing(FEED, Further(url=URL), body, URL, skipped=skipped))

    assert [link.url for link in links] == ["https://example.in/1", "https://example.in/3"]
    assert skipped == [f"entry 2: it is larger than {LARGEST_ENTRY} bytes"]


def test_an_entry_with_too_many_attributes_or_elements_still_announces_its_article() -> None:
    attributes = " ".join(f"a{n}='1'" for n in range(20_000))
    elements = "<q>" * 200 + "<q>x</q>" * 20_000 + "</q>" * 200
    body = rss("<link>https://example.in/1</link>" + elements).replace(b"<item>", f"<item {attributes}>".encode())

    assert [link.url for link in read(FEED, body)[0]] == ["https://example.in/1"]


@pytest.mark.parametrize("body", ["<a href='/1'>x</a>" * (MOST_TAGS + 1), f"<p>{'x' * LARGEST_PAGE}<a href='/1'>x</a>"])
def test_a_section_page_without_end_is_refused(body: str) -> None:
    assert read(SECTION, body.encode())[2] == "too-large"


def test_a_section_page_of_links_without_end_is_read_to_a_bound() -> None:
    body = "".join(f"<a href='/{n}'>x</a>" for n in range(MOST_ANCHORS + 10))

    assert len(read(SECTION, body.encode())[0]) == MOST_ANCHORS

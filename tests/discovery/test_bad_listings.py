"""Listings damaged as outlets damage them: readable parts are read, the damage has a reason, and limits hold."""

import gzip
import time
import tracemalloc

import pytest

from crawler.discovery.links import Further, Link, Listing, ListingError
from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.discovery.read_listing import read_listing
from crawler.limits import LARGEST_ENTRY, LARGEST_PAGE, MOST_ADDRESSES, MOST_ANCHORS, MOST_ENTRIES, MOST_TAGS

URL = "https://example.in/listing"
FEED = Feed(url=URL, evidence="page")
SITEMAP = NewsSitemap(url=URL, evidence="page")
SECTION = Section(url=URL, evidence="page", next_page="https://example.in/world/page-{page}", pages=3)


def read(listing: Listing, body: bytes, page: int = 1) -> tuple[list[Link], list[Further], str | None]:
    links: list[Link] = []
    further: list[Further] = []
    try:
        for found in read_listing(listing, Further(url=URL, page=page), body, URL):
            if isinstance(found, Link):
                links.append(found)
            else:
                further.append(found)
    except ListingError as error:
        return links, further, error.reason
    return links, further, None


def rss(*items: str) -> bytes:
    body = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>{body}</channel></rss>'.encode()


def urlset(*entries: str) -> bytes:
    body = "".join(f"<url>{entry}</url>" for entry in entries)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</urlset>'.encode()


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


def test_a_feed_in_the_place_of_a_sitemap_is_read_and_the_other_way_round() -> None:
    feed = rss("<title>क</title><link>https://example.in/a</link>")
    sitemap = urlset("<loc>https://example.in/b</loc>")

    assert [link.url for link in read(SITEMAP, feed)[0]] == ["https://example.in/a"]
    assert [link.url for link in read(FEED, sitemap)[0]] == ["https://example.in/b"]


def test_gzip_that_is_cut_short_gives_its_readable_part() -> None:
    body = gzip.compress(rss(*(f"<title>{n}</title><link>https://example.in/{n * n}</link>" for n in range(300))))

    links, _, reason = read(FEED, body[: len(body) // 2])

    assert reason == "cut-short"
    assert 50 < len(links) < 300


def test_plain_xml_named_gz_and_gzip_named_xml_are_both_read() -> None:
    plain = urlset("<loc>https://example.in/a</loc>")

    assert len(read(SITEMAP, plain)[0]) == len(read(SITEMAP, gzip.compress(plain))[0]) == 1


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


def test_a_bare_ampersand_loses_nothing() -> None:
    feed = rss("<title>अ & ब</title><link>https://example.in/a?x=1&y=2</link>", "<link>https://example.in/b</link>")
    sitemap = urlset("<loc>https://example.in/a?x=1&y=2</loc>", "<loc>https://example.in/b</loc>")

    assert [link.url for link in read(FEED, feed)[0]] == ["https://example.in/a?x=1&y=2", "https://example.in/b"]
    assert [link.url for link in read(SITEMAP, sitemap)[0]] == ["https://example.in/a?x=1&y=2", "https://example.in/b"]
    assert read(FEED, feed)[2] is read(SITEMAP, sitemap)[2] is None


def test_a_sitemap_that_breaks_off_gives_the_entries_before() -> None:
    body = urlset("<loc>https://example.in/a</loc>", "<loc>https://example.in/b</loc>")[:-30]

    links, _, reason = read(SITEMAP, body)

    assert [link.url for link in links] == ["https://example.in/a"]
    assert reason == "cut-short"


def test_a_feed_that_breaks_off_gives_no_half_url() -> None:
    body = rss("<link>https://example.in/a</link>", "<link>https://example.in/b</link>")[:-40]

    links, _, reason = read(FEED, body)

    assert [link.url for link in links] == ["https://example.in/a"]
    assert reason == "cut-short"


def test_links_are_made_absolute_and_other_schemes_are_left_out() -> None:
    body = rss(
        "<link>/world/a</link>",
        "<link>javascript:alert(1)</link>",
        "<link>file:///etc/passwd</link>",
        "<title>ohne</title>",
    )

    assert [link.url for link in read(FEED, body)[0]] == ["https://example.in/world/a"]


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("<![CDATA[<b>चीन</b> &amp; रूस]]>", "चीन & रूस"),
        ("&amp;quot;ईरान&amp;quot; में", '"ईरान" में'),
        ("  दो\n   पंक्तियां ", "दो पंक्तियां"),
        ("", None),
    ],
)
def test_titles_are_text(printed: str, title: str | None) -> None:
    links, _, _ = read(FEED, rss(f"<title>{printed}</title><link>https://example.in/a</link>"))

    assert links[0].title == title


def test_the_original_address_of_a_feed_proxy_is_taken() -> None:
    body = (
        b'<rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item>'
        b"<link>https://feeds.example.com/~r/x/1</link>"
        b"<feedburner:origLink>https://example.in/world/a</feedburner:origLink></item></channel></rss>"
    )

    assert [link.url for link in read(FEED, body)[0]] == ["https://example.in/world/a"]


def test_a_news_sitemap_gives_the_title_and_time_of_the_article_and_not_of_its_image() -> None:
    body = (
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        b' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
        b' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url>'
        b"<image:image><image:loc>https://example.in/i.jpg</image:loc><image:title>I</image:title></image:image>"
        b"<loc>https://example.in/a</loc><lastmod>2024-06-13T12:00:00Z</lastmod><news:news>"
        b"<news:publication_date>2024-06-13T10:00:00+05:30</news:publication_date>"
        b"<news:title>T</news:title></news:news></url></urlset>"
    )

    (link,), _, _ = read(SITEMAP, body)

    assert (link.url, link.title) == ("https://example.in/a", "T")
    assert link.published is not None
    assert link.published.isoformat() == "2024-06-13T10:00:00+05:30"
    assert link.modified is not None


def test_the_sitemaps_of_an_index_are_further_addresses() -> None:
    body = b"<sitemapindex><sitemap><loc>/s1.xml.gz</loc><lastmod>2024-01-02</lastmod></sitemap></sitemapindex>"

    links, further, reason = read(SITEMAP, body)

    assert (links, reason) == ([], None)
    assert [each.url for each in further] == ["https://example.in/s1.xml.gz"]


def test_a_section_page_gives_each_address_once_with_its_longest_text() -> None:
    body = """<base href="/hi/"><a href="a"><img src="x.jpg"></a><a href="a">चीन में बाढ़</a><a href="#top">ऊपर</a>"""

    links, further, _ = read(SECTION, body.encode())

    assert [(link.url, link.title) for link in links] == [("https://example.in/hi/a", "चीन में बाढ़")]
    assert [(each.url, each.page) for each in further] == [("https://example.in/world/page-2", 2)]


def test_the_last_page_of_a_section_names_no_further_one() -> None:
    assert read(SECTION, b"<a href='/a'>x</a>", page=3)[1] == []


def test_a_section_page_without_links_is_reported() -> None:
    assert read(SECTION, b"<html><body><p>x</p></body></html>")[2] == "empty"


def test_ten_thousand_levels_of_a_section_page_are_read() -> None:
    body = b"<a href='/world/a'>x</a>" + b"<div>" * 10_000 + b"<a href='/world/b'>y</a>"

    links, _, reason = read(SECTION, body)

    assert (links[0].url, reason) == ("https://example.in/world/a", None)


def test_a_section_page_of_binary_data_is_reported() -> None:
    assert read(SECTION, bytes(range(128, 256)) * 400)[2] in ("mojibake", "empty")


def test_a_section_page_in_another_charset_gives_its_titles() -> None:
    body = '<meta charset="utf-16"><a href="/a">चीन में</a>'.encode("utf-16")

    assert [link.title for link in read(SECTION, body)[0]] == ["चीन में"]


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

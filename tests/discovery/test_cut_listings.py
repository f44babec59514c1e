"""A listing that breaks off gives all that came before, and no half of an entry."""

import gzip

from tests.discovery.own_listings import FEED, SITEMAP, read, rss, urlset


def test_gzip_that_is_cut_short_gives_its_readable_part() -> None:
    body = gzip.compress(rss(*(f"<title>{n}</title><link>https://example.in/{n * n}</link>" for n in range(300))))

    links, _, reason = read(FEED, body[: len(body) // 2])

    assert reason == "cut-short"
    assert 50 < len(links) < 300


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

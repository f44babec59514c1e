"""A listing is decoded by its bytes first, whatever it declares; a bad byte damages one character."""

import pytest

from crawler.discovery.links import Listing
from tests.discovery.three_entries import (
    BASE,
    FEED,
    FIRST,
    SECOND,
    SECTION,
    SITEMAP,
    THIRD,
    read,
    rss,
    section,
    urls,
    urlset,
)


@pytest.mark.parametrize("listing", [FEED, SITEMAP, SECTION])
@pytest.mark.parametrize("declared", ["UTF-8", "utf-16", "ISO-8859-1", "windows-1252", "no-such-charset"])
@pytest.mark.parametrize("encoding", [None, "iso-8859-1", "utf-16"])
def test_valid_utf8_wins_over_any_declaration(listing: Listing, declared: str, encoding: str | None) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>'
    bodies: dict[Listing, str] = {
        FEED: head + rss(f"<title>बाढ़</title><link>{SECOND}</link>").split("?>", 1)[1],
        SITEMAP: head + urlset(f"<loc>{SECOND}</loc><news:title>बाढ़</news:title>").split("?>", 1)[1],
        SECTION: section(f'<meta charset="{declared}"><a href="{SECOND}">बाढ़</a>'),
    }

    links, reason, skipped = read(listing, bodies[listing], encoding)

    assert (urls(links), links[1].title, reason, skipped) == ([FIRST, SECOND, THIRD], "बाढ़", None, [])


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
@pytest.mark.parametrize("listing", [FEED, SITEMAP])
def test_a_listing_in_another_utf_is_read(listing: Listing, charset: str) -> None:
    body = rss(f"<title>बाढ़</title><link>{SECOND}</link>") if listing is FEED else urlset(f"<loc>{SECOND}</loc>")

    links, reason, _ = read(listing, body.encode(charset))

    assert (urls(links), reason) == ([FIRST, SECOND, THIRD], None)


def test_the_charset_of_http_counts_where_the_bytes_are_no_utf8() -> None:
    body = f"<rss><channel><item><title>Caf\xe9 \u2019</title><link>{SECOND}</link></item></channel></rss>"

    (link,), _, _ = read(FEED, body.encode("cp1252"), "windows-1252")

    assert link.title == "Café ’"


def test_one_bad_byte_damages_one_character_alone() -> None:
    body = (
        rss(f"<title>बाढ़</title><link>{SECOND}</link>")
        .encode()
        .replace("पुल खुला".encode(), "पुल खुल".encode() + b"\xe0\xa4")
    )

    links, reason, skipped = read(FEED, body)

    assert urls(links) == [FIRST, SECOND, THIRD]
    assert [link.title for link in links] == ["वरुणपुर में आंधी", "बाढ़", "पुल खुल�"]
    assert (reason, skipped) == ("bad-bytes", [])


def test_titles_cut_in_the_middle_of_a_letter_do_not_make_the_feed_another_charset() -> None:
    entries = b"".join(
        b"<item><title>" + "वरुणपुर में आंधी से".encode()[:-1] + f"</title><link>{BASE}/विदेश/{n}</link></item>".encode()
        for n in range(100)
    )

    links, reason, _ = read(FEED, b"<rss><channel>" + entries + b"</channel></rss>")

    assert urls(links) == [f"{BASE}/विदेश/{n}" for n in range(100)]
    assert reason == "bad-bytes"

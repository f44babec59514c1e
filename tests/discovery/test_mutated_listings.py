"""Listings that were mutated, or that broke other readers, are read in linear time and without an exception."""

import json
import random
import time
from pathlib import Path

import pytest

from crawler.url_parts import is_url
from tests.discovery.three_entries import (
    FEED,
    FIRST,
    SECOND,
    SECTION,
    SITEMAP,
    THIRD,
    atom,
    read,
    rss,
    section,
    urls,
    urlset,
)


def test_no_mutated_listing_raises_or_yields_an_invalid_url() -> None:
    chance = random.Random(7)
    seeds = [rss(f"<title><![CDATA[ख]]></title><link>{SECOND}</link>"), atom(f'<link href="{SECOND}"/>')]
    seeds += [urlset(f"<loc>{SECOND}</loc>"), section(f'<a href="{SECOND}">ख</a>'), f"{FIRST}\n{SECOND}\n"]
    pieces = [b"\xff", b"\x00", b"<", b">", b"]]>", b"<![CDATA[", b"<!--", b"&#xD800;", b"&", b"[", b"</", b"\xe0\xa4"]
    pieces += [b"<item>", b"</url>", b"<?", b"\x1f\x8b", b'"', b" "]
    started = time.process_time()
    for _ in range(3000):
        body = bytearray(chance.choice(seeds).encode())
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(body))
            body[at : at + chance.choice((0, 1, 2, 9))] = chance.choice(pieces)
        for link in read(chance.choice((FEED, SITEMAP, SECTION)), bytes(body))[0]:
            assert is_url(link.url)
    assert time.process_time() - started < 30


@pytest.mark.parametrize("mark", ["<!-- ", "<![CDATA[", "<?x "])
def test_many_unclosed_marks_are_read_in_linear_time(mark: str) -> None:
    body = urlset(mark * 100_000 + f"<loc>{SECOND}</loc>")
    started = time.process_time()

    links, _, _ = read(SITEMAP, body)

    assert {FIRST, THIRD} <= set(urls(links))
    assert time.process_time() - started < 5


@pytest.mark.shared
def test_listings_after_public_bug_reports_are_read(evidence: Path) -> None:
    folder = evidence / "fresh" / "bugs"
    expected = {
        "feed_bad_link.xml": 1,
        "section_bad_href.html": 2,
        "feed_one_bad_byte_hindi_slugs.xml": 3,
        "feed_declared_utf16_is_utf8.xml": 3,
        "feed_really_utf16.xml": 1,
        "sitemap_declared_latin1_is_utf8.xml": 1,
        "feed_comment_of_5k_before_root.xml": 1,
        "feed_comment_of_5k_after_root.xml": 1,
        "feed_guid_not_permalink_is_only_address.xml": 1,
        "sitemap_php_notice_before.xml": 1,
        "sitemap_gzip_of_two_members.xml": 1,
        "sitemap_image_namespace_undeclared.xml": 1,
        "sitemap_title_with_named_entity.xml": 2,
        "sitemap_plain_text.xml": 2,
    }
    rows = [json.loads(line) for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()]
    wanted = ("G01", "G03", "G04")
    assert {row["file"] for row in rows if row["group"].startswith(wanted) and row["kind"] != "page"} == set(expected)
    for name, count in expected.items():
        links, reason, _ = read(SECTION if name.startswith("section") else FEED, (folder / name).read_bytes())
        assert len(links) == count, name
        assert reason == ("bad-bytes" if "bad_byte" in name else None), name


@pytest.mark.shared
def test_mutated_listings_that_broke_a_reader_are_read(evidence: Path) -> None:
    for path in sorted((evidence / "fresh" / "faults").glob("fuzz-listing-*.bin")):
        links, reason, _ = read(FEED, path.read_bytes())
        assert links, path
        assert reason in (None, "bad-bytes"), path

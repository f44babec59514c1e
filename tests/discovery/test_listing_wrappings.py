"""The entries of a listing are found whatever stands around its root, and however it is packed."""

import gzip

import pytest

from tests.discovery.three_entries import (
    FEED,
    FIRST,
    SECOND,
    SITEMAP,
    THIRD,
    read,
    rss,
    urls,
    urlset,
)


@pytest.mark.parametrize(
    "before",
    [
        "<!-- " + "x" * 9000 + " -->",
        "<!-- <rss> <html> -->",
        "<b>Notice</b>: Undefined index in <b>/home/feed.php</b> on line <b>3</b><br />\n",
        "\n\n  ",
        "\ufeff\ufeff",
        '<?xml-stylesheet href="a.xsl"?>' * 200,
        "<!DOCTYPE rss [<!ENTITY nbsp '&#160;'>]>",
        "<!DOCTYPE html>",
        '<!doctype html PUBLIC "-//W3C//DTD XHTML 1.0//EN">\n<!-- from the - cache --> <?php-stub ?>\n',
        "Warning: " + "x" * 6000 + "\n",
    ],
)
def test_the_root_is_found_whatever_stands_before_it(before: str) -> None:
    for listing, body in ((FEED, rss(f"<link>{SECOND}</link>")), (SITEMAP, urlset(f"<loc>{SECOND}</loc>"))):
        declared, rest = body.split("?>", 1)
        for whole in (before + body, f"{declared}?>{before}{rest}"):
            assert read(listing, whole)[:2] == (read(listing, body)[0], None)


def test_content_after_the_root_is_no_damage() -> None:
    body = rss(f"<link>{SECOND}</link>") + "<!-- " + "x" * 9000 + " -->\n<script>1</script>"

    assert read(FEED, body)[1:] == (None, [])


def test_a_web_page_that_mentions_feeds_is_a_web_page() -> None:
    page = "<!-- cached --><!DOCTYPE html><html><body><pre>&lt;rss&gt;</pre><rss></rss></body></html>"

    assert read(FEED, page)[1] == "html"
    assert read(FEED, f'<?xml version="1.0"?>{page}')[1] == "html"
    for between in ("<title>नदी</title>", "नदी ", "<body>", "<!-- x --> <p>", "<!-- x "):
        assert read(FEED, rss(f"<link>{SECOND}</link>").replace("<rss", f"<!DOCTYPE html>{between}<rss"))[1] == "html"


def test_gzip_of_many_members_and_of_two_layers_is_read_whole() -> None:
    plain = urlset(f"<loc>{SECOND}</loc>").encode()
    members = b"".join(gzip.compress(plain[at : at + 40]) for at in range(0, len(plain), 40))

    for body in (members, gzip.compress(gzip.compress(plain)), members + b"\0" * 300):
        assert (urls(read(SITEMAP, body)[0]), read(SITEMAP, body)[1]) == ([FIRST, SECOND, THIRD], None)


def test_a_cut_member_of_many_gives_what_came_before() -> None:
    plain = urlset(f"<loc>{SECOND}</loc>").encode()
    end = plain.index(THIRD.encode())

    links, reason, _ = read(SITEMAP, gzip.compress(plain[:end]) + gzip.compress(plain[end:])[:12])

    assert (urls(links), reason) == ([FIRST, SECOND], "cut-short")


def test_a_sitemap_in_plain_text_is_read() -> None:
    links, reason, skipped = read(SITEMAP, f"\ufeff{FIRST}\r\n\n  {SECOND}\nhttp://[link]/x\nweather\n{THIRD}\n")

    assert (urls(links), reason, len(skipped)) == ([FIRST, SECOND, THIRD], None, 2)


@pytest.mark.parametrize("body", ["Service Unavailable", "{}", "https://khabar.example/ is down", "<b>error</b>"])
def test_other_text_is_no_sitemap(body: str) -> None:
    assert read(SITEMAP, body) == ([], "not-xml", [])

"""A bad URL, byte or tag in a listing loses only its own entry, and is counted."""

import gzip
import json
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.discovery.links import Further, Link, Listing, ListingError
from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.discovery.read_listing import read_listing
from crawler.url_parts import is_url

BASE = "https://khabar.example"
URL = f"{BASE}/listing"
FEED, SITEMAP, SECTION = (kind(url=URL, evidence="page") for kind in (Feed, NewsSitemap, Section))
FIRST, SECOND, THIRD = f"{BASE}/विदेश/आंधी-401", f"{BASE}/world/flood-402", f"{BASE}/विदेश/पुल-403"
Read = tuple[list[Link], str | None, list[str]]


def read(listing: Listing, body: bytes | str, encoding: str | None = None) -> Read:
    """Return the links of a listing, the reason of its ListingError or None, and the skipped entries."""
    links: list[Link] = []
    skipped: list[str] = []
    raw = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    try:
        for found in read_listing(listing, Further(url=URL), raw, URL, encoding=encoding, skipped=skipped):
            assert isinstance(found, Link)
            links.append(found)
    except ListingError as error:
        return links, str(error.reason), skipped
    return links, None, skipped


def urls(links: list[Link]) -> list[str]:
    return [link.url for link in links]


def rss(middle: str) -> str:
    """Return a feed of three entries, the second with the given content."""
    first = f"<item><title>वरुणपुर में आंधी</title><link>{FIRST}</link></item>"
    third = f"<item><title>पुल खुला</title><link>{THIRD}</link></item>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>खबर</title>'
        f"<link>{BASE}</link>{first}<item>{middle}</item>{third}</channel></rss>"
    )


def atom(middle: str) -> str:
    entries = [f'<title>क</title><link href="{FIRST}"/>', middle, f'<title>ग</title><link href="{THIRD}"/>']
    body = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><link href="{BASE}"/>{body}</feed>'


def urlset(middle: str) -> str:
    entries = [f"<loc>{FIRST}</loc>", middle, f"<loc>{THIRD}</loc>"]
    body = "".join(f"<url>{entry}</url>" for entry in entries)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</urlset>'


def section(middle: str) -> str:
    return f'<html><body><a href="{FIRST}">आंधी</a>{middle}<a href="{THIRD}">पुल</a></body></html>'


PLACES: list[tuple[Listing, Callable[[str], str]]] = [
    (FEED, lambda url: rss(f"<title>ख</title><link>{url}</link>")),
    (FEED, lambda url: rss(f"<title>ख</title><link><![CDATA[{url}]]></link>")),
    (FEED, lambda url: rss(f"<title>ख</title><guid>{url}</guid>")),
    (FEED, lambda url: atom(f'<title>ख</title><link href="{url}"/>')),
    (SITEMAP, lambda url: urlset(f"<loc>{url}</loc>")),
    (SECTION, lambda url: section(f'<a href="{url}">बाढ़</a>')),
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "bad",
    [
        "http://[link]/world/x-1",
        "https://[::1",
        "https://khabar.example:99999/x-1",
        "https://khabar.example:port/x-1",
        "https://kha bar.example/x-1",
        "https:///x-1",
        "https://khabar.example/x&#55357;&#56832;-1",
        "https://khabar.example/x&#xD83D;-1",
        "https://khabar.example/x&#x110000;-1",
        "https://khabar.example/x\x08-1",
    ],
)
def test_an_entry_without_a_valid_url_is_left_out_and_counted(
    place: tuple[Listing, Callable[[str], str]], bad: str
) -> None:
    listing, body = place

    links, _, skipped = read(listing, body(bad))

    assert urls(links) == [FIRST, THIRD]
    assert len(skipped) == 1


@pytest.mark.parametrize("place", PLACES)
def test_a_lost_byte_in_a_url_loses_its_entry_alone(place: tuple[Listing, Callable[[str], str]]) -> None:
    listing, body = place

    links, reason, skipped = read(listing, body(SECOND).encode().replace(b"world/flood", b"world\xe0\xa4/flood"))

    assert (urls(links), reason, len(skipped)) == ([FIRST, THIRD], "bad-bytes", 1)


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


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("पुल &#55357;&#56832; खुला", "पुल 😀 खुला"),
        ("पुल &#xD83D;&#xDE00; खुला", "पुल 😀 खुला"),
        ("<![CDATA[पुल &#55357;&#56832; खुला]]>", "पुल 😀 खुला"),
        ("पुल &amp;#55357;&amp;#56832; खुला", "पुल 😀 खुला"),
        ("पुल \ud83d\ude00 खुला", "पुल 😀 खुला"),
        ("पुल &#xD83D; खुला", "पुल खुला"),
        ("पुल &#x110000; खुला &#0;", "पुल खुला"),
        ("पुल &#128512; खुला", "पुल 😀 खुला"),
        ("पुल&nbsp;खुला &rsquo;&hellip; &unknown;", "पुल खुला ’… &unknown;"),
        ("पुल & सड़क &amp; नदी", "पुल & सड़क & नदी"),
        ("पुल < सड़क", "पुल सड़क"),
        ("पुल \x0b\x07खुला", "पुल खुला"),
        ("पुल <b>खुला</b> <i>आज", "पुल खुला आज"),
        ("<![CDATA[पुल <b>खुला</b>]]>", "पुल खुला"),
        ("<![CDATA[पुल खुला", "पुल खुला"),
    ],
)
def test_a_title_is_read_whatever_it_is_written_with(printed: str, title: str) -> None:
    for listing, body in (
        (FEED, rss(f"<title>{printed}</title><link>{SECOND}</link>")),
        (SITEMAP, urlset(f"<loc>{SECOND}</loc><news:news><news:title>{printed}</news:title></news:news>")),
    ):
        links, _, skipped = read(listing, body)

        assert urls(links) == [FIRST, SECOND, THIRD], listing
        assert links[1].title in (title, title.removesuffix(" आज"))
        assert skipped == []


@pytest.mark.parametrize(
    "entry",
    [
        "<title>बाढ़ <b>आई</title><link>{}</link>",
        "<description>बाढ़<br>आई<img src=x.jpg width=3></description><link>{}</link>",
        "<title>बाढ़</titel><link>{}</link>",
        "<title>बाढ़<link>{}</link>",
        "<link>{}<guid>17</guid>",
        "<title><![CDA[बाढ़]]></title><link>{}</link>",
        "<description><![CDATA[बाढ़</description><link>{}</link>",
        "<description><![CDATA[<pre></item></pre>]]></description><link>{}</link>",
        "<media:title>तस्वीर</media:title><media:content url='x'/><link>{}</link><a:b c:d='1'/>",
        "<source url='x'><title>और</title><link>https://other.example/x</link></source><link>{}</link>",
        "<title>x</title><atom:link rel='self' href='https://other.example/'/><atom:link href='{}'/>",
        "<link/><guid isPermaLink='false'>{}</guid>",
        "<link>http://[link]/x</link><guid>{}</guid>",
        "<link>https://feeds.example.com/~r/1</link><feedburner:origLink>{}</feedburner:origLink>",
        "<LINK>{}</LINK>",
        "<link>\n\t{}\n</link>",
        "<link>{}</link></itm>",
    ],
)
def test_broken_markup_hides_no_entry(entry: str) -> None:
    links, reason, skipped = read(FEED, rss(entry.format(SECOND)))

    assert (urls(links), reason, skipped) == ([FIRST, SECOND, THIRD], None, [])


@pytest.mark.parametrize("entry", ["<title>ख</title>", "<guid>17</guid>", "<link>javascript:x()</link>", ""])
def test_an_entry_without_an_address_is_counted(entry: str) -> None:
    links, reason, skipped = read(FEED, rss(entry))

    assert (urls(links), reason, len(skipped)) == ([FIRST, THIRD], None, 1)


def test_an_entry_that_is_commented_out_is_ignored() -> None:
    body = rss(f"<link>{SECOND}</link></item><!-- <item><link>{BASE}/old</link></item> --><item><link>{BASE}/x</link>")

    assert urls(read(FEED, body)[0]) == [FIRST, SECOND, f"{BASE}/x", THIRD]


@pytest.mark.parametrize("broken", ["<itm>", "<ite\x00m>", "< item>"])
def test_an_entry_whose_beginning_is_lost_is_counted(broken: str) -> None:
    body = rss(f"<link>{SECOND}</link>").replace(f"<item><link>{SECOND}", f"{broken}<link>{SECOND}")

    links, _, skipped = read(FEED, body)

    assert urls(links) in ([FIRST, THIRD], [FIRST, SECOND, THIRD])
    assert len(links) + len(skipped) == 3


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


def test_a_pictures_url_and_title_are_not_the_articles() -> None:
    picture = "<{0}:image><{0}:loc>https://cdn.example/i.jpg</{0}:loc><{0}:title>तस्वीर</{0}:title></{0}:image>"
    for prefix in ("image", "i"):
        links, reason, _ = read(SITEMAP, urlset(f"{picture.format(prefix)}<loc>{SECOND}</loc>"))
        assert (urls(links), links[1].title, reason) == ([FIRST, SECOND, THIRD], None, None)


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

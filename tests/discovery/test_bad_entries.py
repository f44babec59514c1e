"""A bad URL, byte or tag in an entry of a listing loses only this entry, and is counted."""

from collections.abc import Callable

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
    atom,
    read,
    rss,
    section,
    urls,
    urlset,
)

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


def test_a_pictures_url_and_title_are_not_the_articles() -> None:
    picture = "<{0}:image><{0}:loc>https://cdn.example/i.jpg</{0}:loc><{0}:title>तस्वीर</{0}:title></{0}:image>"
    for prefix in ("image", "i"):
        links, reason, _ = read(SITEMAP, urlset(f"{picture.format(prefix)}<loc>{SECOND}</loc>"))
        assert (urls(links), links[1].title, reason) == ([FIRST, SECOND, THIRD], None, None)

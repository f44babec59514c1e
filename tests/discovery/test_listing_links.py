"""The links of each kind of listing, with the titles and times that it prints."""

import gzip

import pytest

from tests.discovery.own_listings import FEED, SECTION, SITEMAP, read, rss, urlset


def test_a_feed_in_the_place_of_a_sitemap_is_read_and_the_other_way_round() -> None:
    feed = rss("<title>क</title><link>https://example.in/a</link>")
    sitemap = urlset("<loc>https://example.in/b</loc>")

    assert [link.url for link in read(SITEMAP, feed)[0]] == ["https://example.in/a"]
    assert [link.url for link in read(FEED, sitemap)[0]] == ["https://example.in/b"]


def test_plain_xml_named_gz_and_gzip_named_xml_are_both_read() -> None:
    plain = urlset("<loc>https://example.in/a</loc>")

    assert len(read(SITEMAP, plain)[0]) == len(read(SITEMAP, gzip.compress(plain))[0]) == 1


def test_a_bare_ampersand_loses_nothing() -> None:
    feed = rss("<title>अ & ब</title><link>https://example.in/a?x=1&y=2</link>", "<link>https://example.in/b</link>")
    sitemap = urlset("<loc>https://example.in/a?x=1&y=2</loc>", "<loc>https://example.in/b</loc>")

    assert [link.url for link in read(FEED, feed)[0]] == ["https://example.in/a?x=1&y=2", "https://example.in/b"]
    assert [link.url for link in read(SITEMAP, sitemap)[0]] == ["https://example.in/a?x=1&y=2", "https://example.in/b"]
    assert read(FEED, feed)[2] is read(SITEMAP, sitemap)[2] is None


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


def test_a_section_page_in_another_charset_gives_its_titles() -> None:
    body = '<meta charset="utf-16"><a href="/a">चीन में</a>'.encode("utf-16")

    assert [link.title for link in read(SECTION, body)[0]] == ["चीन में"]

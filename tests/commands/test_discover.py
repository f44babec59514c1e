"""scrapy discover finds a site's feeds, sitemaps and section of foreign news, and prints the source of a spider."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.archive.writer import ArchiveWriter
from crawler.authoring.site import read_home, read_sitemaps
from tests.commands.running import scrapy

SITE = "https://www.naya-samachar.example"
HOME = """<html lang="hi"><head><title>नया समाचार | ताज़ा खबरें</title>
<link rel="alternate" type="application/rss+xml" href="/rss/all.xml">
<link rel="alternate" hreflang="en" href="https://en.naya-samachar.example/"></head><body><nav>
<a href="/">होम</a><a href="/desh/">देश</a><a href="/videsh/">विदेश</a><a href="/khel/world-cup/">वर्ल्ड कप</a>
<a href="https://elsewhere.example/world/">दुनिया</a></nav>
<a href="/videsh/setupur-pul-khula-804411.html">सेतुपुर में नदी पर बना नया पुल एक साल बाद लोगों के लिए खुल गया</a>
<a href="/desh/dilli-duniya-bhar-804412.html">दुनिया</a></body></html>""".encode()
WORLD = """<html><body><h1>विदेश</h1>
<a href="/videsh/setupur-pul-khula-804411.html">क</a><a href="/videsh/asia/nadi-mein-baadh-804420.html">ख</a>
</body></html>""".encode()
FEED = b"""<rss version="2.0"><channel><item><title>a</title><link>https://www.naya-samachar.example/videsh/a-804411.html
</link></item></channel></rss>"""
SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://www.naya-samachar.example/x</loc>
</url><url><loc>https://www.naya-samachar.example/y</loc></url></urlset>"""
ANSWERS = {
    "/": ("text/html", HOME),
    "/robots.txt": ("text/plain", b"User-agent: *\nAllow: /\nSitemap: /maps/news-sitemap.xml\n"),
    "/videsh/": ("text/html", WORLD),
    "/rss/all.xml": ("application/xml", FEED),
    "/maps/news-sitemap.xml": ("application/xml", SITEMAP),
}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "site.warc.gz"
    writer = ArchiveWriter(path)
    for place, (kind, body) in ANSWERS.items():
        writer.write_exchange(
            url=SITE + place,
            method="GET",
            request_headers=[],
            status="200 OK",
            response_headers=[("Content-Type", kind)],
            body=body,
            at=datetime(2026, 11, 24, tzinfo=UTC),
        )
    writer.close()
    return path


def test_the_feeds_and_the_section_of_foreign_news_are_read_from_a_home_page() -> None:
    home = read_home(HOME, SITE)

    assert home.feeds == (f"{SITE}/rss/all.xml",)
    assert home.sections[0].name == "विदेश"
    assert home.sections[0].url == f"{SITE}/videsh/"
    assert all("elsewhere" not in section.url and "8044" not in section.url for section in home.sections)


def test_a_home_page_and_its_robots_txt_are_decoded_like_article_pages() -> None:
    robots = "User-agent: *\nSitemap: /t.xml\n".encode("utf-16")

    assert read_home(HOME.decode().encode("utf-16"), SITE) == read_home(HOME, SITE)
    assert read_home("<title>Café</title>".encode("cp1250"), SITE, encoding="windows-1250").title == "Café"
    assert read_sitemaps(robots, SITE) == [f"{SITE}/t.xml"]


def test_sitemaps_are_read_from_robots_txt() -> None:
    robots = b"User-agent: *\nsitemap: https://a.example/s.xml\nSitemap: /t.xml\nSitemap: /t.xml\n"

    assert read_sitemaps(robots, "https://a.example/robots.txt") == [
        "https://a.example/s.xml",
        "https://a.example/t.xml",
    ]


def test_the_source_of_a_spider_is_printed_for_a_site_in_an_archive(archive: Path) -> None:
    done = scrapy("discover", SITE, "--from", archive)

    assert done.code == 0, done.err
    compile(done.out, "naya_samachar.py", "exec")
    for line in (
        "class NayaSamacharSpider(OutletSpider):",
        'name="नया समाचार",',
        'hosts=("www.naya-samachar.example",),',
        f'Feed(url="{SITE}/rss/all.xml", evidence="page", scope="all"),',
        f'NewsSitemap(url="{SITE}/maps/news-sitemap.xml", evidence="page", scope="all"),',
        f'Section(url="{SITE}/videsh/", evidence="page"),',
    ):
        assert line in done.out
    assert f"{SITE}/maps/news-sitemap.xml: a sitemap, 2 addresses" in done.err


def test_a_home_page_in_a_file_is_enough(tmp_path: Path) -> None:
    (tmp_path / "home.html").write_bytes(HOME)

    done = scrapy("discover", tmp_path / "home.html", "--url", SITE)

    assert done.code == 0, done.err
    assert f'Feed(url="{SITE}/rss/all.xml", evidence="unverified", scope="all"),' in done.out


def test_a_site_that_does_not_answer_is_reported(archive: Path) -> None:
    done = scrapy("discover", "https://other.example", "--from", archive)

    assert done.code == 3
    assert done.out == ""
    assert "https://other.example: not fetched: " in done.err


def test_the_source_is_valid_python_for_a_host_that_begins_with_a_digit(tmp_path: Path) -> None:
    (tmp_path / "home.html").write_bytes(HOME)

    done = scrapy("discover", tmp_path / "home.html", "--url", "https://www.24x7samachar.example")

    compile(done.out, "news_24x7samachar.py", "exec")
    assert "class News24x7samacharSpider(OutletSpider):" in done.out
    assert "save the lines as spiders/news_24x7samachar.py" in done.err
    assert "section विदेश, not read" in done.err

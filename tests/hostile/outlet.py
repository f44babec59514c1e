"""The outlet of the hostile scenarios: a small working site, of which each scenario breaks one thing."""

from collections.abc import Iterable
from dataclasses import replace

from crawler.discovery.listing import Feed, NewsSitemap, Section
from spiders.indiatv import IndiatvSpider
from tests.crawling.site import HOME, address, articles
from tests.site.publisher import Answer

COUNT = 5
"""Number of articles of the site."""
HOST = "www.indiatv.in"
ROBOTS, FEED, SITEMAP, SECTION = (f"{HOME}/{name}" for name in ("robots.txt", "feed.xml", "news.xml", "world"))
PAGE = address(0)
"""The article that most scenarios break."""
XML = {"Content-Type": "application/xml"}
HTML = {"Content-Type": "text/html; charset=utf-8"}
TEXT = {"Content-Type": "text/plain"}
_TIME = "Tue, 24 Nov 2026 06:00:00 +0530"


class HostileSpider(IndiatvSpider):
    name = "hostile"
    outlet = replace(IndiatvSpider.outlet, slug="hostile")
    listings = (  # type: ignore[assignment]  # as many as it has, not as many as India TV
        Feed(url=FEED, evidence="code"),
        NewsSitemap(url=SITEMAP, evidence="code"),
        Section(url=SECTION, evidence="code"),
    )


def site() -> dict[str, Answer]:
    """Return the answers of the working site, by URL."""
    urls = [address(number) for number in range(COUNT)]
    return {
        ROBOTS: Answer(body=b"User-agent: *\nDisallow:\n", headers=TEXT),
        FEED: Answer(body=feed(map(item, urls)), headers=XML),
        SITEMAP: Answer(body=sitemap(urls), headers=XML),
        SECTION: Answer(body=section(urls), headers=HTML),
        **articles(COUNT),
    }


def page(number: int = 0) -> bytes:
    """Return the page of an article."""
    return articles(number + 1)[address(number)].body


def feed(items: Iterable[str], *, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> bytes:
    """Return an RSS feed of some items."""
    return f'{head}<rss version="2.0"><channel><title>दुनिया</title>{"".join(items)}</channel></rss>'.encode()


def item(url: str, title: str = "पहाड़ों के बीच गांवों को जोड़ने वाला नया पुल खुला") -> str:
    """Return an item of a feed."""
    return f"<item><title>{title}</title><link>{url}</link><pubDate>{_TIME}</pubDate></item>"


def sitemap(urls: Iterable[str]) -> bytes:
    """Return a sitemap of some URLs."""
    entries = "".join(f"<url><loc>{url}</loc><lastmod>2026-11-24T06:00:00+05:30</lastmod></url>" for url in urls)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'.encode()


def index(urls: Iterable[str]) -> bytes:
    """Return an index of sitemaps."""
    entries = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>'.encode()


def section(urls: Iterable[str]) -> bytes:
    """Return a section page that links to some articles."""
    links = "".join(f'<li><a href="{url}">गांवों को जोड़ने वाला नया पुल खुला</a></li>' for url in urls)
    return f"<html><body><ul>{links}</ul></body></html>".encode()

"""Read the links of a site's pages: feeds, sitemaps, sections of foreign news, articles."""

import re
from dataclasses import dataclass

from parsel import Selector

from crawler.authoring.foreign_news import SectionLink, foreign_sections
from crawler.discovery.links import Further, ListingError
from crawler.discovery.listing import Feed
from crawler.discovery.read_listing import read_listing
from crawler.limits import LARGEST_ROBOTS, MOST_ANCHORS
from crawler.reading.guard import TooLargeError
from crawler.reading.markup import decoded, in_utf8
from crawler.reading.tree import parse
from crawler.reading.urls import absolute_url, registered_domain
from crawler.url_parts import joined_url

COMMON_PLACES = ("/sitemap.xml", "/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_index.xml", "/rss.xml", "/feed")
"""Paths at which sites have feeds and sitemaps that no page links to."""

_FEED_TYPES = "application/rss+xml", "application/atom+xml", "application/rdf+xml"
_ADDRESS = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+/?")
"""A URL or host, which some sites give as their name."""
_SHORTEST_HEADLINE = 25
"""Minimum length of a headline in characters; a shorter text links to a section, a topic or a form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The links of one page of a site."""

    title: str | None = None
    """The site's name from `og:site_name`, else the page's title."""
    feeds: tuple[str, ...] = ()
    sections: tuple[SectionLink, ...] = ()
    """Links that may lead to its section of foreign news, the likeliest first."""
    links: tuple[str, ...] = ()
    """Links to its own domain."""
    headlined: tuple[str, ...] = ()
    """Those of `links` whose text is as long as a headline."""


def read_home(page: bytes, url: str, *, encoding: str | None = None) -> Home:
    """Return the feeds, sections of foreign news and links of a page; an empty result for a page that is too large.

    `encoding` is the charset of the HTTP header.
    """
    try:
        root = parse(in_utf8(page, encoding=encoding))
    except TooLargeError:
        root = None
    if root is None:
        return Home()
    selector = Selector(root=root, type="html", base_url=url)
    base = absolute_url(selector.xpath("//base/@href").get(), url) or url
    alternates = selector.css("link[rel~=alternate]")
    feeds = [link.attrib.get("href") for link in alternates if link.attrib.get("type", "").lower() in _FEED_TYPES]
    links = selector.css("a[href]")[:MOST_ANCHORS]
    anchors = [(_name(anchor), absolute_url(anchor.attrib.get("href"), base)) for anchor in links]
    own = [(name, address) for name, address in anchors if address and _is_own(address, url)]
    site_name = selector.css("meta[property='og:site_name']::attr(content)").get()
    is_name = site_name and not _ADDRESS.fullmatch(site_name.strip())
    title = site_name if is_name else selector.xpath("string(//title)").get()
    return Home(
        title=" ".join((title or "").split()) or None,
        feeds=tuple(dict.fromkeys(address for feed in feeds if (address := absolute_url(feed, base)))),
        sections=foreign_sections(own, url),
        links=tuple(dict.fromkeys(address for _, address in own)),
        headlined=tuple(dict.fromkeys(address for name, address in own if len(name) >= _SHORTEST_HEADLINE)),
    )


def read_sitemaps(robots: bytes, url: str) -> list[str]:
    """Return the URLs of the sitemaps that a robots.txt names; `url` is its own URL, to make them absolute."""
    lines = decoded(robots[:LARGEST_ROBOTS])
    named = re.findall(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", lines, re.IGNORECASE | re.MULTILINE)
    return list(dict.fromkeys(found for each in named if (found := joined_url(url, each))))


def count_links(body: bytes, url: str, *, encoding: str | None = None) -> int | None:
    """Return the number of URLs in a feed or sitemap, including further sitemaps; None if it is neither.

    `encoding` is the charset of the HTTP header.
    """
    listing = Feed(url=url, evidence="page")
    count = 0
    try:
        for _ in read_listing(listing, Further(url=url), body, url, encoding=encoding):
            count += 1
    except ListingError:
        return count or None
    return count


def _name(anchor: Selector) -> str:
    """Return a link's text with blanks between its elements: `विदेश` and `सब देखें` beside it are separate words."""
    return " ".join(" ".join(anchor.xpath(".//text()").getall()).split()) or " ".join(
        (anchor.attrib.get("title") or "").split()
    )


def _is_own(address: str, url: str) -> bool:
    return registered_domain(address) == registered_domain(url)

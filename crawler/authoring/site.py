"""Read a site's home page: its feeds, its sitemaps, its section of foreign news, and the pattern of its articles."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from parsel import Selector

from crawler.discovery.links import Further, ListingError
from crawler.discovery.listing import Feed
from crawler.discovery.read_listing import find
from crawler.limits import LARGEST_ROBOTS, MOST_ANCHORS
from crawler.reading.guard import TooLargeError
from crawler.reading.markup import decoded, in_utf8
from crawler.reading.tree import parse, text_of_element
from crawler.reading.url_parts import joined_url, path_of
from crawler.reading.urls import absolute_url, registered_domain

COMMON_PLACES = ("/sitemap.xml", "/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_index.xml", "/rss.xml", "/feed")
"""Paths at which sites have feeds and sitemaps that no page links to."""

_WORLD = re.compile(
    r"विदेश|दुनिया|अंतर\s?राष्ट्रीय|अंतर्राष्ट्रीय|अन्तर्?राष्ट्रीय|वर्ल्ड|\b(?:world|international|videsh|duniya)\b", re.IGNORECASE
)
_FEED_TYPES = "application/rss+xml", "application/atom+xml", "application/rdf+xml"
_NUMBER_AT_END = re.compile(r"[-/_](?:\w{0,2})\d{4,}(?:\.\w{3,5})?/?$")
_LONGEST_NAME = 40
"""Maximum length of a section's name in characters; a longer text is a headline."""
_MOST_SECTIONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionLink:
    """A link that may lead to a section of foreign news."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The links of one page of a site."""

    title: str | None
    feeds: tuple[str, ...]
    sections: tuple[SectionLink, ...]
    links: tuple[str, ...]


def read_home(page: bytes, url: str, *, encoding: str | None = None) -> Home:
    """Return the feeds, sections of foreign news and links of a page; an empty result for a page that is too large.

    `encoding` is the charset of the HTTP header.
    """
    try:
        root = parse(in_utf8(page, encoding=encoding))
    except TooLargeError:
        root = None
    if root is None:
        return Home(title=None, feeds=(), sections=(), links=())
    selector = Selector(root=root, type="html", base_url=url)
    base = absolute_url(selector.xpath("//base/@href").get(), url) or url
    alternates = selector.css("link[rel~=alternate]")
    feeds = [link.attrib.get("href") for link in alternates if link.attrib.get("type", "").lower() in _FEED_TYPES]
    links = selector.css("a[href]")[:MOST_ANCHORS]
    anchors = [(_name(anchor), absolute_url(anchor.attrib.get("href"), base)) for anchor in links]
    own = [(name, address) for name, address in anchors if address and _is_own(address, url)]
    return Home(
        title=" ".join((selector.xpath("string(//title)").get() or "").split()) or None,
        feeds=tuple(dict.fromkeys(address for feed in feeds if (address := absolute_url(feed, base)))),
        sections=_sections(own),
        links=tuple(dict.fromkeys(address for _, address in own)),
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
        for _ in find(listing, Further(url=url), body, url, encoding=encoding):
            count += 1
    except ListingError:
        return count or None
    return count


def article_rule(section: str, links: Iterable[str]) -> str:
    """Return a guess at the regular expression of an outlet's articles, from the links below its section."""
    prefix = path_of(section).rstrip("/")
    prefix = prefix.rsplit(".", 1)[0] if "." in prefix.rsplit("/", 1)[-1] else prefix
    below = [path for link in links if (path := path_of(link)).startswith(f"{prefix}/") and len(path) > len(prefix) + 9]
    shapes = Counter(bool(_NUMBER_AT_END.search(path)) for path in below)
    start = re.escape(prefix).replace(r"\-", "-")
    ending = r"[^/]*?(?P<number>\d{4,})(?:\.\w+)?/?$" if shapes[True] > shapes[False] else r"[^/]{12,}/?$"
    return f"{start}/(?:[\\w-]+/)*{ending}"


def _name(anchor: Selector) -> str:
    return text_of_element(anchor.root) or " ".join((anchor.attrib.get("title") or "").split())


def _is_own(address: str, url: str) -> bool:
    return registered_domain(address) == registered_domain(url)


def _sections(anchors: Iterable[tuple[str, str]]) -> tuple[SectionLink, ...]:
    found: dict[str, SectionLink] = {}
    for name, address in anchors:
        path = path_of(address).strip("/")
        words = f"{name} {path.replace('-', ' ').replace('/', ' ')}"
        is_short = len(name) <= _LONGEST_NAME and path.count("/") <= 2 and not _NUMBER_AT_END.search(address)
        if path and is_short and _WORLD.search(words):
            found.setdefault(address.split("#")[0], SectionLink(name=name, url=address.split("#")[0]))
    best = sorted(found.values(), key=lambda section: (not _WORLD.search(section.name), len(section.url)))
    return tuple(best[:_MOST_SECTIONS])

"""What a page says about itself, before anything is decided: JSON-LD, meta tags, titles, and which `h1` is its own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from crawler.limits import LONGEST_FIELD, MOST_OF_A_KIND
from crawler.reading.json_ld import ARTICLE_TYPES, Node, read_nodes, text_of, types
from crawler.reading.junk import folded
from crawler.reading.outlet import Outlet
from crawler.reading.tree import Element, text_below, text_of_element
from crawler.reading.urls import absolute_url

_TELLING = ("base", "meta", "link", "script", "title", "h1", "amp-story")
_NAMING = ("property", "name", "itemprop")
_SITE_SUFFIX = re.compile(r"(?:(?:(?<!\s)\s+)?[|»]|(?<!\s)\s+[-–—])\s*[^|»–—]{2,60}$")

_LONGEST_NAME = 5
"""Words of an outlet's or a section's name."""
_DASH = re.compile(r"\s[-–—]\s")


@dataclass(slots=True)
class Sources:
    """A parsed page and all that it says of itself."""

    root: Element
    url: str
    """Address the page came from."""
    base: str
    outlet: Outlet | None
    fetched_at: datetime | None
    metas: dict[str, list[str]] = field(default_factory=dict)
    nodes: list[Node] = field(default_factory=list)
    node: Node = field(default_factory=dict)
    """The JSON-LD node of the article; empty where the page has none."""
    title: str | None = None
    h1: Element | None = None
    canonical: list[str | None] = field(default_factory=list)
    """Addresses that the page calls its own."""
    is_web_story: bool = False
    announced: str | None = None
    """The title that a listing announced, for a page that prints none."""

    def meta(self, *names: str) -> str | None:
        """Return the content of the first of these meta tags that the page has."""
        return next((self.metas[name][0] for name in names if name in self.metas), None)

    @property
    def zone(self) -> str:
        """Return the IANA zone of times that are printed without one."""
        return self.outlet.time_zone if self.outlet else "Asia/Kolkata"

    @property
    def description(self) -> str | None:
        """Return what the page says of itself in a sentence or two."""
        return text_of(self.node.get("description")) or self.meta("og:description", "description")


def read_sources(root: Element, url: str, outlet: Outlet | None, fetched_at: datetime | None) -> Sources:
    """Return what a page says of itself: one walk over the page finds all elements that say something."""
    found: dict[Any, list[Element]] = {tag: [] for tag in _TELLING}
    for element in root.iter(*_TELLING):
        found[element.tag].append(element)
    bases = [absolute_url(element.get("href"), url) for element in found["base"][:1]]
    page = Sources(root, url, (bases[0] if bases else None) or url, outlet, fetched_at)
    page.metas = read_meta(found["meta"])
    page.nodes = read_nodes(found["script"])
    page.title = next((text for title in found["title"] if (text := text_of_element(title))), None)
    own = (link.get("href") for link in found["link"] if (link.get("rel") or "").lower() == "canonical")
    page.canonical = list(islice(own, MOST_OF_A_KIND))
    page.is_web_story = bool(found["amp-story"])
    articles = [node for node in page.nodes if types(node) & ARTICLE_TYPES]
    told = [text_of(node.get("headline")) for node in articles[:1]]
    titles = [title for title in (*told, page.meta("og:title"), page.title) if title]
    page.h1 = find_h1([h1 for h1 in found["h1"] if not _names_site(text_of_element(h1), page)], titles)
    page.node = _own_node(articles, page)
    return page


def _own_node(articles: list[Node], page: Sources) -> Node:
    """Return the node of this article, not of one that the page points to."""
    if len(articles) < 2:
        return articles[0] if articles else {}
    titles = [title for title in (page.meta("og:title"), page.title) if title]
    if page.h1 is not None:
        titles.append(text_of_element(page.h1))
    for node in articles:
        headline = text_of(node.get("headline")) or text_of(node.get("name"))
        if headline and any(is_same_headline(headline, title) for title in titles):
            return node
    return articles[0]


def _names_site(text: str, page: Sources) -> bool:
    """Return whether an `h1` is the outlet's name, or what stands behind a bar of the page's title."""
    names = [page.meta("og:site_name") or "", page.outlet.name if page.outlet else ""]
    pieces = (page.title or "").split("|")
    suffix = _SITE_SUFFIX.search(page.title or "")
    names += [*pieces[1:], suffix[0] if suffix else ""]
    if len(pieces) == 1 and page.title:  # a name with a dash of its own: The Wire - Hindi
        names += [page.title[found.end() :] for found in _DASH.finditer(page.title)]
    said = folded(text)
    if len(said.split()) > _LONGEST_NAME:
        return False
    return bool(said) and any(said == folded(name) for name in names if name)


def read_meta(elements: Iterable[Element]) -> dict[str, list[str]]:
    """Return the contents of meta tags by `property`, `name` or `itemprop`, in page order."""
    metas: dict[str, list[str]] = {}
    for element in elements:
        content = " ".join((element.get("content") or "")[:LONGEST_FIELD].split())
        if not content:
            continue
        for attribute in _NAMING:
            name = element.get(attribute)
            if name:
                values = metas.setdefault(name.strip().lower(), [])
                values += [content] if len(values) < MOST_OF_A_KIND else []
    return metas


def find_h1(elements: Iterable[Element], titles: list[str]) -> Element | None:
    """Return the `h1` that says most of what the page's titles say; the longest one where they say nothing."""
    headings = [(element, folded(text_below(element)).split()) for element in elements]
    headings = [pair for pair in headings if pair[1]]
    if len(headings) < 2:
        return headings[0][0] if headings else None
    wanted = {word for title in titles for word in folded(title).split()}
    return max(headings, key=lambda pair: (_share(pair[1], wanted), min(len(pair[1]), 40)))[0]


def _share(words: list[str], wanted: set[str]) -> float:
    return round(sum(word in wanted for word in words) / len(words), 1)


def without_site_name(title: str) -> str:
    """Return a title without the outlet's name behind it.

    >>> without_site_name("नेपाल में भूकंप के झटके | विदेश समाचार")
    'नेपाल में भूकंप के झटके'
    """
    shorter = _SITE_SUFFIX.sub("", title)
    if len(shorter.split()) < 3:
        return title
    return without_site_name(shorter) if "|" in shorter else shorter


def is_same_headline(one: str, other: str) -> bool:
    """Return whether two titles are the same save punctuation, or one is cut or has the outlet's name added."""
    a, b = folded(one), folded(other)
    if not a or not b:
        return False
    if a in b or b in a:
        return True
    first, second = set(a.split()), set(b.split())
    return len(first & second) >= 0.7 * min(len(first), len(second))

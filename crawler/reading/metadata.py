"""Collect a page's metadata: JSON-LD, meta tags, titles, canonical URLs, and the `h1` of its article."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any
from urllib.parse import unquote

from crawler.limits import LONGEST_FIELD, MOST_OF_A_KIND
from crawler.reading.json_ld import ARTICLE_TYPES, Node, read_nodes, text_of, types
from crawler.reading.junk import fold_phrase
from crawler.reading.outlet import Outlet
from crawler.reading.tree import Element, text_of_element
from crawler.reading.urls import absolute_url
from crawler.text.fold import collapsed
from crawler.url_parts import host_of, path_of

_TAGS = ("base", "meta", "link", "script", "title", "h1", "amp-story")
_NAMES = ("property", "name", "itemprop")
_SITE_SUFFIX = re.compile(
    r"""
    (?: (?: (?<!\s)\s+ )? [|»]            # a bar needs no space before it
      | (?<!\s)\s+ [-–—] )               # a dash needs one: it may be part of a word
    \s* [^|»–—]{2,60} $                  # the name, without another separator
    """,
    re.VERBOSE,
)
"""The name of the outlet or section at the end of a title; the lookbehind makes it linear on a run of spaces."""

_LONGEST_NAME = 5
"""Words in the longest name of an outlet or section."""
_DASH = re.compile(r"\s[-–—]\s")


@dataclass(slots=True)
class Sources:
    """A parsed page with its metadata."""

    root: Element
    url: str
    """URL that the page was fetched from."""
    base: str
    """URL that resolves relative links: that of `<base>`, else `url`."""
    outlet: Outlet | None
    fetched_at: datetime | None
    metas: dict[str, list[str]] = field(default_factory=dict)
    """Name of a meta tag, in lower case → its contents in page order."""
    nodes: list[Node] = field(default_factory=list)
    """All JSON-LD nodes."""
    articles: list[Node] = field(default_factory=list)
    """The JSON-LD nodes of articles."""
    node: Node = field(default_factory=dict)
    """The JSON-LD node of the article; empty if there is none."""
    stated_headline: str | None = None
    """The headline in `node`."""
    signed_node: Node = field(default_factory=dict)
    """The JSON-LD node whose author and times are the article's: none under another title and address."""
    title: str | None = None
    h1: Element | None = None
    h1_text: str = ""
    """The text of `h1` on one line; "" for none."""
    types: frozenset[str] = frozenset()
    """The types of all JSON-LD nodes."""
    canonical: list[str | None] = field(default_factory=list)
    """The `href` of each `<link rel="canonical">`."""
    is_web_story: bool = False
    is_live: bool = False
    """Whether the page is a live blog."""
    times: dict[str, str | None] = field(default_factory=dict)
    """What the texts of times on the page were read as; most are printed twice."""
    announced: str | None = None
    """The title in the listing that links to the page; the last source of a headline."""

    def meta(self, *names: str) -> str | None:
        """Return the content of the first of these meta tags that is on the page, or None."""
        for name in names:
            if name in self.metas:
                return self.metas[name][0]
        return None

    @property
    def zone(self) -> str:
        """Return the IANA time zone of times that are printed without one."""
        return self.outlet.time_zone if self.outlet else "Asia/Kolkata"

    @property
    def description(self) -> str | None:
        """Return the description of the article in JSON-LD or a meta tag, or None."""
        return text_of(self.node.get("description")) or self.meta("og:description", "description")


def read_sources(root: Element, url: str, outlet: Outlet | None, fetched_at: datetime | None) -> Sources:
    """Return a page with its metadata; `url` is the URL that it was fetched from."""
    found: dict[Any, list[Element]] = {tag: [] for tag in _TAGS}
    for element in root.iter(*_TAGS):
        found[element.tag].append(element)
    bases = [absolute_url(element.get("href"), url) for element in found["base"][:1]]
    page = Sources(root, url, (bases[0] if bases else None) or url, outlet, fetched_at)
    page.metas = read_meta(found["meta"])
    page.nodes = read_nodes(found["script"])
    page.types = frozenset().union(*map(types, page.nodes))
    page.title = next((text for title in found["title"] if (text := text_of_element(title))), None)
    own = (link.get("href") for link in found["link"] if (link.get("rel") or "").lower() == "canonical")
    page.canonical = list(islice(own, MOST_OF_A_KIND))
    page.is_web_story = bool(found["amp-story"])
    page.articles = [node for node in page.nodes if types(node) & ARTICLE_TYPES]
    stated = [text_of(node.get("headline")) for node in page.articles[:1]]
    titles = [title for title in (*stated, page.meta("og:title"), page.title) if title]
    headings = [(h1, text_of_element(h1)) for h1 in found["h1"][:MOST_OF_A_KIND]]
    page.h1, page.h1_text = find_h1([(h1, text) for h1, text in headings if not _names_site(text, page)], titles)
    page.node = _own_node(page.articles, page)
    page.stated_headline = text_of(page.node.get("headline"))
    may_be_another = bool(page.node) and (_is_elsewhere(page.node, page) or _is_listed(page.node, page))
    is_another = may_be_another and not _is_titled(page.node, page)
    page.signed_node = {} if is_another else page.node
    return page


def _own_node(articles: list[Node], page: Sources) -> Node:
    """Return the JSON-LD node of the page's article, not that of an article that the page links to."""
    if len(articles) < 2:
        return articles[0] if articles else {}
    own = next((node for node in articles if _is_titled(node, page)), None)
    return own or next((node for node in articles if not _is_listed(node, page)), articles[0])


def _listed(nodes: list[Node]) -> list[Node]:
    """Return what the lists in JSON-LD hold; a list of crumbs holds no articles."""
    lists = [node.get("itemListElement") for node in nodes if "ItemList" in types(node)]
    entries = [each for held in lists if isinstance(held, list) for each in held if isinstance(each, dict)]
    return [item if isinstance(item := each.get("item"), dict) else each for each in entries[:MOST_OF_A_KIND]]


def _is_titled(node: Node, page: Sources) -> bool:
    """Return whether the headline of a node is a title of the page."""
    headline = text_of(node.get("headline")) or text_of(node.get("name"))
    titles = [title for title in (page.meta("og:title"), page.title, page.h1_text) if title]
    return headline is not None and any(is_same_headline(headline, title) for title in titles)


def _is_listed(node: Node, page: Sources) -> bool:
    return "ItemList" in page.types and any(node is each for each in _listed(page.nodes))


def _is_elsewhere(node: Node, page: Sources) -> bool:
    """Return whether an article in JSON-LD states an address of another page of the same host."""
    stated = node.get("url")
    if stated == page.url:
        return False
    there = absolute_url(stated, page.url) if isinstance(stated, str) else None
    if there is None:
        return False
    host, path = _host_and_path(there)
    own = [_host_and_path(address) for address in (page.url, *filter(None, page.canonical))]
    return all(host == other and path != known for other, known in own)


def _host_and_path(address: str) -> tuple[str, str]:
    return host_of(address), unquote(path_of(address)).strip("/")


def _names_site(text: str, page: Sources) -> bool:
    """Return whether the text of an `h1` is the name of the outlet or of a section."""
    said = fold_phrase(text)
    if not said or len(said.split()) > _LONGEST_NAME:
        return False
    names = [page.meta("og:site_name") or "", page.outlet.name if page.outlet else ""]
    pieces = (page.title or "").split("|")
    suffix = _SITE_SUFFIX.search(page.title or "")
    names += [*pieces[1:], suffix[0] if suffix else ""]
    if len(pieces) == 1 and page.title:  # a name with a dash of its own: The Wire - Hindi
        names += [page.title[found.end() :] for found in _DASH.finditer(page.title)]
    return any(said == fold_phrase(name) for name in names if name)


def read_meta(elements: Iterable[Element]) -> dict[str, list[str]]:
    """Return the contents of meta tags by their `property`, `name` or `itemprop` in lower case, in page order."""
    metas: dict[str, list[str]] = {}
    for element in elements:
        content = collapsed((element.get("content") or "")[:LONGEST_FIELD])
        if not content:
            continue
        for name in filter(None, map(element.get, _NAMES)):
            values = metas.setdefault(name.strip().lower(), [])
            if len(values) < MOST_OF_A_KIND:
                values.append(content)
    return metas


def find_h1(headings: Iterable[tuple[Element, str]], titles: list[str]) -> tuple[Element | None, str]:
    """Return the `h1` whose words occur most in the page's titles, the longest of several, and its text.

    `headings` are elements and their texts; those without a word do not count. Return (None, "") if there is no `h1`.
    """
    said = [heading for heading in headings if fold_phrase(heading[1])]
    if len(said) < 2:
        return said[0] if said else (None, "")
    wanted = {word for title in titles for word in fold_phrase(title).split()}
    return max(said, key=lambda heading: _likeness(fold_phrase(heading[1]).split(), wanted))


def _likeness(words: list[str], wanted: set[str]) -> tuple[float, int]:
    return round(sum(word in wanted for word in words) / len(words), 1), min(len(words), 40)


def is_same_headline(one: str, other: str) -> bool:
    """Return whether two titles mean one article: one contains the other, or they share 70 % of the shorter's words."""
    a, b = fold_phrase(one), fold_phrase(other)
    if not a or not b:
        return False
    if a in b or b in a:
        return True
    first, second = set(a.split()), set(b.split())
    return len(first & second) >= 0.7 * min(len(first), len(second))

"""Read one page: bytes in, an article out."""

from datetime import datetime

from lxml import etree

import crawler
from crawler.items import Article, Source
from crawler.reading.address import absolute_url, article_id, article_number, canonical_url, registered_domain
from crawler.reading.body import Body, read_body
from crawler.reading.container import find_container, large_elements, weigh
from crawler.reading.json_ld import ARTICLE_TYPES, Node, read_nodes, text_of, types
from crawler.reading.junk import folded
from crawler.reading.lines import read_lines
from crawler.reading.markup import Markup, read_markup
from crawler.reading.meta import first, read_meta
from crawler.reading.outlet import Outlet
from crawler.reading.refusal import NotAnArticle
from crawler.reading.times import is_plausible, read_iso

__all__ = ["NotAnArticle", "read_page"]


def read_page(
    page: bytes,
    url: str,
    outlet: Outlet | None = None,
    *,
    encoding: str | None = None,
    fetched_at: datetime | None = None,
) -> Article:
    """Return the article that a page holds.

    Raise NotAnArticle when it holds none. `encoding` is the charset of the HTTP header, which yields to the page's
    own declaration and to its bytes.
    """
    markup = read_markup(page, url, encoding=encoding)
    root = markup.root
    metas = read_meta(root)
    node = next((n for n in read_nodes(root) if types(n) & ARTICLE_TYPES), {})
    provenance: dict[str, Source] = {}
    h1 = _h1(root)
    headline, provenance["headline"] = _headline(h1, node, metas)
    if headline is None:
        raise NotAnArticle("no-headline", url)
    mass = weigh(root)
    container = find_container(root, mass, h1)
    body = Body()
    if container is not None:
        lines = read_lines(container, large_elements(mass), frozenset())
        lines = _after_headline(lines, headline)
        body = read_body(lines, markup.base, not_body=frozenset((folded(headline),)), captions=_alts(container))
    if not body.blocks:
        raise NotAnArticle("no-body", url)
    address = canonical_url(_own_address(root, markup, url), outlet)
    slug = outlet.slug if outlet else None
    zone = outlet.time_zone if outlet else "Asia/Kolkata"
    article = Article(
        id=article_id(slug, address, article_number(address, outlet) if outlet else None),
        outlet=slug,
        url=address,
        headline=headline,
        deck=body.deck,
        body=body.blocks,
        related=body.related,
        provenance=provenance,
        fetched_at=fetched_at.isoformat() if fetched_at else None,
        reader_version=crawler.__version__,
    )
    for name, key, tags in (
        ("published_at", "datePublished", ("article:published_time", "datepublished", "publish-date")),
        ("modified_at", "dateModified", ("article:modified_time", "datemodified")),
    ):
        for source, value in (("json-ld", text_of(node.get(key))), ("meta", first(metas, *tags))):
            time = read_iso(value, zone)
            if time and is_plausible(time, fetched_at):
                setattr(article, name, time)
                provenance[name] = source  # type: ignore[assignment]
                break
    provenance["body"] = "generic"
    return article


def _h1(root: etree._Element) -> etree._Element | None:
    best, longest = None, 0
    for element in root.iter("h1"):
        size = len(" ".join(element.itertext()).split())
        if size > longest:
            best, longest = element, size
    return best


def _headline(h1: etree._Element | None, node: Node, metas: dict[str, str]) -> tuple[str | None, Source]:
    if h1 is not None:
        text = " ".join(" ".join(h1.itertext()).split())
        if text:
            return text, "generic"
    told = text_of(node.get("headline"))
    if told:
        return told, "json-ld"
    return first(metas, "og:title", "twitter:title"), "meta"


def _after_headline(lines: list, headline: str) -> list:  # type: ignore[type-arg]
    wanted = folded(headline)
    for n, line in enumerate(lines):
        if folded(line.text) == wanted:
            return lines[n + 1 :]
    return lines


def _alts(container: etree._Element) -> frozenset[str]:
    return frozenset(folded(image.get("alt") or "") for image in container.iter("img")) - {""}


def _own_address(root: etree._Element, markup: Markup, url: str) -> str:
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            address = absolute_url(link.get("href"), markup.base)
            if address and registered_domain(address) == registered_domain(url):
                return address
    return url

"""Read the short fields of an article: its own URL, section, tags, and a dateline outside the text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from crawler.items import Source
from crawler.limits import LONGEST_TITLE, MOST_OF_A_KIND
from crawler.reading.article_ids import is_same_article
from crawler.reading.designs import elements, texts
from crawler.reading.json_ld import text_of, types
from crawler.reading.junk import fold_phrase
from crawler.reading.lines import text_in
from crawler.reading.metadata import Sources
from crawler.reading.outlet import Design
from crawler.reading.tree import Element
from crawler.reading.urls import absolute_url, is_of, registered_domain
from crawler.text.dateline.place_field import read_place_field, read_update_row
from crawler.text.parts import Dateline

_COMMA = re.compile(r"[,،;|]")
_HOME = frozenset(("home", "hindi news", "होम", "हिंदी न्यूज", "हिन्दी न्यूज", "news", "होमपेज", "हिंदी समाचार"))
_MOST_TAGS = 40
_MOST_PLACE_FIELDS = 4


def own_address(page: Sources) -> str:
    """Return the canonical URL that the page states, if it leads to the same article as the page's URL; else that one.

    Templates may print the URL of a section or of another article; then many articles would become one.
    """
    for href in (*page.canonical, page.meta("og:url")):
        address = absolute_url(href, page.base)
        if address and _is_own_host(address, page) and is_same_article(address, page.url, page.outlet):
            return address
    return page.url


def _is_own_host(address: str, page: Sources) -> bool:
    """Return whether a URL is on a host of the page's outlet, or on the page's domain if the outlet is unknown."""
    if page.outlet is not None:
        return is_of(address, page.outlet)
    return registered_domain(address) == registered_domain(page.url)


def read_section(page: Sources, design: Design | None) -> tuple[str | None, Source | None]:
    """Return the section of an article and its source, or (None, None)."""
    for text, source in _sections(page, design):
        if text and len(text) <= LONGEST_TITLE:
            return text, source
    return None, None


def _sections(page: Sources, design: Design | None) -> Iterator[tuple[str | None, Source]]:
    for text in texts(page.root, design.section if design else None)[-1:]:
        yield text, "selector"
    yield text_of(page.node.get("articleSection")), "json-ld"
    yield page.meta("article:section", "articlesection", "section"), "meta"
    yield _last_crumb(page), "json-ld"


def _last_crumb(page: Sources) -> str | None:
    for node in page.nodes:
        if "BreadcrumbList" not in types(node):
            continue
        items = node.get("itemListElement")
        names = [_crumb(item) for item in items[:MOST_OF_A_KIND]] if isinstance(items, list) else []
        sections = [name for name in names[:-1] if name and fold_phrase(name) not in _HOME]
        if sections:
            return sections[-1]
    return None


def _crumb(item: object) -> str | None:
    if not isinstance(item, dict):
        return None
    return text_of(item.get("name")) or text_of(item.get("item"))


def read_tags(page: Sources, design: Design | None) -> tuple[list[str], Source | None]:
    """Return the tags of an article and their source, or ([], None)."""
    selected = texts(page.root, design.tags if design else None)
    if selected:
        return _tags(selected), "selector"
    keywords = page.node.get("keywords")
    found = _tags([tag for tag in (keywords if isinstance(keywords, list) else [keywords]) if isinstance(tag, str)])
    if found:
        return found, "json-ld"
    for name in ("article:tag", "news_keywords", "keywords"):
        found = _tags(page.metas.get(name, []))
        if found:
            return found, "meta"
    return [], None


def _tags(values: list[str]) -> list[str]:
    parts = [part.strip(" #\"'") for value in values[:MOST_OF_A_KIND] for part in _COMMA.split(text_of(value) or "")]
    return list(dict.fromkeys(part for part in parts if 0 < len(part) <= LONGEST_TITLE))[:_MOST_TAGS]


def _place_fields(top: Element | None) -> Iterator[str]:
    """Yield the texts below `top` in what is named for a place: `place_cont` (NDTV), or `dateline` with text only."""
    for field in elements(top, ".place_cont, .dateline") if top is not None else ():
        if field is not top and (not len(field) or "place_cont" in field.get("class", "").split()):
            yield text_in(field)


def read_printed_dateline(
    page: Sources, design: Design | None, top: Element | None, rows: Sequence[str]
) -> tuple[Dateline, Source] | tuple[None, None]:
    """Return the dateline that the page prints outside the text and its source, or (None, None).

    The sources are the design's selector, JSON-LD, an element named for the dateline, and the place before the time of
    the update in one of the `rows` above the report.
    """
    stated = [page.node.get("dateline"), page.node.get("locationCreated")]
    offers: list[tuple[Iterable[str], Source]] = [
        (texts(page.root, design.dateline if design else None), "selector"),
        (filter(None, map(text_of, stated)), "json-ld"),
        (_place_fields(top), "generic"),
    ]
    for raws, source in offers:
        for raw in islice(raws, _MOST_PLACE_FIELDS):
            places = read_place_field(raw, is_for_places=source == "json-ld")
            if places:
                return Dateline(raw=raw, places=places), source
    for row in [*rows, *map(" ".join, pairwise(rows))]:  # in one element or in two
        if updated := read_update_row(row):
            return updated, "generic"
    return None, None

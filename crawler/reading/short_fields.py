"""Section, tags and address of an article, as the page names them."""

import re

from crawler.items import Source
from crawler.reading.designs import texts
from crawler.reading.json_ld import text_of, types
from crawler.reading.junk import folded
from crawler.reading.metadata import Sources
from crawler.reading.outlet import Design
from crawler.reading.urls import absolute_url, registered_domain

_COMMA = re.compile(r"\s*[,،;|]\s*")
_HOME = frozenset(("home", "hindi news", "होम", "हिंदी न्यूज", "हिन्दी न्यूज", "news", "होमपेज", "हिंदी समाचार"))
_MOST_TAGS = 40


def own_address(page: Sources) -> str:
    """Return the address that the page calls its own, as long as it stays on the outlet's own domain."""
    own = registered_domain(page.url)
    for href in (*page.canonical, page.meta("og:url")):
        address = absolute_url(href, page.base)
        if address and registered_domain(address) == own and not _is_home(address, page.url):
            return address
    return page.url


def _is_home(address: str, url: str) -> bool:
    """Say whether a canonical link names the home page, as a mistaken template does."""
    return address.rstrip("/").count("/") <= 2 < url.rstrip("/").count("/")


def read_section(page: Sources, design: Design | None) -> tuple[str | None, Source | None]:
    """Return the section that a page says it belongs to, and where it says so."""
    selected = texts(page.root, design.section if design else None)
    if selected:
        return selected[-1], "selector"
    told = text_of(page.node.get("articleSection"))
    if told:
        return told, "json-ld"
    meta = page.meta("article:section", "articlesection", "section")
    if meta:
        return meta, "meta"
    crumb = _last_crumb(page)
    return crumb, "json-ld" if crumb else None


def _last_crumb(page: Sources) -> str | None:
    for node in page.nodes:
        if "BreadcrumbList" not in types(node):
            continue
        items = node.get("itemListElement")
        names = [_crumb(item) for item in items] if isinstance(items, list) else []
        sections = [name for name in names[:-1] if name and folded(name) not in _HOME]
        if sections:
            return sections[-1]
    return None


def _crumb(item: object) -> str | None:
    if not isinstance(item, dict):
        return None
    return text_of(item.get("name")) or text_of(item.get("item"))


def read_tags(page: Sources, design: Design | None) -> tuple[list[str], Source | None]:
    """Return the tags that a page gives its article, and where it gives them."""
    selected = texts(page.root, design.tags if design else None)
    if selected:
        return _tags(selected), "selector"
    told = page.node.get("keywords")
    found = _tags([tag for tag in (told if isinstance(told, list) else [told]) if isinstance(tag, str)])
    if found:
        return found, "json-ld"
    for name in ("article:tag", "news_keywords", "keywords"):
        found = _tags(page.metas.get(name, []))
        if found:
            return found, "meta"
    return [], None


def _tags(values: list[str]) -> list[str]:
    parts = [part.strip(" #\"'") for value in values for part in _COMMA.split(text_of(value) or "")]
    return list(dict.fromkeys(part for part in parts if part))[:_MOST_TAGS]

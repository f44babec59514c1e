"""Bodies from elsewhere than the page's elements: JSON-LD, the page's app data, and trafilatura as the last resort."""

import re
from html import unescape
from typing import Any

from crawler.reading.json_ld import Node
from crawler.reading.lines import Line
from crawler.reading.tree import Element, markup_of, new, parse
from crawler.reading.walk import read_passage

_BREAK = re.compile(r"\s*(?:\r?\n|\\n|<br\s*/?>|</p>)\s*")
_TAG = re.compile(r"<[a-zA-Z/][^>]{0,200}>")


def lines_of_text(text: str) -> list[Line]:
    """Return the lines of a text without markup."""
    element = new("p")
    parts = (" ".join(part.split()) for part in _BREAK.split(text))
    return [Line(part, "paragraph", element) for part in parts if part]


def told_lines(node: Node) -> list[Line]:
    """Return the lines of JSON-LD's `articleBody` and of its live updates."""
    body = node.get("articleBody")
    lines = _plain_lines(body) if isinstance(body, str) else []
    updates = node.get("liveBlogUpdate")
    for update in updates if isinstance(updates, list) else []:
        lines += _update_lines(update)
    return lines


def _update_lines(update: Any) -> list[Line]:
    if not isinstance(update, dict):
        return []
    headings = [update.get(key) for key in ("datePublished", "headline")]
    lines = [Line(text, "subhead", new("h3")) for text in headings if isinstance(text, str) and text.strip()]
    body = update.get("articleBody")
    return lines + (_plain_lines(body) if isinstance(body, str) else [])


def _plain_lines(text: str) -> list[Line]:
    plain = html_unescaped(text)
    if _TAG.search(plain):
        return lines_of_markup(plain)
    return lines_of_text(plain)


def lines_of_markup(markup: str) -> list[Line]:
    """Return the lines of a piece of HTML."""
    fragment = parse(markup.encode("utf-8", "replace"))
    return read_passage(fragment, keep=frozenset(), junk=frozenset()).lines if fragment is not None else []


def html_unescaped(text: str) -> str:
    """Return a text with its entities resolved, also where they were escaped twice."""
    return unescape(unescape(text)) if "&" in text else text


def last_resort_lines(root: Element, url: str) -> list[Line]:
    """Return what trafilatura reads, where the extra `fallback` is installed; an empty list elsewhere.

    It costs thirty parses, so it is asked for nothing but pages on which all else found no body.
    """
    try:
        import trafilatura
    except ImportError:
        return []
    text = trafilatura.extract(
        markup_of(root), url=url, include_comments=False, include_tables=False, target_language=None
    )
    return lines_of_text(text) if text else []

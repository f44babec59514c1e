"""Read bodies from other sources than the page's elements: JSON-LD, app data, and trafilatura as the last resort."""

import json
import math
import re
from collections import deque
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import unescape
from itertools import islice
from typing import Any

from crawler.items import BlockKind
from crawler.limits import LONGEST_SCRIPT, MOST_VALUES
from crawler.reading.guard import TooLargeError
from crawler.reading.json_ld import Node, body_of, text_of
from crawler.reading.lines import Line
from crawler.reading.main_content import letters
from crawler.reading.tree import Element, markup_of, new, parse
from crawler.reading.walk import read_passage

_BREAK = re.compile(r"\r?\n|\\n|<br\s*/?>|</p>")
_TAG = re.compile(r"<[a-zA-Z/][^>]{0,200}>")
_ASSIGNED = re.compile(
    r"""
    ^\s* (?: window\. | self\. | var\s+ )?
    (?: SIMORGH_DATA                                                                        # the BBC's sites
      | __NEXT_DATA__ | __INITIAL_STATE__ | __PRELOADED_STATE__ | __NUXT__ | __APP_STATE__ )   # Next.js, Redux, Nuxt
    \s*=\s*
    """,
    re.VERBOSE,
)
"""A script that assigns the page's data to a variable."""
_MOST_STEPS = 5 * MOST_VALUES
"""Values in which the texts of all objects are looked for: objects within objects are searched many times."""
_SHORTEST_BODY = 80
"""Devanagari letters in the shortest string that may be a body."""
_TEXT_KEYS = ("text", "plainText")
_BODY_TYPES: dict[str | None, BlockKind] = {
    "paragraph": "paragraph",
    "heading": "subhead",
    "subheadline": "subhead",
    "crosshead": "subhead",
    "subheading": "subhead",
    "listItem": "list_item",
}
_NOT_BODY_TYPES = frozenset(
    (
        "image",
        "caption",
        "altText",
        "video",
        "relatedContent",
        "headline",
        "byline",
        "timestamp",
        "links",
        "embed",
        "oEmbed",
        "rawImage",
        "aresMedia",
    )
)
_BODY_KEY = re.compile(r"body|content|story|article|description|text|html|para", re.IGNORECASE)


def lines_of_text(text: str) -> list[Line]:
    """Return the lines of plain text, split at line breaks and at `<br>` and `</p>`."""
    element = new("p")
    parts = (" ".join(part.split()) for part in _BREAK.split(text))
    return [Line(part, "paragraph", element) for part in parts if part]


def json_ld_lines(node: Node) -> list[Line]:
    """Return the lines of the `articleBody` of a JSON-LD node and of its live-blog updates."""
    lines = _plain_lines(body_of(node))
    updates = node.get("liveBlogUpdate")
    for update in updates if isinstance(updates, list) else []:
        lines += _update_lines(update)
    return lines


def most_in_json_ld(node: Node) -> float:
    """Return at most how many characters `json_ld_lines` returns of a node, without reading its text."""
    return math.inf if node.get("liveBlogUpdate") else len(body_of(node))


def _update_lines(update: Any) -> list[Line]:
    if not isinstance(update, dict):
        return []
    headings = (text_of(update.get(key)) for key in ("datePublished", "headline"))
    lines = [Line(text, "subhead", new("h3")) for text in headings if text]
    return lines + _plain_lines(body_of(update))


def _plain_lines(text: str) -> list[Line]:
    plain = html_unescaped(text)
    if _TAG.search(plain):
        return lines_of_markup(plain)
    return lines_of_text(plain)


def lines_of_markup(markup: str) -> list[Line]:
    """Return the lines of an HTML fragment; [] if it is too large to be parsed."""
    try:
        fragment = parse(markup.encode("utf-8", "replace"))
    except TooLargeError:
        return []
    return read_passage(fragment, keep=frozenset(), junk=frozenset()).lines if fragment is not None else []


def html_unescaped(text: str) -> str:
    """Return a text with its HTML entities resolved, even if they are escaped twice."""
    return unescape(unescape(text)) if "&" in text else text


def last_resort_lines(root: Element, url: str) -> list[Line]:
    """Return the lines that trafilatura extracts; [] if the extra `fallback` is not installed.

    It takes as long as thirty parses of the page, so it runs only if every other reader found no body.
    """
    extract = _trafilatura()
    if extract is None:
        return []
    text = extract(markup_of(root), url=url, include_comments=False, include_tables=False, target_language=None)
    return lines_of_text(text) if text else []


@lru_cache(maxsize=1)  # an import that fails looks through all folders each time
def _trafilatura() -> Callable[..., str | None] | None:
    try:
        import trafilatura
    except ImportError:
        return None
    extract: Callable[..., str | None] = trafilatura.extract
    return extract


def read_app_lines(root: Element) -> list[Line]:
    """Return the lines of the report in the page's embedded app data (JSON for scripts); [] if there is none."""
    for data in _states(root):
        lines = list(_typed_lines(data))
        if sum(letters(line.text) for line in lines) >= _SHORTEST_BODY:
            return lines
        markup = _longest_markup(data)
        if markup:
            return lines_of_markup(markup)
    return []


def _states(root: Element) -> Iterator[Any]:
    for script in root.iter("script"):
        source = script.text or ""
        if len(source) < 2 * _SHORTEST_BODY or len(source) > LONGEST_SCRIPT or "ld+json" in (script.get("type") or ""):
            continue
        assigned = _ASSIGNED.match(source)
        if assigned is None and script.get("id") != "__NEXT_DATA__" and script.get("type") != "application/json":
            continue
        try:
            yield json.JSONDecoder(strict=False).raw_decode(source, assigned.end() if assigned else _start(source))[0]
        except (ValueError, RecursionError):
            continue


def _start(source: str) -> int:
    return len(source) - len(source.lstrip())


def _typed_lines(data: Any) -> Iterator[Line]:
    """Yield the lines of the objects whose `type` is a paragraph, a heading or a list item, in document order."""
    element = new("p")
    waiting: list[Any] = [data]
    steps = iter(range(_MOST_STEPS))
    for _ in range(MOST_VALUES):
        if not waiting:
            return
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        if not isinstance(value, dict):
            continue
        kind = value.get("type")
        kind = kind if isinstance(kind, str) else None
        if kind in _NOT_BODY_TYPES:
            continue
        text = _own_text(value, steps) if kind in _BODY_TYPES else None
        if text:
            yield Line(text, _BODY_TYPES[kind], element)
        else:
            waiting.extend(reversed([inner for inner in value.values() if isinstance(inner, dict | list)]))


def _own_text(block: dict[str, Any], steps: Iterator[int]) -> str | None:
    """Return the text of an object, or of the first one below it that has a text; each value takes one of `steps`."""
    waiting: deque[Any] = deque((block,))
    for _ in islice(steps, 200):
        if not waiting:
            return None
        value = waiting.popleft()
        if isinstance(value, list):
            waiting.extend(value)
        if not isinstance(value, dict):
            continue
        for key in _TEXT_KEYS:
            text = value.get(key)
            if isinstance(text, str) and text.strip():
                return " ".join(re.sub(r"<[^<>]+>", "", text).split())
        waiting.extend(inner for inner in value.values() if isinstance(inner, dict | list))
    return None


def _longest_markup(data: Any) -> str | None:
    """Return the string with the most Devanagari letters under a key that may name a body, or None."""
    best: tuple[int, str | None] = (_SHORTEST_BODY, None)
    waiting: list[Any] = [data]
    for _ in range(MOST_VALUES):
        if not waiting:
            break
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(value)
        if not isinstance(value, dict):
            continue
        for key, inner in value.items():
            if isinstance(inner, dict | list):
                waiting.append(inner)
            elif isinstance(inner, str) and len(inner) > _SHORTEST_BODY and _BODY_KEY.search(key):
                best = max(best, (letters(inner), inner), key=lambda pair: pair[0])
    return best[1]

"""Read the JSON-LD of a page: its nodes, also from arrays, `@graph` and scripts that are not valid JSON."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from crawler.limits import LONGEST_BODY, LONGEST_FIELD, LONGEST_SCRIPT, MOST_NODES
from crawler.reading.tree import Element
from crawler.text.fold import collapsed

Node = dict[str, Any]

_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_WRAPPING = re.compile(
    r"""
    ^\s*(?: <!-- | //\s*<!\[CDATA\[ | /\*\s*<!\[CDATA\[\s*\*/ | <!\[CDATA\[ )   # HTML comment, or CDATA of XHTML
    | (?: --> | //\s*\]\]> | \]\]> )[\s;]*$
    """,
    re.VERBOSE,
)
_FIELD = re.compile(
    r"""
    "(?P<key>@type|headline|datePublished|dateModified|description|articleBody|articleSection)" \s*:\s*
    "(?P<value> (?: [^"\\] | \\. ){1,20000} )"                                # a JSON string; it may hold line breaks
    """,
    re.DOTALL | re.VERBOSE,
)

_AUTHOR = re.compile(
    r"""
    "(?:author|creator)" \s*:\s* (?:\[\s*)?                    # the first of several
    (?: \{ [^{}]{0,400}? "name"\s*:\s* )?                      # a person, or the name alone
    "(?P<name> (?: [^"\\] | \\. ){1,200} )"
    """,
    re.VERBOSE,
)
_TAG = re.compile(r"<[^<>]{1,300}>")
_JSON = json.JSONDecoder(strict=False)
"""Line breaks in a string, which JSON forbids, are common."""
_MOST_AUTHORS = 20
_DEEPEST = 4

_HOLDERS = frozenset(("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart", "author"))
"""The properties whose values are searched for nodes."""

ARTICLE_TYPES = frozenset(
    """Article NewsArticle ReportageNewsArticle BackgroundNewsArticle AnalysisNewsArticle OpinionNewsArticle
    ReviewNewsArticle AskPublicNewsArticle AdvertiserContentArticle LiveBlogPosting BlogPosting TechArticle Report
    SatiricalArticle ScholarlyArticle""".split()
)


def read_nodes(scripts: Iterable[Element]) -> list[Node]:
    """Return the nodes with `@type` of all JSON-LD scripts, a node before those inside it.

    `crawler.limits` bounds the number of nodes and the size of the scripts; the rest is not read.
    """
    nodes: list[Node] = []
    left = LONGEST_SCRIPT
    for script in scripts:
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        source = script.text or ""
        if not source.strip() or len(source) > left:
            continue
        left -= len(source)
        for value in _loaded(source):
            nodes.extend(_flat(value, MOST_NODES - len(nodes)))
    return nodes


def types(node: Node) -> frozenset[str]:
    """Return the types of a node without their namespace: `NewsArticle`."""
    value = node.get("@type")
    if isinstance(value, str):
        return _type(value)
    names = value if isinstance(value, list) else []
    return frozenset().union(*(_type(name) for name in names if isinstance(name, str)))


@lru_cache(maxsize=256)  # a page has few types, and each node is asked several times
def _type(name: str) -> frozenset[str]:
    return frozenset((name.rsplit("/", 1)[-1],))


def text_of(value: Any) -> str | None:
    """Return the text of a JSON-LD value, or None: of a string, a number, an object's name, or the first of a list.

    At most LONGEST_FIELD characters are read. HTML entities are resolved, and white space is collapsed.
    """
    text = value if isinstance(value, str) or value is None else _text_inside(value)
    if text is None:
        return None
    text = text[:LONGEST_FIELD]
    plain = html.unescape(html.unescape(text)) if "&" in text else text
    return collapsed(plain) or None


def _text_inside(value: Any) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or value.get("headline")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else None


def names_of(value: Any, nodes: Sequence[Node], depth: int = 0) -> list[str]:
    """Return the names of the people or organisations in a JSON-LD value; `nodes` are all nodes of the page.

    The value may be a name, an object with `name` or with given and family name, a reference (`{"@id": …}`), a list of
    these, or a string that contains a JSON list.

    >>> names_of({"@id": "#1"}, [{"@type": "Person", "@id": "#1", "givenName": "सीमा", "familyName": "जोशी"}])
    ['सीमा जोशी']
    """
    if depth > _DEEPEST:
        return []
    if isinstance(value, list):
        return [name for each in value[:_MOST_AUTHORS] for name in names_of(each, nodes, depth + 1)]
    if isinstance(value, dict):
        if inner := value.get("name") or value.get("@value") or value.get("@list") or value.get("@set"):
            return names_of(inner, nodes, depth + 1)
        parts = [text_of(value.get(key)) for key in ("givenName", "additionalName", "familyName")]
        if whole := " ".join(part for part in parts if part):
            return [whole]
        named = (node for node in nodes if len(node) > len(value) and node.get("@id") == value.get("@id"))
        return names_of(next(named, None), nodes, depth + 1) if value.get("@id") else []
    text = text_of(_TAG.sub(" ", value) if isinstance(value, str) else value)
    if text and text.startswith("[") and text.endswith("]"):
        return names_of(_listed(text), nodes, depth + 1) or [text]
    return [text] if text else []


def _listed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def body_of(node: Node) -> str:
    """Return the `articleBody` of a node unchanged, cut at LONGEST_BODY characters; "" if it has none."""
    body = node.get("articleBody")
    return body[:LONGEST_BODY] if isinstance(body, str) else ""


def _loaded(source: str) -> list[Any]:
    for candidate in _candidates(source):
        try:
            return [_JSON.decode(candidate)]
        except (ValueError, RecursionError):
            continue
    several = _several(source)
    return several or _picked(source)


def _candidates(source: str) -> Iterator[str]:
    yield source
    stripped = _WRAPPING.sub("", _WRAPPING.sub("", source)).strip().rstrip(";")
    mended = _BAD_ESCAPE.sub(r"\\\\", _TRAILING_COMMA.sub("", stripped))
    yield mended
    if "&quot;" in source or "&#34;" in source:
        yield html.unescape(mended)


def _several(source: str) -> list[Any]:
    """Parse JSON objects that are not in a list but one after the other, or have something else after them."""
    found: list[Any] = []
    at = source.find("{")
    while at >= 0 and len(found) < 50:
        try:
            value, end = _JSON.raw_decode(source, at)
        except (ValueError, RecursionError):
            break
        found.append(value)
        at = source.find("{", end)
    return found


def _picked(source: str) -> list[Any]:
    """Return a node with the single fields that can be found in a script that no parser reads."""
    node: Node = {}
    for found in _FIELD.finditer(source):
        try:
            node.setdefault(found["key"], _JSON.decode(f'"{_BAD_ESCAPE.sub("", found["value"])}"'))
        except ValueError:
            continue
    if author := _AUTHOR.search(source):
        node["author"] = author["name"]
    return [node] if types(node) & ARTICLE_TYPES else []


def _flat(value: Any, most: int) -> Iterator[Node]:
    waiting = [value]
    seen = 0
    while waiting and seen < most:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            seen += 1
            if "@type" in value:
                yield value
            waiting += [value[key] for key in reversed(value) if key in _HOLDERS]

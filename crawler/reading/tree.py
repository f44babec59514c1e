"""The parsed page: elements, and XPath that is compiled once and returns what its name says."""

import re
from collections.abc import Callable, Iterator
from typing import Any, cast

from lxml import etree

from crawler.limits import LONGEST_FIELD, MOST_LEVELS
from crawler.reading.guard import TooLargeError, bounded

Element = etree._Element


def all_of(expression: str) -> Callable[[Element], list[Any]]:
    """Compile an XPath expression that finds elements, attributes or texts."""
    return cast(Callable[[Element], list[Any]], etree.XPath(expression))


def has(expression: str) -> Callable[[Element], bool]:
    """Compile an XPath expression that asks whether anything is found."""
    return cast(Callable[[Element], bool], etree.XPath(f"boolean({expression})"))


_NESTED = re.compile(rb"(?:<([a-z]{1,12})\b[^<>]*>\s*){64,}", re.IGNORECASE)
"""Elements that open one in the other, deeper than any page that people wrote."""
_EMPHASIS = re.compile(
    rb"</?(?:b|i|u|s|em|strong|font|span|small|big|center|mark|sub|sup)(?=[\s/>])[^<>]*>", re.IGNORECASE
)
_is_deep = has("/*" * (MOST_LEVELS + 1))


def parse(source: bytes) -> Element | None:
    """Return the root of HTML in UTF-8; None where nothing in it can be parsed.

    Raise TooLargeError for too large a page. One in which elements stand too deep in one another, as where emphasis is
    never closed, is flattened and parsed again: libxml2 drops all that lies below its deepest level, and the way up
    from there costs as much as the way is long.
    """
    source = bounded(source)
    root = _parsed(source)
    if root is None or not _is_deep(root):
        return root
    root = _parsed(_EMPHASIS.sub(b"", _NESTED.sub(b"", source)))
    if root is not None and _is_deep(root):
        raise TooLargeError(f"its elements stand in one another more than {MOST_LEVELS} deep")
    return root


def _parsed(source: bytes) -> Element | None:
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, compact=False, collect_ids=False
    )
    try:
        return etree.fromstring(source, parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def new(tag: str) -> Element:
    """Return an element that is on no page."""
    return etree.Element(tag)


def markup_of(element: Element) -> str:
    """Return an element as HTML."""
    return etree.tostring(element, encoding="unicode", method="html")


def walk(element: Element) -> Any:
    """Return an iterator of ("start" or "end", element) that can skip what is below an element."""
    return etree.iterwalk(element, events=("start", "end"))


def text_of_element(element: Element) -> str:
    """Return the text below an element, in one line."""
    return " ".join(text_below(element).split())


def is_longer(element: Element, most: int) -> bool:
    """Say whether the text below an element is longer than so many characters, without reading what lies beyond."""
    size = 0
    for number, text in enumerate(element.itertext()):
        size += len(text.strip())
        if size > most or number > most:
            return True
    return False


def text_below(element: Element, *tags: str) -> str:
    """Return the text below an element (below these tags alone) as it stands, as far as a field is read."""
    parts: list[str] = []
    size = 0
    for part in cast(Iterator[str], element.itertext(*tags)):
        parts.append(part)
        size += len(part)
        if size > LONGEST_FIELD:
            break
    return "".join(parts)[:LONGEST_FIELD]

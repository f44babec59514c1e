"""Parse HTML with libxml2, and query the tree: compiled XPath, texts, traversal."""

import re
from collections.abc import Callable, Iterator
from typing import Any, cast

from lxml import etree

from crawler.limits import LONGEST_FIELD, MOST_LEVELS
from crawler.reading.guard import TooLargeError, bounded
from crawler.text.fold import collapsed

Element = etree._Element


def all_of(expression: str) -> Callable[[Element], list[Any]]:
    """Compile an XPath expression into a function that returns the elements, attributes or texts it selects."""
    return cast(Callable[[Element], list[Any]], etree.XPath(expression))


def has(expression: str) -> Callable[[Element], bool]:
    """Compile an XPath expression into a function that returns whether it selects anything."""
    return cast(Callable[[Element], bool], etree.XPath(f"boolean({expression})"))


_NESTED = re.compile(rb"(?:<([a-z]{1,12})\b[^<>]*>\s*){64,}", re.IGNORECASE)
"""64 or more start tags, each directly in the one before; no page that people wrote nests so deep."""
_EMPHASIS = re.compile(
    rb"</?(?:b|i|u|s|em|strong|font|span|small|big|center|mark|sub|sup)(?=[\s/>])[^<>]*>", re.IGNORECASE
)
_TOO_LARGE = etree.ErrorTypes.ERR_RESOURCE_LIMIT
_NOT_UTF8 = etree.ErrorTypes.ERR_INVALID_ENCODING
_is_deep = has("/*" * (MOST_LEVELS + 1))


def parse(source: bytes) -> Element | None:
    """Return the root element of HTML in UTF-8; None if there is nothing to parse.

    Raise TooLargeError if the page is too large. If elements are nested too deep, as when emphasis is never closed, the
    page is flattened and parsed again: libxml2 drops everything below its deepest level, and each walk up from there
    takes time in proportion to the depth.
    """
    return parse_unchecked(source)[0]


def parse_unchecked(source: bytes) -> tuple[Element | None, bool]:
    """Return what `parse` returns, and whether the source is surely UTF-8: libxml2 read it whole without a fault.

    Decoding a page only to check its bytes takes a tenth of the time of parsing it.
    """
    source = bounded(source)
    root, faults = _parsed(source, huge_tree=False)
    if faults[-1:] != [_TOO_LARGE]:
        return root, _NOT_UTF8 not in faults
    root, _ = _parsed(source)
    if root is None or not _is_deep(root):
        return root, False
    root, _ = _parsed(_EMPHASIS.sub(b"", _NESTED.sub(b"", source)))
    if root is not None and _is_deep(root):
        raise TooLargeError(f"its elements stand in one another more than {MOST_LEVELS} deep")
    return root, False


def _parsed(source: bytes, *, huge_tree: bool = True) -> tuple[Element | None, list[int]]:
    """Return the root element, and the kinds of errors; the last one is that it passes libxml2's limits.

    These are 256 levels and 10 MB in one text. With `huge_tree` they are higher; without, a page within them needs no
    count of its levels, which takes longer.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=huge_tree, collect_ids=False
    )
    try:
        root = etree.fromstring(source, parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    return root, [error.type for error in parser.error_log]


def new(tag: str) -> Element:
    """Return a new element that belongs to no page."""
    return etree.Element(tag)


def markup_of(element: Element) -> str:
    """Return an element as HTML."""
    return etree.tostring(element, encoding="unicode", method="html")


def walk(element: Element) -> Any:
    """Return an iterator of ("start" or "end", element) with a method that skips the elements below the current one."""
    return etree.iterwalk(element, events=("start", "end"))


def only_child(element: Element) -> Element | None:
    """Return the child of an element that has exactly one; `len` would count all children of any other."""
    children = element.iterchildren()
    first = next(children, None)
    return first if next(children, None) is None else None


def text_of_element(element: Element) -> str:
    """Return the text of an element and those below it on one line, its white space collapsed."""
    text = text_below(element) if len(element) else (element.text or "")[:LONGEST_FIELD]
    return collapsed(text)


def texts_of(element: Element) -> Iterator[str]:
    """Yield the texts of an element and those below it."""
    return cast(Iterator[str], element.itertext())


def is_longer(element: Element, most: int) -> bool:
    """Return whether an element's text has more than `most` characters; stops reading there."""
    size = 0
    for number, text in enumerate(element.itertext()):
        size += len(text.strip())
        if size > most or number > most:
            return True
    return False


def text_below(element: Element, *tags: str) -> str:
    """Return the text below an element unchanged, cut at LONGEST_FIELD characters; with `tags`, text in those only."""
    parts: list[str] = []
    size = 0
    for part in cast(Iterator[str], element.itertext(*tags)):
        parts.append(part)
        size += len(part)
        if size > LONGEST_FIELD:
            break
    return "".join(parts)[:LONGEST_FIELD]

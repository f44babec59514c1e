"""The parsed page: elements, and XPath that is compiled once and returns what its name says."""

import re
from collections.abc import Callable, Iterator
from typing import Any, cast

from lxml import etree

Element = etree._Element


def all_of(expression: str) -> Callable[[Element], list[Any]]:
    """Compile an XPath expression that finds elements, attributes or texts."""
    return cast(Callable[[Element], list[Any]], etree.XPath(expression))


def number_of(expression: str) -> Callable[[Element], float]:
    """Compile an XPath expression that counts."""
    return cast(Callable[[Element], float], etree.XPath(f"count({expression})"))


def has(expression: str) -> Callable[[Element], bool]:
    """Compile an XPath expression that asks whether anything is found."""
    return cast(Callable[[Element], bool], etree.XPath(f"boolean({expression})"))


_NESTED = re.compile(rb"(?:<([a-z]{1,12})\b[^<>]*>\s*){64,}", re.IGNORECASE)
"""Elements that open one in the other, deeper than any page that people wrote."""


def parse(source: bytes) -> Element | None:
    """Return the root of HTML in UTF-8; None where nothing in it can be parsed.

    libxml2 drops all that lies below its deepest level, so a page that goes deeper is flattened and parsed again.
    """
    root, is_whole = _parsed(source)
    return root if is_whole else _parsed(_NESTED.sub(b"", source))[0]


def _parsed(source: bytes) -> tuple[Element | None, bool]:
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, compact=False, collect_ids=False
    )
    try:
        root = etree.fromstring(source, parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None, True
    last = parser.error_log.last_error
    return root, last is None or "depth" not in last.message


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
    """Return all text below an element, in one line."""
    return " ".join(text_below(element).split())


def text_below(element: Element, *tags: str) -> str:
    """Return all text below an element, as it stands; of elements with these tags alone where any are given."""
    return "".join(cast(Iterator[str], element.itertext(*tags)))

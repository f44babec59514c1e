"""Apply the CSS selectors of an outlet's designs; each selector is compiled once."""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache, partial
from typing import Any

from parsel.csstranslator import HTMLTranslator

from crawler.limits import LONGEST_FIELD
from crawler.reading.lines import text_in
from crawler.reading.outlet import Design, Outlet
from crawler.reading.tree import Element, all_of

_COMBINED = re.compile(r"[^\s,>+~][\s>+~]+[^\s,>+~]")
"""A selector with a combinator: `article .promo`."""
_CLASS_TEST = re.compile(
    r"""
    @class\ and\ contains\(@class,\ ('[^']*')\)
    \ and\ contains\(concat\('\ ',\ normalize-space\(@class\),\ '\ '\),\ ('[^']*')\)
    """,
    re.VERBOSE,
)
"""How `.name` is translated; a test of the attribute that looks it up once takes four fifths of the time."""
_TESTED_ONCE = r"@class[contains(., \1) and contains(concat(' ', normalize-space(.), ' '), \2)]"
_TEST_ALONE = re.compile(
    r"""
    (?<=[\w*])                                       # behind the name of an element
    \[@(?P<name>[\w-]+)
    (?: \ =\ (?P<value>'[^']*') | \[(?P<test>[^\[\]]*)\] )
    \](?!\[)                                         # the step back to the element could have no further test
    """,
    re.VERBOSE,
)
"""A test of one attribute of an element: `[@itemprop = 'author']`, `[@class[contains(., 'promo')]]`."""
_NAMED = re.compile(r"descendant-or-self::(?P<tag>[\w*]+)\[@class\[contains\(\., '(?P<name>[^']*)'\)[^@|\[\]]*\]\]")
"""A translated selector of a tag and one class, or of one class alone: `.promo`, `div.promo`."""
_SPACES = re.compile(r"[ \t\r\n]+")
"""What divides class names, as in `normalize-space` of XPath."""


@lru_cache(maxsize=1024)
def _compiled(selector: str) -> Callable[[Element], list[Any]]:
    expression = _CLASS_TEST.sub(_TESTED_ONCE, HTMLTranslator().css_to_xpath(selector))
    named = [_NAMED.fullmatch(part) for part in expression.split(" | ")]
    tags = {part["tag"] if part else "" for part in named}
    if "" in tags or len(tags) > 1:
        return all_of(_TEST_ALONE.sub(_as_step, expression))
    return partial(_of_class, tag=tags.pop(), names=[part["name"] for part in named if part])


def _of_class(root: Element, tag: str, names: list[str]) -> list[Element]:
    """Return the elements with one of these classes; XPath takes longer for its tests."""
    found = []
    for element in root.iter(tag):
        classes = element.get("class")
        if not classes:
            continue
        for name in names:
            if name in classes and name in _SPACES.split(classes):
                found.append(element)
                break
    return found


def _as_step(test: re.Match[str]) -> str:
    """Return a step to an attribute and back in place of a test at each element, which takes twice as long."""
    return f"/@{test['name']}[{test['test'] or '. = ' + test['value']}]/.."


def elements(root: Element, selector: str | None) -> list[Element]:
    """Return the elements below `root` that match a selector, in page order; [] for no selector."""
    if selector is None:
        return []
    return [found for found in _compiled(selector)(root) if isinstance(found, Element)]


def texts(root: Element, selector: str | None) -> list[str]:
    """Return the non-empty texts that a selector (an element's, `::text` or `::attr(name)`) matches below `root`."""
    if selector is None:
        return []
    values = [
        text_in(found) if isinstance(found, Element) else " ".join(str(found).split())[:LONGEST_FIELD]
        for found in _compiled(selector)(root)
    ]
    return [value for value in values if value]


def texts_near(top: Element | None, root: Element, selector: str | None) -> list[str]:
    """Return the texts that a selector matches around the article, else on the whole page, which takes longer."""
    near = texts(top, selector) if top is not None and top is not root else []
    return near or texts(root, selector)


def junk_elements(root: Element, top: Element, selector: str | None) -> frozenset[Element]:
    """Return the elements that a design's `junk` selector matches.

    A simple selector is applied below `top` only, which is faster; one with a combinator, on the whole page.
    """
    if selector is None:
        return frozenset()
    return frozenset(elements(root if _COMBINED.search(selector) else top, selector))


def fitting_design(root: Element, outlet: Outlet | None, published: date | None) -> tuple[Design | None, list[Element]]:
    """Return the design that fits the page, with the body's elements; (None, []) if none fits.

    It is the first design whose `body` matches, else the first one without a `body`, which leaves it to the generic
    reader. A design that ended before the article was published is not tried.
    """
    tried = [
        design
        for design in (outlet.designs if outlet else ())
        if not (published and design.until and design.until < published)
    ]
    for design in tried:
        if found := elements(root, design.body):
            return design, outermost(found)
    return next((design for design in tried if design.body is None), None), []


def outermost(found: list[Element]) -> list[Element]:
    """Return the elements that are not inside another one of the list."""
    if len(found) == 1:
        return found
    all_found = set(found)
    return [element for element in found if not any(ancestor in all_found for ancestor in element.iterancestors())]

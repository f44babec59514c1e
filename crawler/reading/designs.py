"""An outlet's designs: CSS selectors, compiled once, tried newest first."""

from datetime import date
from functools import lru_cache

from lxml import etree
from parsel.csstranslator import HTMLTranslator

from crawler.reading.lines import text_in
from crawler.reading.outlet import Design, Outlet


@lru_cache(maxsize=1024)
def _compiled(selector: str) -> etree.XPath:
    return etree.XPath(HTMLTranslator().css_to_xpath(selector))


def elements(root: etree._Element, selector: str | None) -> list[etree._Element]:
    """Return the elements that a selector finds, in page order."""
    if selector is None:
        return []
    return [found for found in _compiled(selector)(root) if isinstance(found, etree._Element)]


def texts(root: etree._Element, selector: str | None) -> list[str]:
    """Return the texts that a selector finds: of elements, of `::text` or of `::attr(name)`."""
    if selector is None:
        return []
    values = [
        text_in(found) if isinstance(found, etree._Element) else " ".join(str(found).split())
        for found in _compiled(selector)(root)
    ]
    return [value for value in values if value]


def fitting_design(root: etree._Element, outlet: Outlet | None, published: date | None) -> Design | None:
    """Return the newest design whose body is on the page; no design that ended before the article was published."""
    for design in outlet.designs if outlet else ():
        if published and design.until and design.until < published:
            continue
        if design.body and elements(root, design.body):
            return design
    return None


def outermost(found: list[etree._Element]) -> list[etree._Element]:
    """Return elements without those that stand inside another of them."""
    all_found = set(found)
    return [element for element in found if not any(ancestor in all_found for ancestor in element.iterancestors())]

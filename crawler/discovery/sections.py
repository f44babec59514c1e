"""Section pages: the links of a list of articles, page after page."""

from collections.abc import Iterator

from parsel import Selector

from crawler.discovery.listing import Further, Link, ListingError, Section
from crawler.reading.markup import decode
from crawler.reading.urls import absolute_url
from crawler.reasons import NotAnArticle, Reason

_LONGEST_TITLE = 300
"""Characters; what is longer is a teaser, not a title."""


def read_section_links(plain: bytes, url: str, section: Section, page: int) -> Iterator[Link | Further]:
    """Yield the links of a section page in page order, then the section's next page, as far as pages are wanted."""
    try:
        selector = Selector(text=decode(plain, url), type="html", base_url=url)
    except NotAnArticle as refusal:
        raise ListingError(refusal.reason, refusal.detail) from refusal
    base = absolute_url(selector.xpath("//base/@href").get(), url) or url
    titles = _titles(selector, section.links, base)
    if not titles:
        raise ListingError(Reason.EMPTY, f'no link matches "{section.links}"')
    for address, title in titles.items():
        yield Link(url=address, listing=section.url, title=title)
    if section.next_page and page < section.pages:
        yield Further(url=section.next_page.format(page=page + 1), page=page + 1)


def _titles(selector: Selector, links: str, base: str) -> dict[str, str | None]:
    """Return the addresses of a page with the longest text that links to each: an image's link has none."""
    titles: dict[str, str | None] = {}
    for anchor in selector.css(links):
        address = absolute_url(anchor.attrib.get("href"), base)
        if address is None:
            continue
        title = " ".join((anchor.xpath("string()").get() or anchor.attrib.get("title", "")).split())
        known = titles.get(address) or ""
        fits = len(title) <= _LONGEST_TITLE and len(title) > len(known)
        titles[address] = title if fits else known or None
    return titles

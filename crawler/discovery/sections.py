"""Section pages: read the links of a list of articles, page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from parsel import Selector

from crawler.discovery.links import Further, Link, Listing, ListingError
from crawler.discovery.printed import read_address, read_title, with_text_only
from crawler.limits import MOST_ANCHORS
from crawler.reading.guard import TooLargeError
from crawler.reading.tree import parse, text_of_element
from crawler.reading.urls import absolute_url, leads_elsewhere
from crawler.reasons import Reason

_LONGEST_TITLE = 300
"""Maximum length of a title in characters; a longer link text is a teaser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Listing):
    """A section page of an outlet, with up to `pages` pages."""

    way: ClassVar[str] = "section"

    links: str = "a"
    """CSS selector of the links, for a section whose page has too many other links to articles."""

    next_page: str | None = None
    """URL template of the further pages: `https://…/world/page-{page}`; None for a single page."""

    pages: int = 1
    """Maximum number of pages that a crawl reads."""

    def read(self, plain: bytes, url: str, further: Further, skipped: list[str]) -> Iterator[Link | Further]:
        """Yield the links of a page in page order, then the section's next page, up to `pages`."""
        try:
            root = parse(with_text_only(plain))
        except TooLargeError as error:
            raise ListingError(Reason.TOO_LARGE, str(error)) from error
        if root is None:
            raise ListingError(Reason.EMPTY, "it has no element")
        selector = Selector(root=root, type="html", base_url=url)
        base = absolute_url(selector.xpath("//base/@href").get(), url) or url
        titles = _titles(selector, self.links, base, skipped)
        if not titles:
            raise ListingError(Reason.EMPTY, f'no link matches "{self.links}"')
        for address, title in titles.items():
            yield Link(url=address, listing=self.url, title=title)
        if self.next_page and further.page < self.pages:
            yield Further(url=self.next_page.format(page=further.page + 1), page=further.page + 1)


def _titles(selector: Selector, links: str, base: str, skipped: list[str]) -> dict[str, str | None]:
    """Return the links of a page by URL, each with the longest text that links to it, or None for images alone."""
    titles: dict[str, str | None] = {}
    for anchor in selector.css(links)[:MOST_ANCHORS]:
        href = anchor.attrib.get("href", "")
        address = read_address(href, base)
        if address is None:
            if href.strip() and not leads_elsewhere(href):
                skipped.append(f"{href[:200]!r} is not an address")
            continue
        title = read_title(text_of_element(anchor.root) or anchor.attrib.get("title")) or ""
        known = titles.get(address) or ""
        fits = len(title) <= _LONGEST_TITLE and len(title) > len(known)
        titles[address] = title if fits else known or None
    return titles

"""Section pages: the links of a list of articles, page after page."""

from collections.abc import Iterator

from parsel import Selector

from crawler.discovery.listing import Further, Link, ListingError, Section
from crawler.discovery.printed import read_address, read_title, with_text_only
from crawler.reading.urls import absolute_url, leads_elsewhere
from crawler.reasons import Reason

_LONGEST_TITLE = 300
"""Characters; what is longer is a teaser, not a title."""


def read_section(plain: bytes, url: str, section: Section, page: int, skipped: list[str]) -> Iterator[Link | Further]:
    """Yield the links of a section page in page order, then the section's next page, as far as pages are wanted.

    `plain` is in UTF-8; what looks like a link and is no address goes to `skipped`.
    """
    selector = Selector(body=with_text_only(plain), type="html", encoding="utf-8", base_url=url)
    base = absolute_url(selector.xpath("//base/@href").get(), url) or url
    titles = _titles(selector, section.links, base, skipped)
    if not titles:
        raise ListingError(Reason.EMPTY, f'no link matches "{section.links}"')
    for address, title in titles.items():
        yield Link(url=address, listing=section.url, title=title)
    if section.next_page and page < section.pages:
        yield Further(url=section.next_page.format(page=page + 1), page=page + 1)


def _titles(selector: Selector, links: str, base: str, skipped: list[str]) -> dict[str, str | None]:
    """Return the addresses of a page with the longest text that links to each: an image's link has none."""
    titles: dict[str, str | None] = {}
    for anchor in selector.css(links):
        href = anchor.attrib.get("href", "")
        address = read_address(href, base)
        if address is None:
            if href.strip() and not leads_elsewhere(href):
                skipped.append(f"{href[:200]!r} is no address")
            continue
        title = read_title(anchor.xpath("string()").get() or anchor.attrib.get("title")) or ""
        known = titles.get(address) or ""
        fits = len(title) <= _LONGEST_TITLE and len(title) > len(known)
        titles[address] = title if fits else known or None
    return titles

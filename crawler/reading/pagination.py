"""Read articles that are split over several pages: find the next page, and join the pages."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from urllib.parse import parse_qsl

from crawler.items import Article, Block
from crawler.limits import MOST_OF_A_KIND
from crawler.reading.guard import TooLargeError
from crawler.reading.main_image import with_main_image
from crawler.reading.markup import in_utf8
from crawler.reading.tree import Element, parse, text_of_element
from crawler.reading.urls import absolute_url
from crawler.url_parts import split_url

_NEXT_WORDS = re.compile(r"^(?:अगला (?:पेज|पृष्ठ)|अगले (?:पेज|पृष्ठ) पर|next page|next|आगे)\W*$", re.IGNORECASE)
_NEXT = re.compile(rb"next")
_HINDI_NEXT = re.compile("ग(?:(?<=आग)े|(?<=अग)(?P<page>ल(?:ा|े)\\s+(?:पेज|पृष्ठ)))".encode())
"""Every page with a next page has one of these in its bytes; other pages are not parsed again. Each pattern begins with
bytes that are sought at once: one pattern for all takes 3.7 ms for a page of 90 KB, each of these 0.03 ms."""
_BEFORE_HINT = re.compile(rb"(?:rel\s*=\s*(?:[\"']\s*)?|>\s*)$")
_PAGE_PARAMETER = re.compile(r"^(?:page|pg|pageno|page_no|pagenum|p|paged)$", re.IGNORECASE)
_NUMBER = re.compile("[0-9]{1,4}")
_PAGE_PATH = re.compile(
    r"""
    (?: /(?:page[-/]?)?(?P<a>\d{1,2})/?                        # …/2, …/page/2
      | [-_](?:page-?|p)?(?P<b>\d{1,2})(?P<ext>\.\w+)? )$      # …-2.html, …_p2
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""The end of the path of an article's second and later pages."""


def next_page(page: bytes, url: str, *, encoding: str | None = None) -> str | None:
    """Return the URL of the next page of an article, or None.

    `page` is the HTML of the page at `url`, `encoding` the charset in the HTTP header. The next page has the same path
    with the next page number; a link to the next article does not count.
    """
    plain = in_utf8(page, encoding=encoding)
    if not _may_go_on(plain.lower()):
        return None
    try:
        root = parse(plain)
    except TooLargeError:
        return None
    if root is None:
        return None
    links = (link for link in root.iter("link", "a") if _leads_on(link))
    for link in islice(links, MOST_OF_A_KIND):
        address = absolute_url(link.get("href"), url)
        if address and _page_number(address, url) == (_page_number(url, address) or 1) + 1:
            return address
    return None


def _leads_on(link: Element) -> bool:
    if "next" in (link.get("rel") or "").lower().split():
        return True
    return link.tag == "a" and _NEXT_WORDS.match(text_of_element(link)) is not None


def _may_go_on(page: bytes) -> bool:
    hindi = _HINDI_NEXT.finditer(page)
    if any(hint["page"] or _begins(page, hint.start() - len("आ".encode())) for hint in hindi):
        return True
    return any(_begins(page, hint.start()) for hint in _NEXT.finditer(page))


def _begins(page: bytes, start: int) -> bool:
    """Return whether a word begins an attribute `rel`, or the text of an element."""
    return _BEFORE_HINT.search(page[max(0, start - 24) : start]) is not None


def _page_number(address: str, other: str) -> int | None:
    """Return the page number in a URL, or None if it has none or `other` is a URL of another article."""
    parts, others = split_url(address), split_url(other)
    if parts is None or others is None or parts.netloc.removeprefix("www.") != others.netloc.removeprefix("www."):
        return None
    for name, value in parse_qsl(parts.query):
        if _PAGE_PARAMETER.match(name) and _NUMBER.fullmatch(value) and parts.path == others.path:
            return int(value)
    found = _PAGE_PATH.search(parts.path)
    if found is None or parts.path == others.path:
        return None
    stem = parts.path[: found.start()] + (found["ext"] or "")
    other_found = _PAGE_PATH.search(others.path)
    stems = {others.path.rstrip("/")}
    if other_found:
        stems.add(others.path[: other_found.start()] + (other_found["ext"] or ""))
    return int(found["a"] or found["b"]) if stem.rstrip("/") in stems else None


def stitch(parts: Sequence[tuple[str, Article]]) -> Article:
    """Join the pages of an article, given in order as pairs of URL and article.

    Body, images and related links come from all pages, everything else from the first; `pages` lists the URLs.
    """
    first = parts[0][1]
    if len(parts) == 1:
        return first
    blocks: list[Block] = []
    for _, part in parts:
        seen = set(blocks)
        blocks += [block for block in part.body if block not in seen]
    images = {image.url: image for _, part in parts for image in part.images}
    related = dict.fromkeys(link for _, part in parts for link in part.related)
    return replace(
        first,
        body=blocks,
        images=with_main_image(list(images.values()), [image for image in first.images if image.main]),
        related=list(related),
        pages=[address for address, _ in parts],
    )

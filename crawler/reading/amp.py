"""Find the AMP form of an article, the twin of its page."""

import re
from typing import Any

from lxml import etree

from crawler.reading.article_ids import is_same_article
from crawler.reading.guard import TooLargeError
from crawler.reading.markup import read_markup
from crawler.reading.outlet import Outlet
from crawler.reading.urls import absolute_url, canonical_url, is_of
from crawler.reasons import NotAnArticle
from crawler.url_parts import is_url

_LINKS = etree.XPath("//link[@rel='amphtml' or @rel='AMPHTML']/@href")
_MOST = 5
"""Links to AMP forms of one page that are looked at; a page has one."""


def amp_twin(page: bytes, url: str, outlet: Outlet, *, encoding: str | None = None) -> str | None:
    """Return the URL of the AMP form that a page names (`<link rel="amphtml">`), or else that `outlet.amp` makes of it.

    None if there is none, or if it is no other URL of the same article on the outlet's hosts.
    """
    named = (absolute_url(href, url) for href in _links(page, url, encoding))
    made = re.sub(outlet.amp[0], outlet.amp[1], canonical_url(url, outlet), count=1) if outlet.amp else None
    return next((twin for twin in (*named, made) if twin and _is_twin(twin, url, outlet)), None)


def _links(page: bytes, url: str, encoding: str | None) -> list[str]:
    try:
        found: Any = _LINKS(read_markup(page, url, encoding=encoding))
        return [str(href) for href in found[:_MOST]]
    except (NotAnArticle, TooLargeError):
        return []


def _is_twin(twin: str, url: str, outlet: Outlet) -> bool:
    if not is_url(twin) or twin == url or not is_of(twin, outlet):
        return False
    return is_same_article(twin, url, outlet)

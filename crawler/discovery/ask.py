"""What a crawl's request asks for: an article, or an address of a listing; it lies in `request.meta["ask"]`."""

from dataclasses import dataclass

from scrapy import Request
from scrapy.http import Response

from crawler.discovery.links import Further, Link, Listing
from crawler.items import Article

Pages = tuple[tuple[str, Article], ...]
"""Pages of one article, as they were read: the address and the article of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingAsk:
    """One address of a listing."""

    listing: Listing
    further: Further
    """The address itself: the listing's own, or one that it names."""
    depth: int = 0
    """How many addresses of the listing lead to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleAsk:
    """One page of an article."""

    link: Link
    address: str
    """Id of the announced address in the store; an earlier run may have given it under another rule of the outlet."""
    pages: Pages = ()
    """The pages before this one; none where the article's first page is asked for."""


def article_of(of: Request | Response | None) -> ArticleAsk | None:
    """Return what a request, or the request of a response, asks of an article; None for any other request."""
    ask = of.meta.get("ask") if of is not None else None
    return ask if isinstance(ask, ArticleAsk) else None


def listing_of(of: Request | Response | None) -> ListingAsk | None:
    """Return what a request, or the request of a response, asks of a listing; None for any other request."""
    ask = of.meta.get("ask") if of is not None else None
    return ask if isinstance(ask, ListingAsk) else None

"""The target of a crawl's request, a page of an article or of a listing, stored in `request.meta["ask"]`."""

from dataclasses import dataclass
from typing import Any

from scrapy import Request
from scrapy.http import Response

from crawler.discovery.links import Further, Link, Listing
from crawler.items import Article
from crawler.reasons import NotAnArticle

Pages = tuple[tuple[str, Article], ...]
"""The pages of one article that were read so far, in order: the URL of each and the `Article` read from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingAsk:
    """A request for one URL of a listing."""

    listing: Listing
    """The listing, as the outlet's spider names it."""
    further: Further
    """The requested URL: the listing's own, or a further one that the listing names."""
    depth: int = 0
    """Number of links from the listing's own URL to this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleAsk:
    """A request for one page of an article."""

    link: Link
    """The article's URL, the listing that announced it, and the title and time that the listing printed."""
    address: str
    """Key of the announced URL in the store; an earlier run may have made it by another id rule of the outlet."""
    pages: Pages = ()
    """The pages before this one; empty for an article's first page."""
    empty: NotAnArticle | None = None
    """For the AMP twin of a page that holds no text: why that page was refused."""

    @property
    def follows(self) -> bool:
        """Whether another page of the article led to this request: the page before it, or one whose twin it is."""
        return bool(self.pages) or self.empty is not None


def meta_of(ask: ArticleAsk | ListingAsk) -> dict[str, Any]:
    """Return the `meta` of a request with this ask; a host of the outlet's listings may be no domain of the outlet."""
    return {"ask": ask, "allow_offsite": True}


def article_of(of: Request | Response | None) -> ArticleAsk | None:
    """Return the ask of an article's request or response, or None for any other request."""
    ask = of.meta.get("ask") if of is not None else None
    return ask if isinstance(ask, ArticleAsk) else None


def listing_of(of: Request | Response | None) -> ListingAsk | None:
    """Return the ask of a listing's request or response, or None for any other request."""
    ask = of.meta.get("ask") if of is not None else None
    return ask if isinstance(ask, ListingAsk) else None

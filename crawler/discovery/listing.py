"""Listings as values: the addresses where an outlet announces its articles, and what they announce."""

from dataclasses import dataclass
from datetime import datetime

from crawler.reading.outlet import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One address where an outlet announces articles."""

    url: str
    """Address; in a news sitemap a template with `{date:%Y-%m-%d}` where the outlet prints one sitemap a day."""

    evidence: Evidence
    """How sure the address is."""


class Feed(Listing):
    """An RSS or Atom feed."""


class NewsSitemap(Listing):
    """A sitemap, a news sitemap, or an index of either; gzip or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Listing):
    """A section page; `pages` of it are read."""

    links: str = "a"
    """CSS selector of the links, where the article rule alone lets too much in."""

    next_page: str | None = None
    """Template of the further pages: `https://…/world/page-{page}`; None for a single page."""

    pages: int = 1
    """How many pages are read at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An article that a listing announced."""

    url: str
    """Address as announced, absolute."""

    listing: str
    """Address of the listing."""

    title: str | None = None
    """Title that the listing printed, or None."""

    published: datetime | None = None
    """Time that the listing printed, with offset, or None."""

"""Listings as values: the addresses where an outlet announces its articles, and what they announce."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from crawler.reading.outlet import Evidence
from crawler.reasons import AnyReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One address where an outlet announces articles."""

    url: str
    """Address; in a news sitemap a template with `{date:%Y-%m-%d}` where the outlet prints one sitemap a day."""

    evidence: Evidence
    """How sure the address is."""

    scope: Literal["international", "all"] = "international"
    """`all` for a listing of every section whose addresses do not tell the section: it asks for nothing, and only adds
    its titles and dates to the articles that other listings announce."""


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
    """Time of publication that the listing printed, with offset, or None."""

    modified: datetime | None = None
    """Time of the last change that the listing printed (a sitemap's `lastmod`), with offset, or None."""

    def joined(self, other: "Link") -> "Link":
        """Return this link with what it lacks taken from another listing's announcement of the same article."""
        return replace(
            self,
            title=self.title or other.title,
            published=self.published or other.published,
            modified=self.modified or other.modified,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """A further address of the same listing: a sitemap that an index names, the next page of a section."""

    url: str
    """Address, absolute."""

    page: int = 1
    """Number of a section's page."""

    modified: datetime | None = None
    """Time of the last change that an index printed, with offset, or None."""


class ListingError(Exception):
    """A listing that cannot be read, or not to its end; what stood before the damage has been yielded."""

    def __init__(self, reason: AnyReason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail

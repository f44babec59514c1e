"""Listings and the links that they announce: the types that every kind of listing shares."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import ClassVar, Literal
from zoneinfo import ZoneInfo

from crawler.reading.outlet import Evidence
from crawler.reasons import AnyReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(ABC):
    """A page or file in which an outlet announces articles; each kind of listing is a subclass."""

    way: ClassVar[str]
    """Name of the kind in tables, as `feed`."""

    url: str
    """URL, or for a daily sitemap a template with `{date:%Y-%m-%d}`."""

    evidence: Evidence
    """How the URL was confirmed."""

    scope: Literal["international", "all"] = "international"
    """`all` for a listing of all sections whose URLs do not show the section: its articles are not requested, it only
    adds titles and times to articles that other listings announce."""

    @abstractmethod
    def read(self, plain: bytes, url: str, further: "Further", skipped: list[str]) -> Iterator["Link | Further"]:
        """Yield the links that one URL of the listing announces, and further URLs of the listing.

        `plain` is the content, decompressed and in UTF-8; `url` is the URL after redirects, `further` the requested
        one. Append a sentence to `skipped` for each entry without a valid URL. Raise ListingError if the content cannot
        be read to its end, after everything readable has been yielded.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedText:
    """The text of an article that a feed prints."""

    markup: str
    """The text in HTML."""

    summary: str | None = None
    """What the feed prints beside it as a summary, as plain text, or None."""

    author: str | None = None
    """Author that the feed prints, or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An article that a listing announced."""

    url: str
    """Absolute URL."""

    listing: str
    """URL of the listing."""

    title: str | None = None
    """Title that the listing printed, or None."""

    published: datetime | None = None
    """Time of publication that the listing printed, with offset, or None."""

    modified: datetime | None = None
    """Time of the last change that the listing printed (a sitemap's `lastmod`), with offset, or None."""

    text: FeedText | None = None
    """Text that the feed printed, if the crawl keeps them (FEED_TEXT_OUTLETS), or None."""

    def joined(self, other: "Link") -> "Link":
        """Return this link with missing fields filled from another announcement of the same article."""
        return replace(
            self,
            title=self.title or other.title,
            published=self.published or other.published,
            modified=self.modified or other.modified,
            text=self.text or other.text,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """A further URL of the same listing: a sitemap that an index names, or the next page of a section."""

    url: str
    """Absolute URL."""

    page: int = 1
    """Page number within a section, from 1."""

    modified: datetime | None = None
    """Time of the last change that an index printed, with offset, or None."""

    keeps_texts: bool = field(default=False, compare=False)
    """Whether the links of a feed carry the texts that it prints; `read_listing` sets it."""

    now: datetime = field(default_factory=lambda: datetime.now(ZoneInfo("Asia/Kolkata")), compare=False)
    """When it is read, in the IANA zone of times that are printed without one; `read_listing` sets both."""


class ListingError(Exception):
    """A listing cannot be read to its end; everything before the damage has been yielded."""

    def __init__(self, reason: AnyReason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail

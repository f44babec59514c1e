"""What announces articles, and what it announces: the values that every kind of listing shares."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Literal

from crawler.reading.outlet import Evidence
from crawler.reasons import AnyReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(ABC):
    """One address where an outlet announces articles. A kind of listing is a subclass: how it is called and read."""

    way: ClassVar[str]
    """What the kind is called in tables: `feed`."""

    url: str
    """Address; in a news sitemap a template with `{date:%Y-%m-%d}` where the outlet prints one sitemap a day."""

    evidence: Evidence
    """How sure the address is."""

    scope: Literal["international", "all"] = "international"
    """`all` for a listing of every section whose addresses do not tell the section: it asks for nothing, and only adds
    its titles and dates to the articles that other listings announce."""

    @abstractmethod
    def read(self, plain: bytes, url: str, further: "Further", skipped: list[str]) -> Iterator["Link | Further"]:
        """Yield the links that one address of the listing announces, and its further addresses.

        `plain` is its content, unpacked and in UTF-8, `url` where it lies. What names no address goes to `skipped`, and
        why. Raise ListingError for what cannot be read to its end, after what could be read has been yielded.
        """


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

    zone: str = "Asia/Kolkata"
    """IANA zone of the times that are printed without one: the outlet's, once the address is read."""


class ListingError(Exception):
    """A listing that cannot be read, or not to its end; what stood before the damage has been yielded."""

    def __init__(self, reason: AnyReason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail

"""What the components of a crawl note on a request while it is under way; it lies in `request.meta["notes"]`."""

from dataclasses import dataclass, field
from datetime import datetime

from scrapy import Request
from scrapy.http import Response


@dataclass(slots=True, kw_only=True)
class Notes:
    """The notes on one request; its retries and redirects share them."""

    entry: int | None = None
    """Number of the request in the ledger of the crawl."""
    fetched_at: datetime | None = None
    """When its response came; in a replay, when the recorded one did."""

    reader_deaths: int = 0
    """Of an article's page: how many runs have died while they read it."""
    is_recheck: bool = False
    """Of a further page: whether the store holds the article."""

    validators: dict[str, str | bytes | None] | None = None
    """Of a listing: ETag, Last-Modified and digest of its answer; empty for a 304, None before there is one."""
    verifies: bool = False
    """Of a listing: whether it is asked for without validators to check what its host said."""
    announced: list[str] = field(default_factory=list)
    """Of a listing: addresses of the articles of the section that it announced."""
    is_whole: bool = False
    """Of a listing: whether it was read to its end and names no further address."""


def notes_of(of: Request | Response) -> Notes:
    """Return the notes on a request, or on the request of a response."""
    notes: Notes = of.meta.setdefault("notes", Notes())
    return notes


def redirected_from(of: Request | Response) -> list[str]:
    """Return the addresses that redirected to this one, the first one first."""
    return [*of.meta.get("redirect_urls", ())]


def asked_address(of: Request | Response) -> str:
    """Return the address that was asked for, before any redirect."""
    return [*redirected_from(of), of.url][0]

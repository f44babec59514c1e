"""Notes that the components of a crawl make on a request, in `request.meta["notes"]`."""

from dataclasses import dataclass, field
from datetime import datetime

from scrapy import Request
from scrapy.http import Response

MOST_DEATHS = 3
"""Number of runs that may die on a page or a listing; then it is not read."""


@dataclass(slots=True, kw_only=True)
class Notes:
    """The notes on one request; its retries and redirects share them."""

    entry: int | None = None
    """Number of the request's entry in the crawl's ledger; None before it is scheduled."""
    fetched_at: datetime | None = None
    """Time of its response; in a replay, of the recorded one."""

    reader_deaths: int = 0
    """For an article's page: number of runs that died while they read it."""
    is_recheck: bool = False
    """For a page of an article: whether the store has the article."""

    validators: dict[str, str | bytes | None] | None = None
    """For a listing: ETag, Last-Modified and digest of its response; empty for a 304, None before a response."""
    verifies: bool = False
    """For a listing: whether this is a full request that verifies a 304."""
    announced: list[str] = field(default_factory=list)
    """For a listing: ids of the section's articles that it announced."""
    is_whole: bool = False
    """For a listing: whether it was read to its end and names no further URL."""


def notes_of(of: Request | Response) -> Notes:
    """Return the notes on a request or on a response's request; create them if there are none."""
    notes: Notes = of.meta.setdefault("notes", Notes())
    return notes


def redirected_from(of: Request | Response) -> list[str]:
    """Return the URLs of the redirects that led to this request or response, in order."""
    return [*of.meta.get("redirect_urls", ())]


def asked_address(of: Request | Response) -> str:
    """Return the URL that was requested originally, before any redirect."""
    return [*redirected_from(of), of.url][0]

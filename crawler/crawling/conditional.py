"""Conditional requests for listings (RFC 9110, section 13), and checks that a host answers 304 truthfully."""

import logging
import re
from hashlib import blake2b
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.clock import now
from crawler.discovery.ask import listing_of
from crawler.notes import asked_address, notes_of
from crawler.store import Listed, Store, store_of
from crawler.url_parts import host_of

logger = logging.getLogger(__name__)

_ADDRESS = re.compile(
    rb"""
    (?:https?:/|(?<=["'=>(]))/          # absolute: the scheme; else a slash after whatever opens a value or an element
    [^\s"'<>\]\\]+                      # up to the end of the value; `]` ends CDATA, a backslash escapes JSON
    | (?<=href=["'])[^\s"'<>\\]+        # a relative link: `href="news/1.html"`
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A URL in a listing, absolute or relative, as bytes: the listing is not decoded yet."""
_CONDITIONS = ("If-None-Match", "If-Modified-Since")


class ConditionalMiddleware:
    """Sends the stored ETag and Last-Modified of a listing, unless its host was caught lying about them.

    Every LISTING_VERIFY_EVERY-th 304 is verified with a full request, whose URLs are compared with those of the last
    full response. A host lies if it sends 304, or the same validators, although the URLs have changed; it then gets no
    conditional requests for a month. A recording and a replay of an archive send none either.
    """

    def __init__(self, crawler: Crawler, store: Store) -> None:
        self._crawler = crawler
        self._store = store
        self._every = max(crawler.settings.getint("LISTING_VERIFY_EVERY", 10), 1)
        archive = crawler.settings.get("ARCHIVE_RECORD") or crawler.settings.get("ARCHIVE_REPLAY")
        self._conditional = not archive

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler, store_of(crawler))

    def process_request(self, request: Request) -> None:
        """Add the stored validators to the request of a listing, unless it verifies a 304 or follows a redirect."""
        if listing_of(request) is None or notes_of(request).verifies or asked_address(request) != request.url:
            return
        listed = self._store.listings.get(request.url)
        if listed is None or not self._trusts(listed):
            return
        if listed.etag:
            request.headers["If-None-Match"] = listed.etag
        if listed.last_modified:
            request.headers["If-Modified-Since"] = listed.last_modified

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Note a listing's validators, to be stored once it is read; return a full request where a 304 is verified."""
        return self._listing(request, response) if listing_of(request) else response

    def _trusts(self, listed: Listed) -> bool:
        if not self._conditional or getattr(getattr(self._crawler.spider, "arguments", None), "force", False):
            return False
        return not self._lies(listed.url)

    def _lies(self, url: str) -> bool:
        return self._store.listings.lies(host_of(url), now(self._crawler.settings))

    def _listing(self, request: Request, response: Response) -> Request | Response:
        asked, notes = asked_address(request), notes_of(request)
        listed = self._store.listings.get(asked)
        if response.status == 304 and not any(name in request.headers for name in _CONDITIONS):
            request.meta.pop("handle_httpstatus_list")  # the request was unconditional, so this 304 is an error
            if not self._lies(asked):
                self._caught_lying(asked)
        elif response.status == 304 and listed is not None:
            if listed.asked % self._every == 0:
                return _unconditional(request)
            notes.validators = {}
        if response.status == 200:
            fresh: dict[str, Any] = {
                "etag": _header(response, b"ETag"),
                "last_modified": _header(response, b"Last-Modified"),
                "digest": _digest(response.body),
            }
            claims_same = notes.verifies or (listed is not None and _same_validators(listed, fresh))
            if listed is not None and claims_same and listed.digest != fresh["digest"] and not self._lies(asked):
                self._caught_lying(asked)
            notes.validators = fresh
        return response

    def _caught_lying(self, url: str) -> None:
        logger.warning("%s: says that nothing has changed, but that is not so: not trusted for a month", url)
        self._crawler.stats.inc_value("memory/lying_hosts")
        self._store.listings.caught_lying(host_of(url), now(self._crawler.settings))


def _unconditional(request: Request) -> Request:
    """Return a listing's request without conditional headers, and note that it verifies a 304."""
    notes_of(request).verifies = True
    again = request.copy()
    for name in _CONDITIONS:
        again.headers.pop(name, None)
    return again


def _same_validators(listed: Listed, fresh: dict[str, Any]) -> bool:
    if listed.etag is not None:
        return bool(listed.etag == fresh["etag"])
    return listed.last_modified is not None and bool(listed.last_modified == fresh["last_modified"])


def _digest(body: bytes) -> bytes:
    """Return a digest of the URLs in a response body, so that a new date or layout does not count as a change."""
    addresses = b"\n".join(_ADDRESS.findall(body))
    return blake2b(addresses or body, digest_size=8).digest()


def _header(response: Response, name: bytes) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None

"""Record a crawl: `ARCHIVE_RECORD=path.warc.gz` writes each of its requests and responses into a WARC file."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Headers, Response
from twisted.web.http import RESPONSES

from crawler.archive.check import recording_of, refuse_both
from crawler.archive.writer import ArchiveWriter
from crawler.notes import notes_of

_LOGIN = b"Proxy-Authorization"
"""Holds the password of a proxy, which is not the outlet's business, and no archive's."""


class RecordMiddleware:
    """Writes each exchange; it stands next to the network, so it sees robots.txt, redirects, errors and raw bodies."""

    def __init__(self, writer: ArchiveWriter) -> None:
        self.writer = writer

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        path = crawler.settings.get("ARCHIVE_RECORD")
        if not path:
            raise NotConfigured
        refuse_both(crawler.settings)
        middleware = cls(ArchiveWriter(recording_of(Path(path), crawler.spidercls.name)))
        crawler.signals.connect(middleware.close, signals.engine_stopped)
        return middleware

    def process_response(self, request: Request, response: Response) -> Response:
        """Write the exchange, and return the response."""
        phrase = RESPONSES.get(response.status, b"Unknown").decode()
        self.writer.write_exchange(
            url=request.url,
            method=request.method,
            request_headers=_pairs(request.headers),
            status=f"{response.status} {phrase}",
            response_headers=_pairs(response.headers),
            body=response.body,
            at=notes_of(request).fetched_at or datetime.now(UTC),
        )
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Write the failure of a request; one that was refused before it was sent is not written."""
        if not isinstance(exception, IgnoreRequest):
            failure = f"{type(exception).__name__}: {exception}"
            self.writer.write_failure(url=request.url, failure=" ".join(failure.split()), at=datetime.now(UTC))

    def close(self) -> None:
        """Close the archive and rename it to its final name."""
        self.writer.close()


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in values or []
        if name != _LOGIN
    ]

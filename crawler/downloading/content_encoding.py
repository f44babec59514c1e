"""Decompress responses by their bytes: servers send wrong Content-Encoding headers, and cut compressed bodies."""

from collections.abc import Iterable
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from crawler.discovery.ask import listing_of
from crawler.reasons import Reason, RequestRefused
from crawler.unpacking import Unpacked, unpacked

_ACCEPTED = b"gzip, deflate, br, zstd"
_END = b"</html"
_TAIL = 1024


class ContentEncodingMiddleware:
    """Replaces Scrapy's HttpCompressionMiddleware, which trusts the header and accepts a page that is cut.

    A cut or damaged page is retried, and fails if it stays so. A listing or robots.txt is still useful in part: after
    the retries the part that arrived is returned.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._most = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Add the header Accept-Encoding with the compressions that we can read."""
        request.headers.setdefault("Accept-Encoding", _ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the response with its body decompressed, or a request to retry it.

        Raise RequestRefused if the body is larger than DOWNLOAD_MAXSIZE, or stays cut or damaged; raise
        ResponseDataLossError if nothing of a listing or robots.txt could be decompressed.
        """
        if listing_of(request) and not response.headers.get("Content-Encoding"):
            return response  # a compressed file, which may be larger than a page: its reader decompresses it
        found = unpacked_body(response, self._most)
        if found.damage is Reason.TOO_LARGE:
            raise RequestRefused(Reason.TOO_LARGE, f"{len(response.body)} bytes unpack to more than {self._most}")
        if found.damage:
            again = self._again(request, found.damage)
            return again or self._in_part(request, response, found)
        return with_body(response, found.body)

    def _again(self, request: Request, damage: Reason) -> Request | None:
        spider = self._crawler.spider
        if spider is None or request.meta.get("dont_retry") or not self._crawler.settings.getbool("RETRY_ENABLED"):
            return None
        return get_retry_request(request, spider=spider, reason=str(damage), give_up_log_level="INFO")

    def _in_part(self, request: Request, response: Response, found: Unpacked) -> Response:
        damage = found.damage or Reason.DAMAGED
        if not listing_of(request) and not request.url.endswith("/robots.txt"):
            raise RequestRefused(damage, f"{damage.meaning}; {len(found.body)} bytes came")
        if not found.body:
            raise ResponseDataLossError(damage.meaning)
        return with_body(response, found.body)


def unpacked_body(response: Response, most: int) -> Unpacked:
    """Return a response's decompressed body, of at most `most` bytes, and its damage if there is any."""
    headers = (header.decode("latin-1") for header in response.headers.getlist("Content-Encoding"))
    return unpacked_page(response.body, headers, most)


def unpacked_page(body: bytes, headers: Iterable[str], most: int) -> Unpacked:
    """Return a body without the compression that the headers Content-Encoding name, of at most `most` bytes.

    A page that ends with `</html` is undamaged even if the compressed data lacks its last bytes.
    """
    found = unpacked(body, _labels(headers), most)
    is_whole = found.damage is Reason.CUT and _END in found.body[-_TAIL:].lower()
    return Unpacked(found.body) if is_whole else found


def with_body(response: Response, body: bytes) -> Response:
    """Return a response with another body, of the class that fits it, and without the header Content-Encoding."""
    if body is response.body and "Content-Encoding" not in response.headers:
        return response
    headers = response.headers.copy()
    headers.pop("Content-Encoding", None)
    kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
    return kind(
        response.url,
        status=response.status,
        headers=headers,
        body=body,
        flags=response.flags,
        request=response.request,
        certificate=response.certificate,
        ip_address=response.ip_address,
        protocol=response.protocol,
    )


def _labels(headers: Iterable[str]) -> list[str]:
    return [label.strip().lower() for header in headers for label in header.split(",")]

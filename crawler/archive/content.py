"""The content of a record of an archive: as it is kept there, and as a response with headers and body that agree."""

from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from warcio.bufferedreaders import ChunkedDataReader

from crawler.unpacking import unpacked

HttpHeaders = list[tuple[str, str]]

_LARGEST = 64 * 1024 * 1024
"""Maximum size of a decompressed body in bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptContent:
    """The content of a record as it is in the archive: chunks are not joined, and nothing is decompressed."""

    kind: str
    """The type of the record."""
    content_type: str
    """The Content-Type of the record itself, not of HTTP."""
    http_headers: HttpHeaders | None
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The headers and body of a recorded response, or the failure of its request."""

    headers: HttpHeaders
    body: bytes
    failure: str | None = None
    """Name and text of the exception; None for a response."""


def kept_content(record: Any) -> KeptContent:
    """Return the content of a record as it is in the archive."""
    http = record.http_headers
    return KeptContent(
        kind=record.rec_type,
        content_type=record.rec_headers.get_header("Content-Type") or "",
        http_headers=None if http is None else list(http.headers),
        body=_all(record.raw_stream),
    )


def content_of(kept: KeptContent) -> Content:
    """Return headers and body, made to agree: chunks are joined, and a plain body loses Content-Encoding."""
    if kept.kind == "metadata":
        failure = kept.body[len("failure: ") :].decode("utf-8", "replace")
        return Content(headers=[], body=b"", failure=failure.strip())
    if kept.http_headers is None:
        return Content(headers=[("Content-Type", kept.content_type)] if kept.content_type else [], body=kept.body)
    is_chunked = "chunked" in _first(kept.http_headers, "transfer-encoding").lower()
    body = _all(ChunkedDataReader(BytesIO(kept.body))) if is_chunked else kept.body
    headers = plain_headers(kept.http_headers)
    labels = _first(kept.http_headers, "content-encoding").lower().split(",")
    found = unpacked(body, map(str.strip, labels), _LARGEST)
    # Common Crawl and other crawlers decompress bodies or join chunks, but keep the headers unchanged.
    if found.damage or (found.body is not body and not is_chunked):
        return Content(headers=headers, body=body)
    return Content(headers=_without(headers, "content-encoding"), body=found.body)


def _first(headers: HttpHeaders, name: str) -> str:
    return next((value for each, value in headers if each.lower() == name), "")


def plain_headers(headers: HttpHeaders) -> HttpHeaders:
    """Return headers without Transfer-Encoding, for a body whose chunks are joined."""
    return _without(headers, "transfer-encoding")


def _without(headers: HttpHeaders, name: str) -> HttpHeaders:
    return [header for header in headers if header[0].lower() != name]


def _all(stream: IO[bytes]) -> bytes:
    return b"".join(iter(lambda: stream.read(65536), b""))

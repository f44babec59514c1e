"""Write the exchanges of a crawl into a WARC file that other web-archive tools can read."""

import os
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO
from uuid import NAMESPACE_URL, uuid5

from scrapy.exceptions import UsageError
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import crawler
from crawler.lock import Lock

_LEVEL = 6
"""gzip level; level 9, warcio's default, takes longer than fetching a page (7.8 ms for a page of 137 KB)."""
_GZIP = 31
"""zlib's `wbits` for gzip; the header of the module gzip differs between Python versions, and so would archives."""
_FRAMING = {"transfer-encoding", "content-length", "connection", "keep-alive"}
"""Headers that describe the transfer, not the page: they are dropped, since the body is stored without it."""

Headers = Iterable[tuple[str, str]]


class ArchiveWriter:
    """Writes a WARC/1.1 file with one gzip member per record, so that a file that is cut short stays readable.

    It writes to `NAME.part` and renames the file when it is closed. It raises UsageError if the file exists, cannot be
    written, or is being written by another crawl. `started` is the time in the file's first record.
    """

    def __init__(self, path: Path, *, started: datetime | None = None) -> None:
        refuse_existing(path)
        self.path = path
        self.aside = aside_of(path)
        self._lock = Lock(self.aside.with_name(f"{self.aside.name}.lock"))
        self._file = _opened(path, self.aside, self._lock)
        self._started = started or datetime.now(UTC)
        self._count = 0
        self._builder = WARCWriter(BytesIO(), gzip=False, warc_version="1.1")

    def write_exchange(
        self,
        *,
        url: str,
        method: str,
        request_headers: Headers,
        status: str,
        response_headers: Headers,
        body: bytes,
        at: datetime,
    ) -> None:
        """Write a request and its response; `status` is the code with its phrase (`200 OK`), `at` the time of fetch."""
        self._begin()
        response = self._record(
            "response", url, at, body, StatusAndHeaders(status, _kept(response_headers, len(body)), protocol="HTTP/1.1")
        )
        target = "/" + url.split("/", 3)[3] if url.count("/") > 2 else "/"
        request = self._record(
            "request", url, at, b"", StatusAndHeaders(f"{method} {target} HTTP/1.1", list(request_headers))
        )
        request.rec_headers.add_header("WARC-Concurrent-To", response.rec_headers.get_header("WARC-Record-ID"))
        self._append(response)
        self._append(request)

    def write_failure(self, *, url: str, failure: str, at: datetime) -> None:
        """Write that a request failed without a response; `failure` is the exception's name and text."""
        self._begin()
        line = f"failure: {failure}\r\n".encode()
        record = self._builder.create_warc_record(
            url,
            "metadata",
            payload=BytesIO(line),
            length=len(line),
            warc_content_type="application/warc-fields",
            warc_headers_dict=self._identity(url, "metadata", at),
        )
        self._append(record)

    def close(self) -> None:
        """Sync the file to disk, rename it to its final name, and release its lock."""
        self._begin()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self.aside.replace(self.path)
        self._lock.release()

    def _begin(self) -> None:
        """Write the warcinfo record before the first exchange; a crawl that never began leaves `.part` empty."""
        if self._count:
            return
        info = {
            "software": f"Videsh/{crawler.__version__}",
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        }
        record = self._builder.create_warcinfo_record(self.path.name, info)
        for name, value in self._identity(self.path.name, "warcinfo", self._started).items():
            record.rec_headers.replace_header(name, value)
        self._append(record)

    def _record(self, kind: str, url: str, at: datetime, body: bytes, http: StatusAndHeaders):  # type: ignore[no-untyped-def]
        return self._builder.create_warc_record(
            url,
            kind,
            payload=BytesIO(body),
            length=len(body),
            warc_headers_dict=self._identity(url, kind, at),
            http_headers=http,
        )

    def _identity(self, url: str, kind: str, at: datetime) -> dict[str, str]:
        """Return a record's headers of id and date; ids are deterministic, so that equal crawls give equal files."""
        self._count += 1
        moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        identifier = uuid5(NAMESPACE_URL, f"{self._count} {kind} {moment} {url}")
        return {"WARC-Record-ID": f"<urn:uuid:{identifier}>", "WARC-Date": moment}

    def _append(self, record: object) -> None:
        self._builder.out = BytesIO()
        self._builder.write_record(record)
        self._file.write(zlib.compress(self._builder.out.getvalue(), _LEVEL, wbits=_GZIP))
        self._file.flush()


def aside_of(path: Path) -> Path:
    """Return the path of a recording until it is closed: `NAME.part`."""
    return path.with_name(path.name + ".part")


def refuse_existing(path: Path) -> None:
    """Raise UsageError if recording into a file would overwrite another recording, finished or cut short."""
    aside = aside_of(path)
    if path.exists():
        raise UsageError(f"{path}: exists already; name another file to record into, or remove it", print_help=False)
    if aside.exists() and aside.stat().st_size:
        raise UsageError(
            f"{aside}: a recording that was cut short lies here; rename it to keep it (it can be replayed), "
            "or remove it",
            print_help=False,
        )


def _opened(path: Path, aside: Path, lock: Lock) -> IO[bytes]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not lock.take():
            raise UsageError(f"{path}: another crawl records into it; name another file", print_help=False)
        file = aside.open("ab")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}", print_help=False) from error
    return file


def _kept(headers: Headers, length: int) -> list[tuple[str, str]]:
    kept = [(name, value) for name, value in headers if name.lower() not in _FRAMING]
    return [*kept, ("Content-Length", str(length))]

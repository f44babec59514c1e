"""Read WARC files: ours, other crawlers', Common Crawl's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator

from crawler.archive.records import ArchiveError, whole_records

__all__ = ["Answer", "ArchiveError", "Content", "archives_of", "check_archive", "read_answers", "read_content"]

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one address answered: a response, or a failure with no response."""

    url: str
    at: datetime
    """When it was fetched, in UTC."""
    path: Path
    offset: int
    """Where its record begins in the file."""
    status: int | None
    """HTTP status, or None where there was no response."""
    content_type: str = ""
    """The Content-Type header as sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The headers and body of an answer, or why there is none."""

    headers: list[tuple[str, str]]
    body: bytes
    failure: str | None = None


def archives_of(path: Path) -> list[Path]:
    """Return the WARC files that a path names: itself, or those of a folder, in order of their names."""
    if path.is_dir():
        found = sorted(p for p in path.iterdir() if p.name.endswith((".warc", ".warc.gz")))
        if not found:
            raise ArchiveError(f"{path}: no .warc or .warc.gz in this folder; record one with ARCHIVE_RECORD")
        return found
    if not path.exists():
        raise ArchiveError(f"{path}: no such archive; record one with ARCHIVE_RECORD")
    return [path]


def read_answers(path: Path, damaged: list[str] | None = None) -> Iterator[Answer]:
    """Yield the answers of one WARC file, without their bodies.

    A file that is no WARC raises ArchiveError. One that is cut short or damaged yields each answer that is whole, and
    appends to `damaged` what was wrong.
    """
    found = whole_records(
        path, lambda record, offset: _answer(record, path, offset), [] if damaged is None else damaged
    )
    yield from (answer for answer in found if answer is not None)


def check_archive(path: Path) -> None:
    """Raise ArchiveError unless a path names WARC files that can be read, as far as their beginnings tell."""
    for archive in archives_of(path):
        next(read_answers(archive), None)


def read_content(answer: Answer) -> Content:
    """Return the headers and body of an answer, as they were sent."""
    with answer.path.open("rb") as file:
        file.seek(answer.offset)
        return _content(next(iter(ArchiveIterator(file))))


def _answer(record: Any, path: Path, offset: int) -> Answer | None:
    url = record.rec_headers.get_header("WARC-Target-URI")
    if record.rec_type == "metadata" and url and record.content_stream().read(9) == b"failure: ":
        return Answer(url=url, at=_moment(record), path=path, offset=offset, status=None)
    if record.rec_type != "response" or not url or record.http_headers is None:
        return None
    status = record.http_headers.get_statuscode() or ""
    if not status.isdigit():
        return None
    kind = record.http_headers.get_header("Content-Type") or ""
    return Answer(
        url=url.strip("<>"), at=_moment(record), path=path, offset=offset, status=int(status), content_type=kind
    )


def _moment(record: Any) -> datetime:
    """Return the time of a record; one that prints none, or nonsense, is older than all others."""
    try:
        told = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date") or "")
    except ValueError:
        return _LONG_AGO
    return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)


def _content(record: Any) -> Content:
    if record.rec_type == "metadata":
        return Content(headers=[], body=b"", failure=_all(record.content_stream())[len("failure: ") :].decode().strip())
    headers = [(name, value) for name, value in record.http_headers.headers]
    if (record.http_headers.get_header("Transfer-Encoding") or "").lower() == "chunked":
        return Content(
            headers=_without(headers, "transfer-encoding", "content-encoding"), body=_all(record.content_stream())
        )
    body = _all(record.raw_stream)
    packing = (record.http_headers.get_header("Content-Encoding") or "").lower()
    # Common Crawl, and other crawlers, unpack the body and leave the header as it was.
    is_plain = packing in ("gzip", "x-gzip") and not body.startswith(b"\x1f\x8b")
    return Content(headers=_without(headers, "content-encoding") if is_plain else headers, body=body)


def _without(headers: list[tuple[str, str]], *names: str) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in names]


def _all(stream: IO[bytes]) -> bytes:
    return b"".join(iter(lambda: stream.read(65536), b""))

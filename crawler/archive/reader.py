"""Read WARC files: ours, other crawlers', Common Crawl's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from warcio.bufferedreaders import ChunkedDataReader

from crawler.archive.bodies import Bodies, Place
from crawler.archive.records import ArchiveError, record_at, whole_records
from crawler.unpacking import unpacked

__all__ = [
    "Answer",
    "ArchiveError",
    "Bodies",
    "Content",
    "archives_of",
    "check_archive",
    "read_answers",
    "read_content",
]

_STATUS = re.compile("[0-9]{3}")
_LARGEST = 64 * 1024 * 1024
"""Bytes of a page that came in chunks, once they are joined and unpacked."""
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


_ABOUT = frozenset(("warcinfo", "request", "metadata"))
"""Kinds of records that tell of answers and are none."""
_ANSWERS = frozenset(("response", "resource", "revisit", "failure"))


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
    kind: str = "response"
    """The type of its record: `response`, `resource` (without HTTP headers), `revisit` (its body is in another record),
    or one that is no answer, as `conversion`; `failure` where the recorded crawl got none."""
    body_in: Place | None = None
    """The record that holds a revisit's body; None where no record that was read holds it."""
    is_cut: bool = False
    """Whether its recorder says that it kept a part of it only (WARC-Truncated)."""

    @property
    def is_answer(self) -> bool:
        """Whether it is what the address answered: a conversion, as into plain text, is made later by somebody else."""
        return self.kind in _ANSWERS


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


def read_answers(path: Path, damaged: list[str] | None = None, bodies: Bodies | None = None) -> Iterator[Answer]:
    """Yield the answers of one WARC file, without their bodies.

    A file that is no WARC raises ArchiveError. One that is cut short or damaged yields each answer that is whole, and
    appends to `damaged` what was wrong; so does one whose answer has no HTTP status. Files that are read with the same
    `bodies` may refer to one another.
    """
    known, told = Bodies() if bodies is None else bodies, [] if damaged is None else damaged
    found = whole_records(path, lambda record, offset: _answer(record, (path, offset), known, told), told)
    yield from (answer for answer in found if answer is not None)


def check_archive(path: Path) -> None:
    """Raise ArchiveError unless a path names WARC files that can be read, as far as their beginnings tell."""
    for archive in archives_of(path):
        next(read_answers(archive), None)


def read_content(answer: Answer) -> Content:
    """Return the headers and body of an answer, as they were sent.

    Raise ArchiveError for a revisit whose page is nowhere, and what warcio raises on a record that is damaged.
    """
    if answer.kind == "revisit":
        return _revisited(answer)
    with answer.path.open("rb") as file:
        return _content(record_at(file, answer.offset))


def _revisited(answer: Answer) -> Content:
    if answer.body_in is None:
        raise ArchiveError("a revisit record repeats a page that no archive read so far holds")
    path, offset = answer.body_in
    with path.open("rb") as file:
        original = _content(record_at(file, offset))
    with answer.path.open("rb") as file:
        own = record_at(file, answer.offset).http_headers
    # What it says of the transfer and the packing was said of another answer than the one whose bytes are here.
    packing = [(name, value) for name, value in original.headers if name.lower() == "content-encoding"]
    return replace(original, headers=_plain_headers(own) + packing) if own else original


def _answer(record: Any, place: Place, bodies: Bodies, damaged: list[str]) -> Answer | None:
    kind, header = record.rec_type, record.rec_headers.get_header
    url = (header("WARC-Target-URI") or "").strip("<>")
    path, offset = place
    if kind == "metadata" and url and record.content_stream().read(9) == b"failure: ":
        return Answer(url=url, at=_moment(record), path=path, offset=offset, status=None, kind="failure")
    if kind in _ABOUT or not url or url.startswith("dns:"):  # Heritrix keeps its look-ups as responses
        return None
    http = record.http_headers
    status = (http.get_statuscode() or "") if http else "" if kind == "response" else "200"
    if not _STATUS.fullmatch(status):
        damaged.append(f"{path}: the answer of {url} at byte {offset} has no HTTP status, and is not read")
        return None
    if kind == "response":
        bodies.note(record, place)
    return Answer(
        url=url,
        at=_moment(record),
        path=path,
        offset=offset,
        status=int(status),
        content_type=(http.get_header("Content-Type") if http else header("Content-Type")) or "",
        kind=kind,
        body_in=bodies.of(record) if kind == "revisit" else None,
        is_cut=bool(header("WARC-Truncated")),
    )


def _moment(record: Any) -> datetime:
    """Return the time of a record; one that prints none, or nonsense, is older than all others."""
    try:
        told = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date") or "")
    except ValueError:
        return _LONG_AGO
    return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)


def _content(record: Any) -> Content:
    """Return what a record holds: its body without chunks, packed as it was, whatever its header says."""
    if record.rec_type == "metadata":
        told = _all(record.raw_stream)[len("failure: ") :].decode("utf-8", "replace")
        return Content(headers=[], body=b"", failure=told.strip())
    if record.http_headers is None:
        kind = record.rec_headers.get_header("Content-Type") or ""
        return Content(headers=[("Content-Type", kind)] if kind else [], body=_all(record.raw_stream))
    is_chunked = "chunked" in (record.http_headers.get_header("Transfer-Encoding") or "").lower()
    body = _all(ChunkedDataReader(record.raw_stream) if is_chunked else record.raw_stream)
    headers = _plain_headers(record.http_headers)
    labels = (record.http_headers.get_header("Content-Encoding") or "").lower().split(",")
    found = unpacked(body, map(str.strip, labels), _LARGEST)
    # Common Crawl, and other crawlers, unpack the body, or join its chunks, and leave the headers as they were.
    if found.damage or (found.body is not body and not is_chunked):
        return Content(headers=headers, body=body)
    return Content(headers=_without(headers, "content-encoding"), body=found.body)


def _plain_headers(http: Any) -> list[tuple[str, str]]:
    return _without(list(http.headers), "transfer-encoding")


def _without(headers: list[tuple[str, str]], name: str) -> list[tuple[str, str]]:
    return [header for header in headers if header[0].lower() != name]


def _all(stream: IO[bytes]) -> bytes:
    return b"".join(iter(lambda: stream.read(65536), b""))

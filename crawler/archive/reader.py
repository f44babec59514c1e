"""Read WARC files: our own, those of other crawlers, and Common Crawl's."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any, Literal, Protocol
from weakref import finalize

from crawler.archive.content import Content, KeptContent, content_of, kept_content, plain_headers
from crawler.archive.records import ArchiveError, record_at, whole_records

__all__ = [
    "Answer",
    "ArchiveError",
    "ArchiveFile",
    "Bodies",
    "archives_of",
    "check_archive",
    "read_answer",
    "read_answers",
    "read_content",
]

_STATUS = re.compile("[0-9]{3}")
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_ABOUT = frozenset(("warcinfo", "request", "metadata"))
"""Record types that describe a response and contain none."""
_ANSWERS = frozenset(("response", "resource", "revisit", "failure"))


class ArchiveFile(Protocol):
    """A WARC file on disk, as a Path, or elsewhere; its text is its address."""

    @property
    def name(self) -> str:
        """The last part of its address."""

    def open(self, mode: Literal["rb"], /) -> AbstractContextManager[IO[bytes]]:
        """Return the file, opened to be read."""


RecordPlace = tuple[ArchiveFile, int]
"""A WARC file and the offset of a record in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One recorded result of a request, without its body: a response, or a failure without a response."""

    url: str
    at: datetime
    """Time of the fetch, in UTC."""
    path: ArchiveFile
    """The WARC file."""
    offset: int
    """Offset of its record in the file."""
    status: int | None
    """HTTP status, or None for a failure."""
    content_type: str = ""
    """The Content-Type header as sent."""
    kind: str = "response"
    """The type of its record: `response`, `resource` (without HTTP headers), `revisit` (its body is in another record),
    `failure` (the request failed), or another one, as `conversion`."""
    body_in: RecordPlace | None = None
    """The place of a revisit's body; None if no record read so far has it."""
    language: str = ""
    """What the recording crawler found (WARC-Identified-Content-Language), as `hin,eng`; empty if it says nothing."""
    said_language: str = ""
    """The Content-Language header as sent, which is often wrong."""
    is_cut: bool = False
    """Whether the recording crawler stored only a part of the body (WARC-Truncated)."""

    @property
    def is_answer(self) -> bool:
        """Whether it is what the server sent; a `conversion`, as into plain text, is made later by another tool."""
        return self.kind in _ANSWERS


class Bodies:
    """The response records read so far, by the three keys a revisit can use: record id, digest, URL with date.

    A revisit record repeats an unchanged page without its body. The keys lie in a temporary database, in a file that
    SQLite deletes, so that memory stays flat over any number of records.
    """

    def __init__(self) -> None:
        self._archives: list[ArchiveFile] = []
        # Whichever thread collects garbage when this has no more use closes it.
        self._places = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        finalize(self, self._places.close)
        self._places.execute("PRAGMA journal_mode = OFF")
        self._places.execute("CREATE TABLE places (key INTEGER PRIMARY KEY, archive INTEGER, at INTEGER)")

    def note(self, record: Any, place: RecordPlace) -> None:
        """Record in which file and at which offset a response record stands, under each of its keys."""
        header = record.rec_headers.get_header
        archive, at = place
        if not self._archives or self._archives[-1] is not archive:
            self._archives.append(archive)
        fetch = _fetch(header("WARC-Target-URI"), header("WARC-Date"))
        names = filter(None, (header("WARC-Record-ID"), header("WARC-Payload-Digest"), fetch))
        rows = [(_key(name), len(self._archives) - 1, at) for name in names]
        self._places.executemany("INSERT OR REPLACE INTO places VALUES (?, ?, ?)", rows)

    def of(self, record: Any) -> RecordPlace | None:
        """Return the place of the record with a revisit's body, or None if no record read so far has it."""
        header = record.rec_headers.get_header
        fetch = _fetch(header("WARC-Refers-To-Target-URI"), header("WARC-Refers-To-Date"))
        for name in filter(None, (header("WARC-Refers-To"), fetch, header("WARC-Payload-Digest"))):
            for archive, at in self._places.execute("SELECT archive, at FROM places WHERE key = ?", [_key(name)]):
                return self._archives[archive], at
        return None


def _key(name: str) -> int:
    """Return a text as a number of 63 bits; two of 10 million texts are one with a chance of 1 in 180,000."""
    return int.from_bytes(blake2b(name.encode("utf-8", "replace"), digest_size=8).digest()) >> 1


def _fetch(url: str | None, date: str | None) -> str | None:
    return f"{date} {url.strip('<>')}" if url and date else None


def archives_of(path: Path) -> list[Path]:
    """Return the path itself if it is a file, or the WARC files in it, sorted by name, if it is a folder.

    Raise ArchiveError if there is none.
    """
    if path.is_dir():
        found = sorted(p for p in path.iterdir() if p.name.endswith((".warc", ".warc.gz", ".warc.zst")))
        if not found:
            raise ArchiveError(f"{path}: no .warc or .warc.gz in this folder; record one with ARCHIVE_RECORD")
        return found
    if not path.exists():
        raise ArchiveError(f"{path}: no such archive; record one with ARCHIVE_RECORD")
    return [path]


def read_answers(path: Path, damaged: list[str] | None = None, bodies: Bodies | None = None) -> Iterator[Answer]:
    """Yield the answers of one WARC file, without their bodies.

    Raise ArchiveError if the file is not a WARC. A file that is cut short or damaged yields its intact answers; a
    sentence about each damage, and about each response without an HTTP status, is appended to `damaged`. Revisits find
    their pages in all files that are read with the same `bodies`.
    """
    known, problems = Bodies() if bodies is None else bodies, [] if damaged is None else damaged
    found = whole_records(path, lambda record, offset: read_answer(record, (path, offset), known, problems), problems)
    yield from (answer for answer in found if answer is not None)


def check_archive(path: Path) -> None:
    """Raise ArchiveError unless a path names WARC files whose first records can be read."""
    for archive in archives_of(path):
        next(read_answers(archive), None)


def read_content(answer: Answer) -> Content:
    """Return the headers and body of an answer, as the server sent them.

    Raise ArchiveError for a revisit whose page was not found; a damaged record raises one of warcio's exceptions.
    """
    if answer.kind == "revisit":
        return _revisited(answer)
    return content_of(_kept_at((answer.path, answer.offset)))


def _revisited(answer: Answer) -> Content:
    if answer.body_in is None:
        raise ArchiveError("a revisit record repeats a page that no archive read so far holds")
    original = content_of(_kept_at(answer.body_in))
    path, offset = answer.path, answer.offset
    with path.open("rb") as file:
        own = record_at(file, offset).http_headers
    # The revisit's own headers of transfer and compression describe a body that was not stored.
    packing = [(name, value) for name, value in original.headers if name.lower() == "content-encoding"]
    return replace(original, headers=plain_headers(own.headers) + packing) if own else original


def _kept_at(place: RecordPlace) -> KeptContent:
    path, offset = place
    with path.open("rb") as file:
        return kept_content(record_at(file, offset))


def read_answer(record: Any, place: RecordPlace, bodies: Bodies, damaged: list[str]) -> Answer | None:
    """Return a record as an answer, or None if it is another part of an archive.

    Append a sentence to `damaged` if it has no HTTP status. It is noted in `bodies` for revisits.
    """
    kind, header = record.rec_type, record.rec_headers.get_header
    url = (header("WARC-Target-URI") or "").strip("<>")
    path, offset = place
    if kind == "metadata" and url and record.content_stream().read(9) == b"failure: ":
        return Answer(url=url, at=_moment(record), path=path, offset=offset, status=None, kind="failure")
    if kind in _ABOUT or not url or url.startswith("dns:"):  # Heritrix stores DNS look-ups as responses
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
        language=header("WARC-Identified-Content-Language") or "",
        said_language=(http.get_header("Content-Language") if http else None) or "",
        is_cut=bool(header("WARC-Truncated")),
    )


def _moment(record: Any) -> datetime:
    """Return the time of a record in UTC; without a valid WARC-Date it is 1970, older than all others."""
    try:
        date = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date") or "")
    except ValueError:
        return _LONG_AGO
    return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)

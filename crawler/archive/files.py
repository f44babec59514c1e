"""Open the files that archives lie in: on disk, on a server, in a bucket, or handed over as an open file."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Literal
from urllib.parse import urlsplit

from crawler.archive.reader import ArchiveFile, archives_of
from crawler.archive.records import ArchiveError

_BLOCK = 4 * 1024 * 1024
"""Bytes that are asked for at once from a server."""


_ENDINGS = (".warc", ".warc.gz", ".warc.gz.part")
STDIN = "-"
"""Stands on a command line for standard input."""


def is_archive(place: str) -> bool:
    """Return whether a word of a command line names an archive, or a folder of them, rather than a page."""
    return "://" in place or place == STDIN or place.endswith(_ENDINGS) or Path(place).is_dir()


def archives_at(place: str) -> list[ArchiveFile]:
    """Return the archives that a word of a command line names; raise ArchiveError for a folder without any."""
    if place == STDIN:
        return [GivenFile(sys.stdin.buffer, "standard input")]
    return [RemoteFile(place)] if "://" in place else [*archives_of(Path(place))]


def share_of(archive: ArchiveFile, offset: int) -> float:
    """Return which share of an archive lies before an offset, from 0 to 1; 0 if its size is not known."""
    size = archive.stat().st_size if isinstance(archive, Path) else getattr(archive, "size", None)
    return min(offset / size, 1.0) if size else 0.0


def archive_at(place: str | os.PathLike[str] | IO[bytes]) -> ArchiveFile:
    """Return the archive at a path or at a URL of fsspec, as `s3://bucket/crawl.warc.gz`, or in an open file."""
    if isinstance(place, str) and "://" in place:
        return RemoteFile(place)
    if isinstance(place, str | os.PathLike):
        return Path(place)
    return GivenFile(place)


class RemoteFile:
    """A file at a URL that fsspec can open; errors of the server are raised as ArchiveError."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.name = urlsplit(url).path.rpartition("/")[2] or url.rstrip("/").rpartition("/")[2]
        self.size: int | None = None
        """Its bytes, once it was opened."""

    def __str__(self) -> str:
        return self._url

    def open(self, mode: Literal["rb"], /) -> IO[bytes]:
        """Return the file, opened to be read; raise ArchiveError if that fails."""
        import fsspec  # not at the top: only archives elsewhere need it

        try:
            opened: IO[bytes] = fsspec.open(self._url, mode, block_size=_BLOCK).open()
        except Exception as error:  # each kind of server has its own exceptions
            raise ArchiveError(f"{self._url}: cannot be read: {error or type(error).__name__}") from error
        self.size = getattr(opened, "size", None)
        return opened


class GivenFile:
    """An open file, which is left open; one that cannot go back is read once."""

    def __init__(self, file: IO[bytes], name: str = "") -> None:
        self._file = file
        self.name = name or str(getattr(file, "name", "the file"))
        self._is_read = False

    def __str__(self) -> str:
        return self.name

    @contextmanager
    def open(self, mode: Literal["rb"], /) -> Iterator[Any]:
        """Lend the file; its position is then as before."""
        if not self._file.seekable():
            if self._is_read:
                raise ArchiveError("the page that a revisit record repeats lies further up in a stream")
            self._is_read = True
            yield self._file
            return
        position = self._file.tell()
        try:
            yield self._file
        finally:
            self._file.seek(position)

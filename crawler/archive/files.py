"""Find the archives that a word of a command line names: on disk, on a server, in a WACZ, or on standard input."""

import sys
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Literal

from crawler.archive.beginnings import STDIN, WARCS, ZIP
from crawler.archive.named_files import files_named
from crawler.archive.reader import ArchiveFile
from crawler.archive.records import ArchiveError
from crawler.archive.remote_files import ForwardFile, RemoteFile, options_of

_ENDINGS = (*WARCS, ".wacz")
"""The endings of files that are archives, or hold them."""


def archives_at(place: str, settings: Mapping[str, Any]) -> list[ArchiveFile]:
    """Return the WARC files in what a word of a command line names; raise ArchiveError if there is none.

    `settings` may have Scrapy's settings of S3.
    """
    return [archive for name in archive_names(place, settings) for archive in archives_in(name, settings)]


def archive_names(place: str, settings: Mapping[str, Any], base: str | None = None) -> list[str]:
    """Return the names of the archives that a word names: as `files_named` does, or `-`."""
    return [place] if place == STDIN else files_named(place, _ENDINGS, settings, base)


def archives_in(name: str, settings: Mapping[str, Any]) -> list[ArchiveFile]:
    """Return the WARC file at a path or URL, or those in the WACZ there; raise ArchiveError if that has none."""
    if name == STDIN:
        if sys.stdin is None:
            raise ArchiveError("standard input is closed; name a file, or pipe an archive in")
        return [GivenFile(sys.stdin.buffer, "standard input")]
    file = archive_at(name, settings)
    return list(_in_wacz(file)) if _is_wacz(file) else [file]


def archive_at(name: str, settings: Mapping[str, Any] | None = None) -> ArchiveFile:
    """Return the file at a path, or at a URL that fsspec can open."""
    return RemoteFile(name, options_of(name, settings or {})) if "://" in name else Path(name)


def share_of(archive: ArchiveFile, offset: int) -> float:
    """Return which share of an archive lies before an offset, from 0 to 1; 0 if its size is not known."""
    size = archive.stat().st_size if isinstance(archive, Path) else getattr(archive, "size", None)
    return min(offset / size, 1.0) if size else 0.0


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
                raise ArchiveError(
                    f"{self}: a stream is read once, and this has to go back: name a file, or unpack it first"
                )
            self._is_read = True
            yield self._file
            return
        position = self._file.tell()
        try:
            yield self._file
        finally:
            self._file.seek(position)


class FileInWacz:
    """A WARC file in a WACZ, which is a ZIP file."""

    def __init__(self, wacz: ArchiveFile, entry: zipfile.ZipInfo) -> None:
        self._wacz = wacz
        self._entry = entry.filename
        self.name = f"{wacz.name}.{entry.filename.rpartition('/')[2]}"
        self.size = entry.file_size

    def __str__(self) -> str:
        return f"{self._wacz}/{self._entry}"

    @contextmanager
    def open(self, mode: Literal["rb"], /) -> Iterator[Any]:
        """Open the file to be read; to go back is slow in it."""
        with self._wacz.open("rb") as file, _zip_file(file, self._wacz) as files, files.open(self._entry) as entry:
            yield ForwardFile(entry)


def _is_wacz(archive: ArchiveFile) -> bool:
    if archive.name.endswith(".wacz"):
        return True
    if not isinstance(archive, Path) or not archive.is_file():  # a pipe is read once
        return False
    try:
        with archive.open("rb") as file:
            return file.read(len(ZIP)) == ZIP
    except OSError:
        return False  # whoever reads it names the error


def _in_wacz(wacz: ArchiveFile) -> list[FileInWacz]:
    try:
        with wacz.open("rb") as file, _zip_file(file, wacz) as files:
            entries = [each for each in files.infolist() if each.filename.endswith(WARCS)]
    except OSError as error:
        raise ArchiveError(f"{wacz}: cannot be read: {error.strerror or error}") from error
    if not entries:
        raise ArchiveError(f"{wacz}: a ZIP file without archive/….warc.gz in it, as a WACZ has")
    return [FileInWacz(wacz, entry) for entry in sorted(entries, key=lambda entry: entry.filename)]


@contextmanager
def _zip_file(file: IO[bytes], wacz: ArchiveFile) -> Iterator[zipfile.ZipFile]:
    if not file.seekable():  # a ZIP file is read from its end
        raise ArchiveError(f"{wacz}: a WACZ on a server that sends no ranges; download it, and name the file")
    try:
        with zipfile.ZipFile(file) as files:
            yield files
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:  # damaged, odd packing, a password
        raise ArchiveError(f"{wacz}: a damaged WACZ, or no ZIP file: {error}") from error

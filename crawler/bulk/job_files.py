"""Where the files of a job lie: on disk, or at a URL that Arrow or fsspec can open; and lists of them."""

import gzip
import shutil
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from crawler.archive.files import GivenFile, archive_at
from crawler.archive.reader import ArchiveError, ArchiveFile, archives_of
from crawler.bulk.engine_errors import NoEngineError

LISTS = (".paths", ".paths.gz")
"""How the names of lists end: a path a line, as Common Crawl publishes them."""
_BUCKETS = ("s3://", "gs://", "abfs://", "abfss://", "hdfs://")
"""What Arrow opens, with the credentials of the machine."""
_MOST_LIST = 1 << 28
"""Bytes of a list, unpacked."""


@contextmanager
def archive_of(place: str) -> Iterator[ArchiveFile]:
    """Yield the archive at a path or URL; raise OSError if Arrow cannot open it."""
    if not place.startswith(_BUCKETS):
        yield archive_at(place)
        return
    with _opened(place) as file:
        yield GivenFile(file, place)


@contextmanager
def local_file(place: str) -> Iterator[Path]:
    """Yield the path of a file, or that of a copy if it lies at a URL; raise OSError if that cannot be read."""
    if "://" not in place:
        yield Path(place)
        return
    with TemporaryDirectory(prefix="videsh-") as folder, _opened(place) as file:
        copy = Path(folder, place.rpartition("/")[2])
        with copy.open("wb") as written:
            shutil.copyfileobj(file, written)
        yield copy


def _opened(url: str) -> pa.NativeFile:
    from pyarrow.fs import FileSystem  # not at the top: only files elsewhere need it

    try:
        system, path = FileSystem.from_uri(url)
        return system.open_input_file(path)
    except pa.ArrowException as error:  # a URL that it does not know
        raise OSError(None, str(error)) from error


def archives_named(places: Sequence[str], base: str | None) -> list[str]:
    """Return the archives that places name: each a WARC file, a folder or a list of them, or a URL; each comes once.

    A relative path in a list is taken from `base`, a folder or URL, else from the list's own folder. Raise
    NoEngineError for a place that is not there, and for a list that cannot be read, or names nothing.
    """
    found: dict[str, None] = {}
    for place in places:
        found.update(dict.fromkeys(_archives_at(place, base)))
    return list(found)


def _archives_at(place: str, base: str | None) -> list[str]:
    if place.endswith(LISTS):
        return _lines_of(place, base)
    if "://" in place:
        return [place]
    try:
        return [str(path.absolute()) for path in archives_of(Path(place))]
    except ArchiveError as error:
        raise NoEngineError(str(error)) from error


def _lines_of(place: str, base: str | None) -> list[str]:
    try:
        with local_file(place) as path, gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            lines = file.read(_MOST_LIST).decode().split("\n")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise NoEngineError(f"{place}: this list cannot be read ({error})") from error
    root = base or (place.rpartition("/")[0] if "://" in place else str(Path(place).absolute().parent))
    names = [name for name in (line.strip() for line in lines) if name]
    if not names:
        raise NoEngineError(f"{place}: this list names no archive")
    return [name if "://" in name or name.startswith("/") else f"{root.rstrip('/')}/{name}" for name in names]

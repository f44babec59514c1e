"""The files of a job: on disk or at URLs, in folders, and in lists as Common Crawl publishes them."""

import gzip
import shutil
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from crawler.archive.files import archive_at
from crawler.archive.reader import ArchiveError
from crawler.archive.remote_files import remote_files
from crawler.bulk.engine_errors import NoEngineError

LISTS = (".paths", ".paths.gz")
"""How the names of lists end: a path a line."""
_ARCHIVES = (".warc", ".warc.gz", ".warc.zst", ".wacz")
_MOST_LIST = 1 << 28
"""Bytes of a list, unpacked."""


@contextmanager
def local_file(place: str) -> Iterator[Path]:
    """Yield the path of a file, or that of a copy if it lies at a URL; raise ArchiveError if that cannot be read."""
    if "://" not in place:
        yield Path(place)
        return
    with TemporaryDirectory(prefix="videsh-") as folder, archive_at(place).open("rb") as file:
        copy = Path(folder, place.rpartition("/")[2])
        with copy.open("wb") as written:
            shutil.copyfileobj(file, written)
        yield copy


def archives_named(places: Sequence[str], base: str | None, settings: Mapping[str, Any]) -> list[str]:
    """Return the archives that places name: each a file, a folder or a list of them, a URL or a pattern; each once.

    A relative path in a list is taken from `base`, a folder or URL, else from the list's own folder. `settings` may
    have Scrapy's settings of S3. Raise NoEngineError for a place that is not there, and for a list that cannot be
    read, or names nothing.
    """
    found: dict[str, None] = {}
    for place in places:
        try:
            found.update(dict.fromkeys(_archives_at(place, base, settings)))
        except ArchiveError as error:
            raise NoEngineError(str(error)) from error
    return list(found)


def _archives_at(place: str, base: str | None, settings: Mapping[str, Any]) -> list[str]:
    if place.endswith(LISTS):
        return _lines_of(place, base)
    if "://" in place:
        return [str(file) for file in remote_files(place, settings, _ARCHIVES)]
    path = Path(place).absolute()
    if not path.exists():
        raise ArchiveError(f"{place}: no such archive")
    if not path.is_dir():
        return [str(path)]
    inside = sorted(str(each) for each in path.iterdir() if each.name.endswith(_ARCHIVES))
    if not inside:
        raise ArchiveError(f"{place}: no archive ({', '.join(_ARCHIVES)}) in this folder")
    return inside


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

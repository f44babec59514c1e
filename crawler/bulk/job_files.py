"""The archives and files of a job: on disk or at URLs."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from crawler.archive.files import archive_at, archive_names
from crawler.archive.named_files import each_once
from crawler.archive.reader import ArchiveError
from crawler.archive.remote_files import naming_failure
from crawler.bulk.engine_errors import NoEngineError


@contextmanager
def local_file(place: str, settings: Mapping[str, Any]) -> Iterator[Path]:
    """Yield the path of a file, or that of a copy if it lies at a URL; raise ArchiveError if that cannot be read.

    `settings` may have Scrapy's settings of S3.
    """
    if "://" not in place:
        yield Path(place)
        return
    with TemporaryDirectory(prefix="videsh-") as folder, archive_at(place, settings).open("rb") as file:
        copy = Path(folder, place.rpartition("/")[2])
        with naming_failure(place), copy.open("wb") as written:
            shutil.copyfileobj(file, written)
        yield copy


def archives_of_job(places: Sequence[str], base: str | None, settings: Mapping[str, Any]) -> list[str]:
    """Return the absolute paths and URLs of the archives that words name, each once.

    `base` and `settings` are those of `files_named`. Raise NoEngineError for a word that names nothing.
    """
    try:
        names = each_once(name for place in places for name in archive_names(place, settings, base))
    except ArchiveError as error:
        raise NoEngineError(str(error)) from error
    return absolute(names)


def absolute(names: Sequence[str]) -> list[str]:
    """Return paths as absolute ones, and URLs as they are: processes of an engine run in other folders."""
    return [name if "://" in name else str(Path(name).absolute()) for name in names]

"""Find the files of articles that words of a command line name: as archives are named, and in what our commands write.

A place of exports is read by its catalog. In folders and patterns, what our commands write beside articles is left out,
and so are the batches of a reading job that are not whole.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from crawler.archive.named_files import each_once, files_named
from crawler.archive.patterns import LISTS, WEB, is_pattern
from crawler.archive.records import ArchiveError
from crawler.archive.remote_files import is_remote_file, is_remote_folder, naming_failure
from crawler.bulk.out_folder import COUNTS_FILE, DONE, READING_JOB, STORIES_JOB
from crawler.exports.catalog import CATALOG, read_catalog
from crawler.exports.storage import open_storage
from crawler.shelves import Shelf, shelf_of_file

_PACKINGS = ("", ".gz", ".zst", ".bz2", ".xz")
ENDINGS = (*(f".{kind}{packing}" for kind in ("jsonl", "ndjson", "txt") for packing in _PACKINGS), ".parquet")
"""The endings of files with articles in folders; a file that is named may have any other."""
_BESIDE_ARTICLES = re.compile(
    r"""
    \.refused\.jsonl\Z                       # of scrapy extract --out
    | /(?:refused|archives)/batch=[^/]{1,20}/  # of a reading job
    | /shelf=(?!articles/|copies/)           # of scrapy compact
    """,
    re.VERBOSE,
)
_BATCH = re.compile(r"\A(?P<out>.*)/articles/(?P<batch>batch=[^/]{1,20})/")


def story_files(places: Sequence[str], settings: Mapping[str, Any], fail: Callable[[str], None]) -> list[str]:
    """Return the paths and URLs of the files of articles that words name, each once.

    `fail` is called with a sentence about each part of exports that is damaged. `settings` may have Scrapy's settings
    of S3. Raise ArchiveError for a word that names nothing.
    """
    return each_once(name for place in places for name in _files_at(place, settings, fail))


def _files_at(place: str, settings: Mapping[str, Any], fail: Callable[[str], None]) -> list[str]:
    is_there = cache(partial(_is_there, settings=settings))
    root = place.rstrip("/") or place
    if is_pattern(place):
        return _of_articles(place, files_named(place, ENDINGS, settings), is_there)
    if place.startswith(WEB) or place.endswith((*ENDINGS, *LISTS)):  # a server need not be asked whether it is a folder
        return files_named(place, ENDINGS, settings)
    if "://" in place and not is_remote_folder(place, settings):
        return [place]
    if is_there(f"{root}/{CATALOG}"):
        return list(_in_catalog(root, settings, fail))
    if is_there(f"{root}/{STORIES_JOB}"):
        raise ArchiveError(f"{place}: a stories job is writing it, or was stopped there")
    if is_there(f"{root}/{COUNTS_FILE}") and not is_there(f"{root}/{READING_JOB}"):
        return _texts(root, settings)
    names = files_named(place, ENDINGS, settings)
    return names if names == [place] else _of_articles(place, names, is_there)


def _of_articles(place: str, names: Iterable[str], is_there: Callable[[str], bool]) -> list[str]:
    """Return the names of files that may hold articles, and are whole."""
    kept = [name for name in names if _may_hold_articles(name) and _is_in_whole_batch(name, is_there)]
    if not kept:
        raise ArchiveError(f"{place}: no file of articles is there, only what our commands write beside them")
    return kept


def _may_hold_articles(name: str) -> bool:
    shelf = shelf_of_file(name.rpartition("/")[2])
    return not _BESIDE_ARTICLES.search(name) and (shelf is None or shelf.has_records)


def _is_in_whole_batch(name: str, is_there: Callable[[str], bool]) -> bool:
    found = _BATCH.match(name)
    return (
        found is None
        or not is_there(f"{found['out']}/{READING_JOB}")
        or is_there(f"{found['out']}/archives/{found['batch']}/{DONE}")
    )


def _texts(root: str, settings: Mapping[str, Any]) -> list[str]:
    try:
        return files_named(f"{root}/texts/", ENDINGS, settings)
    except ArchiveError as error:
        todo = "write them with --keep-texts, or name what that job has read"
        raise ArchiveError(f"{root}: holds stories and no texts; {todo}") from error


def _in_catalog(root: str, settings: Mapping[str, Any], fail: Callable[[str], None]) -> Iterator[str]:
    with naming_failure(root):
        catalog = read_catalog(open_storage(root.replace("s3a://", "s3://"), settings))
    for path in catalog.damaged():
        if _may_hold_articles(path):
            fail(f"{root}/{path}: was lost or changed since it was published; restore it")
    files = [file for shelf in Shelf if shelf.has_records for file in catalog.files(shelf)]
    if not files:
        raise ArchiveError(f"{root}: no article is in these exports")
    yield from (f"{root}/{file.path}" for file in files)


def _is_there(name: str, settings: Mapping[str, Any]) -> bool:
    return is_remote_file(name, settings) if "://" in name else Path(name).is_file()

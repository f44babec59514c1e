"""Find the files that words of a command line name: a file, a folder, a pattern or a list, on disk or at a URL."""

import glob
import gzip
import os
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from crawler.archive.patterns import LISTS, SIGNS, WEB, is_folder, is_on_disk, is_pattern
from crawler.archive.records import ArchiveError
from crawler.archive.remote_files import RemoteFile, is_remote_folder, options_of, remote_names

_MOST_LIST = 1 << 28
"""Bytes of a list, unpacked."""
_HIDDEN = re.compile(r"(?:^|/)[._]")
"""What is being written, and marks: `_temporary/`, `_SUCCESS`, `.articles.jsonl.part`."""
_ON_DISK = "file://"


def files_named(
    place: str, endings: tuple[str, ...], settings: Mapping[str, Any], base: str | None = None
) -> list[str]:
    """Return the paths or URLs of the files that a word names, sorted; those of a list in its order.

    A folder stands for the files in it and below that have one of the endings. A pattern has `*`, `?`, `[…]`, and `**`
    for any folders; it names files and folders, and if it ends in `*`, files with one of the endings. Hidden files are
    left out. A relative path in a list begins at `base`, a folder or URL, else in the list's own folder. `settings` may
    have Scrapy's settings of S3. Raise ArchiveError if the word names nothing.
    """
    place = place.removeprefix(_ON_DISK)
    if place.startswith(WEB) or not is_pattern(place):
        if place.endswith(LISTS):
            return _lines_of(place, base, settings)
        if place.startswith(WEB) or not _is_folder(place, endings, settings):
            return [place]
    start = SIGNS.split(place, maxsplit=1)[0].rpartition("/")[0] if is_pattern(place) else place.rstrip("/")
    is_any_ending = is_pattern(place) and not place.endswith("*")
    found = remote_names(place, start, settings) if "://" in place else _on_disk(place)
    shown = _HIDDEN.search(place[len(start) :]) is not None  # the pattern says that it wants them
    names = [
        name
        for name in sorted(found)
        if (is_any_ending or name.endswith(endings)) and (shown or not _HIDDEN.search(name[len(start) :]))
    ]
    if not names:
        what = "no file matches this pattern" if is_pattern(place) else "no file is in this folder or below it"
        kinds = ", ".join(dict.fromkeys(f".{ending.split('.')[1]}" for ending in endings))
        raise ArchiveError(f"{place}: {what}{'' if is_any_ending else f' that ends in {kinds} (also packed)'}")
    lists = {name: _lines_of(name, base, settings) for name in names if name.endswith(LISTS)}
    return [each for name in names for each in lists.get(name, [name])]


def each_once(names: Iterable[str]) -> list[str]:
    """Return names without those of a file that has come before, as by another path or a link."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name if "://" in name else os.path.realpath(name), name)
    return list(found.values())


def _is_folder(place: str, endings: tuple[str, ...], settings: Mapping[str, Any]) -> bool:
    """Return whether a folder lies there, and not a file; raise ArchiveError if neither does.

    A server is not asked about a URL with one of the endings.
    """
    if "://" in place:
        return not place.endswith(endings) and is_remote_folder(place, settings)
    if not is_on_disk(place):
        raise ArchiveError(f"{place}: no such file")
    return is_folder(place)


def _on_disk(place: str) -> set[str]:
    """Return the paths of the files in a folder and below it, or of those that a pattern names; each as it begins."""
    named = glob.iglob(place, recursive=True, include_hidden=True)  # noqa: PTH207 - Path changes how a name begins
    found = named if is_pattern(place) else [place.rstrip("/") or place]
    return {name for each in found for name in (_below(each) if is_folder(each) else [each])}


def _below(folder: str) -> Iterator[str]:
    seen: set[str] = set()
    for at, folders, names in os.walk(folder, followlinks=True, onerror=_refuse):
        if (real := os.path.realpath(at)) in seen:  # a link leads back
            folders.clear()
            continue
        seen.add(real)
        yield from (f"{at}/{name}" for name in names)


def _refuse(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):  # a folder of work may go meanwhile
        raise ArchiveError(f"{error.filename}: cannot be read: {error.strerror}") from error


def _lines_of(place: str, base: str | None, settings: Mapping[str, Any]) -> list[str]:
    is_remote = "://" in place
    file = RemoteFile(place, options_of(place, settings)) if is_remote else Path(place)
    try:
        with file.open("rb") as packed:
            unpacked = gzip.GzipFile(fileobj=packed) if place.endswith(".gz") else packed
            lines = unpacked.read(_MOST_LIST).decode("utf-8-sig").split("\n")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise ArchiveError(f"{place}: this list cannot be read ({error})") from error
    names = [name for name in map(str.strip, lines) if name and not name.startswith("#")]
    if not names:
        raise ArchiveError(f"{place}: this list names no file")
    root = (base or (place.rpartition("/")[0] if "/" in place else ".")).rstrip("/")
    is_whole = re.compile("[a-z][a-z0-9+.-]{0,20}://|/").match
    return [name.removeprefix(_ON_DISK) if is_whole(name) else f"{root}/{name}" for name in names]

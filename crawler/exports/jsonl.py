"""Read and write files of JSON lines, packed with gzip or Zstandard (or bzip2 and xz, to read) by their suffix."""

import bz2
import gzip
import json
import lzma
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from scrapy.extensions.postprocessing import PostProcessingManager

from crawler.exports.compacted_rows import compacted_lines
from crawler.exports.decoding import decode_row
from crawler.schema import Broken
from crawler.shelves import Shelf, shelf_of_file

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_OPENERS: dict[str, Any] = {".gz": gzip.open, ".zst": zstd.open, ".bz2": bz2.open, ".xz": lzma.open}


PACKING_ERRORS = (EOFError, OSError, zstd.ZstdError, lzma.LZMAError, zlib.error)
"""The errors that reading a damaged or truncated packed file raises."""
PLUGINS = {
    ".gz": "scrapy.extensions.postprocessing.GzipPlugin",
    ".zst": "crawler.exports.jsonl.ZstdPlugin",
}
"""The Scrapy post-processing plugin that packs a file, by suffix."""

OPTIONS = {"gzip_compresslevel": 6, "gzip_mtime": 0, "gzip_filename": "", "zstd_level": 6}
"""Options of the plugins, without time and file name, so that the same lines give the same bytes."""


class BadLine(ValueError):
    """A line of an export is not a record; the message names the file and the line."""


def open_lines(path: Path) -> IO[bytes]:
    """Open a file of lines for reading; `.gz`, `.zst`, `.bz2` and `.xz` are unpacked on the way."""
    return cast(IO[bytes], _OPENERS.get(path.suffix, Path.open)(path, "rb"))


def read_rows(path: Path, read: Callable[[bytes], dict[str, Any]] = decode_row) -> Iterator[dict[str, Any]]:
    """Yield what `read` returns for each line of a JSON Lines file; raise BadLine at the first line that it refuses.

    The rows of a compacted file (`.parquet`) are read as the lines of which it was made.
    """
    number = 1
    try:
        with closing(compacted_lines(path)) if path.suffix == ".parquet" else open_lines(path) as lines:
            for line in lines:
                yield read(line)
                number += 1
    except (Broken, *PACKING_ERRORS) as error:
        raise BadLine(f"{path}: line {number}: {error}; restore the file, or leave it out") from error


def write_jsonl(rows: Iterable[dict[str, Any]], out: Path) -> int:
    """Write rows as JSON lines, in the bytes in which a run writes them; return their number."""
    count = 0
    with out.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    return count


def parts_of(runs: Iterable[Path], shelf: Shelf = Shelf.ARTICLES) -> list[Path]:
    """Return the files of a shelf in run folders, in order; a file stays as it is."""
    found: list[Path] = []
    for run in runs:
        parts = (path for path in run.glob("*.jsonl*") if shelf_of_file(path.name) is shelf)
        found += sorted(parts) if run.is_dir() else [run]
    return found


class ZstdPlugin:
    """A Scrapy post-processing plugin that packs a feed with Zstandard; its one option is `zstd_level`."""

    def __init__(self, file: BinaryIO, feed_options: dict[str, Any]) -> None:
        self._below = file
        self._file = zstd.ZstdFile(file, mode="w", level=feed_options.get("zstd_level", 3))
        self._is_empty = True

    def write(self, data: bytes) -> int:
        """Pack bytes, and return the number of bytes written."""
        self._is_empty = False
        return self._file.write(data)

    def close(self) -> None:
        """End the packed stream, but not the underlying file; a second call, by the garbage collector, does nothing."""
        if self._file.closed:
            return
        self._file.close()
        if self._is_empty:  # the library then writes no frame, and readers would take the file for a truncated one
            self._below.write(zstd.compress(b""))


def plugins_for(name: str) -> list[str]:
    """Return the plugins that pack a file of this name; an empty list for a suffix without packing.

    >>> plugins_for("articles.jsonl.zst")
    ['crawler.exports.jsonl.ZstdPlugin']
    """
    return [plugin for ending, plugin in PLUGINS.items() if name.endswith(ending)]


def packed(file: IO[bytes], name: str) -> PostProcessingManager | None:
    """Return a writer that packs into a file according to the suffix of `name`, or None for one without packing."""
    plugins = plugins_for(name)
    return PostProcessingManager(cast("list[Any]", plugins), file, OPTIONS) if plugins else None

"""Files of JSON lines: how they are packed while they are written, and read, whatever they are packed with."""

import bz2
import gzip
import lzma
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from scrapy.extensions.postprocessing import PostProcessingManager

from crawler.exports.decoding import decode_row, read_record
from crawler.schema import Broken

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_OPENERS: dict[str, Any] = {".gz": gzip.open, ".zst": zstd.open, ".bz2": bz2.open, ".xz": lzma.open}


PACKING_ERRORS = (EOFError, OSError, zstd.ZstdError, lzma.LZMAError, zlib.error)
"""What a packed file that is damaged or cut short raises while it is read."""
PLUGINS = {
    ".gz": "scrapy.extensions.postprocessing.GzipPlugin",
    ".zst": "crawler.exports.jsonl.ZstdPlugin",
}
"""Scrapy's plugin for each ending."""

OPTIONS = {"gzip_compresslevel": 6, "gzip_mtime": 0, "gzip_filename": "", "zstd_level": 6}
"""Options of the plugins: the same lines give the same bytes."""


class BadLine(ValueError):
    """A line of an export that is not a record, with file and line."""


def open_lines(path: Path) -> IO[bytes]:
    """Open a file of lines for reading; `.gz`, `.zst`, `.bz2` and `.xz` are unpacked on the way."""
    return cast(IO[bytes], _OPENERS.get(path.suffix, Path.open)(path, "rb"))


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the articles of one JSON Lines file, in today's version of the schema.

    Raise BadLine for the first line that is no record of a published version.
    """
    return read_rows(path, read_record)


def read_rows(path: Path, read: Callable[[bytes], dict[str, Any]] = decode_row) -> Iterator[dict[str, Any]]:
    """Yield what the lines of a JSON Lines file hold, as `read` reads them; raise BadLine for the first that is bad."""
    number = 1
    try:
        with open_lines(path) as lines:
            for line in lines:
                yield read(line)
                number += 1
    except (Broken, *PACKING_ERRORS) as error:
        raise BadLine(f"{path}: line {number}: {error}; restore the file, or leave it out") from error


def parts_of(runs: Iterable[Path], shelf: str = "articles") -> list[Path]:
    """Return the files of a shelf (`articles`, `copies`) in run folders, in order; a file named stands for itself."""
    found: list[Path] = []
    for run in runs:
        found += sorted(run.glob(f"{shelf}*.jsonl*")) if run.is_dir() else [run]
    return found


class ZstdPlugin:
    """Packs what a feed writes with Zstandard; `zstd_level` is its one option."""

    def __init__(self, file: BinaryIO, feed_options: dict[str, Any]) -> None:
        self._below = file
        self._file = zstd.ZstdFile(file, mode="w", level=feed_options.get("zstd_level", 3))
        self._is_empty = True

    def write(self, data: bytes) -> int:
        """Pack some bytes."""
        self._is_empty = False
        return self._file.write(data)

    def close(self) -> None:
        """End the packed stream; the file below stays open. A second call, when Python collects it, does nothing."""
        if self._file.closed:
            return
        self._file.close()
        if self._is_empty:  # the library writes no frame then, and readers take the file for one cut short
            self._below.write(zstd.compress(b""))


def plugins_for(name: str) -> list[str]:
    """Return the plugins that pack a file of this name.

    >>> plugins_for("articles.jsonl.zst")
    ['crawler.exports.jsonl.ZstdPlugin']
    """
    return [plugin for ending, plugin in PLUGINS.items() if name.endswith(ending)]


def packed(file: IO[bytes], name: str) -> PostProcessingManager | None:
    """Return a writer that packs into a file as its name says, or None for a name that asks for no packing."""
    plugins = plugins_for(name)
    return PostProcessingManager(cast("list[Any]", plugins), file, OPTIONS) if plugins else None

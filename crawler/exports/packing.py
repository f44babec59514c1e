"""How a file of lines is packed while it is written: by the end of its name, with Scrapy's post-processing."""

import sys
from typing import IO, Any, BinaryIO, cast

from scrapy.extensions.postprocessing import PostProcessingManager

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PLUGINS = {
    ".gz": "scrapy.extensions.postprocessing.GzipPlugin",
    ".zst": "crawler.exports.packing.ZstdPlugin",
}
"""Scrapy's plugin for each ending."""

OPTIONS = {"gzip_compresslevel": 6, "gzip_mtime": 0, "gzip_filename": "", "zstd_level": 6}
"""Options of the plugins: the same lines give the same bytes."""


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
        """End the packed stream; the file below stays open."""
        self._file.close()
        if self._is_empty:  # the library writes no frame then, and readers take the file for one cut short
            self._below.write(zstd.compress(b""))


def plugins_for(name: str) -> list[str]:
    """Return the plugins that pack a file of this name.

    >>> plugins_for("articles.jsonl.zst")
    ['crawler.exports.packing.ZstdPlugin']
    """
    return [plugin for ending, plugin in PLUGINS.items() if name.endswith(ending)]


def packed(file: IO[bytes], name: str) -> PostProcessingManager | None:
    """Return a writer that packs into a file as its name says, or None for a name that asks for no packing."""
    plugins = plugins_for(name)
    return PostProcessingManager(cast("list[Any]", plugins), file, OPTIONS) if plugins else None

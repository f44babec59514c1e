"""The archives below a folder that were written before a time."""

import os
from collections.abc import Iterator
from pathlib import Path

_ENDINGS = (".warc", ".warc.gz")


def old_archives(folder: Path, before: float) -> Iterator[tuple[Path, int]]:
    """Yield each WARC file that was last written before a time, in seconds since 1970, with its size in bytes.

    Links are not followed, and a crawl's file has another ending until it is closed.
    """
    for place, _, names in os.walk(folder):
        for name in sorted(names):
            path = Path(place) / name
            status = path.lstat()
            if name.endswith(_ENDINGS) and not path.is_symlink() and status.st_mtime < before:
                yield path, status.st_size

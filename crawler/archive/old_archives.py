"""The archives below a folder that were written before a time."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG

_ENDINGS = (".warc", ".warc.gz")


def old_archives(folder: Path, before: float) -> Iterator[tuple[Path, int]]:
    """Yield each WARC file that was last written before a time, in seconds since 1970, with its size in bytes.

    Links are not followed, and a crawl's file has another ending until it is closed.
    """
    for place, _, names in os.walk(folder):
        for path in (Path(place) / name for name in sorted(names) if name.endswith(_ENDINGS)):
            with suppress(FileNotFoundError):  # another cleaning has deleted it
                status = path.lstat()
                if S_ISREG(status.st_mode) and status.st_mtime < before:
                    yield path, status.st_size

"""Read the lines of an export, whatever it is packed with."""

import bz2
import gzip
import json
import lzma
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, cast

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_OPENERS: dict[str, Any] = {".gz": gzip.open, ".zst": zstd.open, ".bz2": bz2.open, ".xz": lzma.open}


PACKING_ERRORS = (EOFError, OSError, zstd.ZstdError, lzma.LZMAError, zlib.error)
"""What a packed file that is damaged or cut short raises while it is read."""


class BadLine(ValueError):
    """A line of an export that is not a record, with file and line."""


def open_lines(path: Path) -> IO[bytes]:
    """Open a file of lines for reading; `.gz`, `.zst`, `.bz2` and `.xz` are unpacked on the way."""
    return cast(IO[bytes], _OPENERS.get(path.suffix, Path.open)(path, "rb"))


def read_records(path: Path, required: frozenset[str] = frozenset()) -> Iterator[dict[str, Any]]:
    """Yield the records of one JSON Lines file; raise BadLine for the first line that lacks a `required` key."""
    with open_lines(path) as lines:
        number = 1
        try:
            for line in lines:
                yield _record(line, required)
                number += 1
        except (ValueError, *PACKING_ERRORS) as error:
            raise BadLine(f"{path}: line {number}: {error}; restore the file, or leave it out") from error


def _record(line: bytes, required: frozenset[str]) -> dict[str, Any]:
    record = json.loads(line)
    if not isinstance(record, dict):
        raise ValueError(f"a record is a JSON object, and this is {line[:40]!r}")
    if missing := sorted(required - record.keys()):
        raise ValueError(f"the record has no {', '.join(map(repr, missing))}; is it an export of Videsh?")
    return record


def parts_of(runs: Iterable[Path], shelf: str = "articles") -> list[Path]:
    """Return the files of a shelf (`articles`, `copies`) in run folders, in order; a file named stands for itself."""
    found: list[Path] = []
    for run in runs:
        found += sorted(run.glob(f"{shelf}*.jsonl*")) if run.is_dir() else [run]
    return found

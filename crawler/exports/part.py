"""Write one part of an export to a temporary file, sync it, and move it to its place: readers see all or nothing."""

import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.exports.decoding import decode_row
from crawler.exports.jsonl import open_lines, packed
from crawler.items import SCHEMA_VERSION
from crawler.schema import Broken
from crawler.whole_files import temporary


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A published part, as the manifest lists it."""

    name: str
    """File name."""
    shelf: str
    """A value of `Shelf`."""
    rows: int
    """Number of lines."""
    bytes: int
    """Size of the file, packed if it is packed."""
    sha256: str
    """SHA-256 of the file in hexadecimal."""
    schema_version: str
    first_sequence: int | None = None
    """Lowest sequence number of its rows; None if they have none, or if there is no row."""
    last_sequence: int | None = None
    """Highest sequence number of its rows; None if they have none, or if there is no row."""


class PartWriter:
    """Writes one part into a temporary file, which `RunFolder.publish` moves to its place."""

    def __init__(self, path: Path, shelf: str) -> None:
        self.path = path
        self.temporary = temporary(path)
        self.rows = 0
        self._shelf = shelf
        self._numbers: list[int] = []
        self._file = self.temporary.open("wb")
        self._packed = packed(self._file, path.name)

    def write(self, line: bytes, sequence: int | None = None) -> None:
        """Write one line, which includes its newline; `sequence` is the number that it carries."""
        (self._packed or self._file).write(line)
        self.rows += 1
        if sequence is not None:
            self._numbers.append(sequence)

    def close(self) -> None:
        """Close the file and sync it to disk."""
        if self._packed is not None:
            self._packed.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        """Delete the temporary file of a part that cannot be written."""
        for file in (self._packed, self._file):
            with suppress(OSError, ValueError):
                if file is not None:
                    file.close()
        with suppress(OSError):
            self.temporary.unlink()

    def part(self) -> Part:
        """Return the closed file as the part that it will be in its place."""
        return _part_of(self.temporary, self.path.name, self._shelf, self.rows, self._numbers)


def whole_part(path: Path, shelf: str) -> Part:
    """Decode all lines of a published file and return it as a part; raise Broken or PACKING_ERRORS if it is damaged."""
    rows, numbers = 0, []
    with open_lines(path) as lines:
        for line in lines:
            if not line.endswith(b"\n"):
                raise Broken(f"line {rows + 1} is cut short")
            number = decode_row(line).get("sequence")
            if type(number) is int:
                numbers.append(number)
            rows += 1
    return _part_of(path, path.name, shelf, rows, numbers)


def _part_of(path: Path, name: str, shelf: str, rows: int, numbers: Sequence[int]) -> Part:
    return Part(
        name=name,
        shelf=shelf,
        rows=rows,
        bytes=path.stat().st_size,
        sha256=sha256_of(path),
        schema_version=SCHEMA_VERSION,
        first_sequence=min(numbers, default=None),
        last_sequence=max(numbers, default=None),
    )


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def listed_part(entry: Any) -> dict[str, Any]:
    """Return an entry of a manifest's list of parts; raise TypeError or KeyError if it is not a valid one."""
    name, sha256, numbers = entry["name"], entry["sha256"], (entry["rows"], entry["bytes"])
    if not (isinstance(name, str) and isinstance(sha256, str) and all(type(number) is int for number in numbers)):
        raise TypeError(f"part {name!r}")
    return dict(entry)


def set_aside(path: Path) -> Path:
    """Move a damaged file into the folder `damaged` beside it, and return its new path."""
    folder = path.parent / "damaged"
    folder.mkdir(exist_ok=True)
    names = (path.name.removeprefix("."), *(f"{path.name.removeprefix('.')}.{number}" for number in range(2, 10_000)))
    return path.rename(next(folder / name for name in names if not (folder / name).exists()))

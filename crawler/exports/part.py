"""Write one part of an export to a temporary file, sync it, and move it to its place: readers see all or nothing."""

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.exports.decoding import decode_row
from crawler.exports.jsonl import open_lines, packed
from crawler.items import SCHEMA_VERSION
from crawler.schema import Broken


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


class PartWriter:
    """Writes one part into a temporary file, until `publish` moves it to its place."""

    def __init__(self, path: Path, shelf: str) -> None:
        self.path = path
        self.rows = 0
        self._shelf = shelf
        self._temporary = temporary(path)
        self._file = self._temporary.open("wb")
        self._packed = packed(self._file, path.name)

    def write(self, line: bytes) -> None:
        """Write one line, which includes its newline."""
        (self._packed or self._file).write(line)
        self.rows += 1

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
            self._temporary.unlink()

    def publish(self) -> Part:
        """Move the closed file to its place and return the part; raise FileExistsError if a file is there."""
        if self.path.exists():
            raise FileExistsError(f"{self.path}: is there already, and a part is never overwritten")
        self._temporary.rename(self.path)
        sync_folder(self.path.parent)
        return part_of(self.path, self._shelf, self.rows)


def part_of(path: Path, shelf: str, rows: int | None = None) -> Part:
    """Return a published file as a part of the manifest; without `rows`, its lines are counted."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if rows is None:
        with open_lines(path) as lines:
            rows = sum(1 for _ in lines)
    size = path.stat().st_size
    return Part(name=path.name, shelf=shelf, rows=rows, bytes=size, sha256=digest, schema_version=SCHEMA_VERSION)


def whole_part(path: Path, shelf: str) -> Part:
    """Decode all lines of a published file and return it as a part; raise Broken or PACKING_ERRORS if it is damaged."""
    rows = 0
    with open_lines(path) as lines:
        for line in lines:
            if not line.endswith(b"\n"):
                raise Broken(f"line {rows + 1} is cut short")
            decode_row(line)
            rows += 1
    return part_of(path, shelf, rows)


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


def temporary(path: Path) -> Path:
    """Return the temporary path to which a file is written before it is moved to `path`."""
    return path.with_name(f".{path.name}.part")


def write_whole(path: Path, text: str) -> None:
    """Write a small file atomically: readers see the old one or the new one, never a part of it."""
    written = temporary(path)
    with written.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    written.replace(path)
    sync_folder(path.parent)


def write_json(path: Path, value: Any) -> None:
    """Write a value as indented JSON, atomically."""
    write_whole(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def sync_folder(folder: Path) -> None:
    """Sync a folder to disk, so that a power cut does not undo a rename in it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

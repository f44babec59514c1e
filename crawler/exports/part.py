"""One part of an export: written aside, synced, moved to its place; readers see all of it or nothing."""

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
    """A part that lies in its place, as the manifest tells of it."""

    name: str
    shelf: str
    """`articles`, `copies` or `refused`."""
    rows: int
    bytes: int
    sha256: str
    schema_version: str


class PartWriter:
    """Writes one part; nobody sees it before `publish`."""

    def __init__(self, path: Path, shelf: str) -> None:
        self.path = path
        self.rows = 0
        self._shelf = shelf
        self._aside = aside(path)
        self._file = self._aside.open("wb")
        self._packed = packed(self._file, path.name)

    def write(self, line: bytes) -> None:
        """Write one line, newline included."""
        (self._packed or self._file).write(line)
        self.rows += 1

    def close(self) -> None:
        """End the part, and have it on the disk before anything else happens."""
        if self._packed is not None:
            self._packed.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        """Leave a part that cannot be written, and make room."""
        for file in (self._packed, self._file):
            with suppress(OSError, ValueError):
                if file is not None:
                    file.close()
        with suppress(OSError):
            self._aside.unlink()

    def publish(self) -> Part:
        """Move the closed part to its place, where nothing may lie yet."""
        if self.path.exists():
            raise FileExistsError(f"{self.path}: is there already, and a part is never overwritten")
        self._aside.rename(self.path)
        sync_folder(self.path.parent)
        return part_of(self.path, self._shelf, self.rows)


def part_of(path: Path, shelf: str, rows: int | None = None) -> Part:
    """Return a file in its place as a part of the manifest; its rows are counted when they are not known."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if rows is None:
        with open_lines(path) as lines:
            rows = sum(1 for _ in lines)
    size = path.stat().st_size
    return Part(name=path.name, shelf=shelf, rows=rows, bytes=size, sha256=digest, schema_version=SCHEMA_VERSION)


def whole_part(path: Path, shelf: str) -> Part:
    """Return a file in its place as a part, its lines read; raise Broken or one of PACKING_ERRORS for a damaged one."""
    rows = 0
    with open_lines(path) as lines:
        for line in lines:
            if not line.endswith(b"\n"):
                raise Broken(f"line {rows + 1} is cut short")
            decode_row(line)
            rows += 1
    return part_of(path, shelf, rows)


def listed_part(told: Any) -> dict[str, Any]:
    """Return a part as a manifest lists it; raise TypeError or KeyError for what is none."""
    name, sha256, numbers = told["name"], told["sha256"], (told["rows"], told["bytes"])
    if not (isinstance(name, str) and isinstance(sha256, str) and all(type(number) is int for number in numbers)):
        raise TypeError(f"part {name!r}")
    return dict(told)


def set_aside(path: Path) -> Path:
    """Move a damaged file into the folder `damaged` beside it, and return where it lies there."""
    folder = path.parent / "damaged"
    folder.mkdir(exist_ok=True)
    names = (path.name.removeprefix("."), *(f"{path.name.removeprefix('.')}.{number}" for number in range(2, 10_000)))
    return path.rename(next(folder / name for name in names if not (folder / name).exists()))


def aside(path: Path) -> Path:
    """Return where a file is written before it is moved to its place."""
    return path.with_name(f".{path.name}.part")


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that readers see the old one or the new one, never half of it."""
    beside = aside(path)
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def write_json(path: Path, value: Any) -> None:
    """Write a value as JSON for people and programs, whole or not at all."""
    write_whole(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def sync_folder(folder: Path) -> None:
    """Have a folder's names on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

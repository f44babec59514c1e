"""The file that an export writes: it is absent or whole, and replaces no file that is not an export."""

import csv
import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler.exports.jsonl import PACKING_ERRORS, open_lines, packed
from crawler.lock import Lock
from crawler.shelves import Shelf, shelf_of_file
from crawler.whole_files import sync_file, sync_folder, temporary

STDOUT = Path("-")
DATABASE_MARK = 0x56445348
"""The application_id in the header of our SQLite files: VDSH."""
_SQLITE = b"SQLite format 3\0"
_LONGEST = 1 << 24
"""Bytes of a first line; a longer one is not read on."""
_KEYS = (
    frozenset(("schema_version", "id", "outlet")),
    *(frozenset(shelf.row_schema["required"]) for shelf in Shelf if not shelf.has_records),
)
"""Keys by which a line of JSON, and columns by which a table, is known as an export."""


class OutFileError(Exception):
    """The file may not be written; the text says why, and what to do."""


def check_out(out: Path, *, force: bool) -> None:
    """Raise OutFileError if an export may not be written to a file; with `force`, it may replace any file."""
    if out == STDOUT:
        return
    if out.is_dir() or not out.parent.is_dir():
        what = "is a folder" if out.is_dir() else f"there is no folder {out.parent}"
        raise OutFileError(f"{out}: {what}; name a file in a folder that exists")
    if out.exists() and not out.is_file():
        raise OutFileError(f"{out}: is a device or a pipe; name a file, or - for standard output")
    if shelf_of_file(out.name) and (out.parent / "manifest.json").exists():
        raise OutFileError(f"{out}: belongs to a run; name a file elsewhere")
    if not force and out.exists() and not _is_export(out):
        raise OutFileError(f"{out}: is there, and is not an export; name another file, or replace it with --force")


def is_database(path: Path) -> bool:
    """Return whether a file is an SQLite database that `scrapy export` wrote."""
    with suppress(OSError), path.open("rb") as file:
        head = file.read(100)
        return head.startswith(_SQLITE) and int.from_bytes(head[68:72]) == DATABASE_MARK
    return False


@contextmanager
def whole_file(out: Path) -> Iterator[Path]:
    """Yield a path to write to; afterwards its file moves to `out`, or is deleted after an error.

    A file whose name ends in `.gz` or `.zst` is packed. `-` is standard output, which gets the whole file at the end.
    Raise OutFileError if another process is writing the same file.
    """
    if out == STDOUT:
        with TemporaryDirectory(prefix="videsh-") as folder:
            yield (written := Path(folder, "out"))
            file = written.open("rb")
        with file:  # its folder is gone: a reader that goes away, as head does, leaves nothing behind
            shutil.copyfileobj(file, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        return
    with locked(out), replaced(out) as written:
        yield written


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Keep other exports from a file; raise OutFileError if one is writing it."""
    lock = Lock(out.with_name(f".{out.name}.lock"))
    if not lock.take():
        raise OutFileError(f"{out}: another export is writing it; wait for its end, or name another file")
    try:
        yield
    finally:
        lock.release()


@contextmanager
def replaced(out: Path) -> Iterator[Path]:
    """Yield a path to write to, as `whole_file` does, to a caller that has locked `out`."""
    written = temporary(out)
    try:
        yield written
        _pack(written, out.name)
        sync_file(written)
        written.replace(out)
        sync_folder(out.parent)
    finally:
        with suppress(OSError):
            written.unlink(missing_ok=True)


def _pack(path: Path, name: str) -> None:
    """Pack a file in its place according to the suffix of `name`; a name without such a suffix leaves it as it is."""
    packing = path.with_name(f"{path.name}.packing")
    with path.open("rb") as file, packing.open("wb") as below:
        packer = packed(below, name)
        if packer is not None:
            shutil.copyfileobj(file, packer)
            packer.close()
    if packer is None:
        packing.unlink()
    else:
        packing.replace(path)


def _is_export(path: Path) -> bool:
    """Return whether a file is an export in any format and version, or empty."""
    with path.open("rb") as file:
        head = file.read(100)
        if not head or head.startswith(b"PAR1"):
            return not head or _is_ours(_columns_of_parquet(path))
        if head.startswith(_SQLITE):
            return is_database(path)
        if head[8:12] == b"DUCK":
            return _is_our_duckdb(path)
    try:
        with open_lines(path) as lines:
            line = lines.readline(_LONGEST).decode("utf-8-sig")
        return _is_ours(_keys_of_json(line) if line.startswith("{") else set(next(csv.reader([line]), [])))
    except (*PACKING_ERRORS, ValueError, RecursionError, csv.Error):
        return False


def _is_our_duckdb(path: Path) -> bool:
    try:
        from crawler.exports.duckdb import is_ours  # duckdb is an extra
    except ModuleNotFoundError:
        return False
    return is_ours(path)


def _is_ours(names: set[str]) -> bool:
    return any(keys <= names for keys in _KEYS)


def _keys_of_json(line: str) -> set[str]:
    """Return the keys of an object; an article in ninjs counts as a record."""
    row = json.loads(line)
    is_ninjs = str(row.get("uri")).startswith("urn:videsh:")
    return set(_KEYS[0]) if is_ninjs else set(row)


def _columns_of_parquet(path: Path) -> set[str]:
    try:
        import pyarrow.parquet as pq

        return set(pq.read_schema(path).names)
    except (ModuleNotFoundError, OSError, ValueError):  # ValueError: not Parquet in spite of its first bytes
        return set()

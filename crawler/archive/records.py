"""The records of a WARC file: each whole one, also where the file is cut short or damaged."""

import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, TypeVar

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

_STEP = 64 * 1024
_GZIP = b"\x1f\x8b\x08"
_PLAIN = b"WARC/1."
_NOT_ONE_BY_ONE = "its gzip is in one piece, not one a record; `warcio recompress OLD NEW` mends it"
_DAMAGE = (ArchiveLoadFailed, EOFError, ValueError, TypeError, AttributeError, zlib.error)
"""What warcio raises on bytes that are no record."""

Read = TypeVar("Read")


class ArchiveError(Exception):
    """An archive that cannot be read, with what to do about it."""


def whole_records(path: Path, read: Callable[[Any, int], Read], damaged: list[str]) -> Iterator[Read]:
    """Yield what `read` makes of each whole record and its offset; behind a damaged one, go on with the next.

    Append to `damaged` what was wrong. Raise ArchiveError when the file is no WARC, or holds no whole record.
    """
    with _opened(path) as file:
        count = 0
        broken: list[int] = []
        start: int | None = 0
        while start is not None:
            try:
                for found in _unbroken(file, start, read):
                    count += 1
                    yield found
                break
            except _Broken as error:
                broken.append(error.at)
                start = _next_record(file, error.at + 1)
        if not count:
            raise ArchiveError(f"{path}: cut short or damaged in its first record: nothing can be read")
    if broken:
        damaged.append(f"{path}: cut short or damaged at byte {broken[0]}; {count} whole records are read")


class _Broken(Exception):
    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


def _opened(path: Path) -> IO[bytes]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be read: {error.strerror}") from error
    beginning = file.read(_STEP)
    if not beginning:
        file.close()
        raise ArchiveError(f"{path}: an empty file, not a WARC")
    if not _begins_as_warc(beginning):
        file.close()
        raise ArchiveError(f"{path}: not a WARC file: it does not begin with a WARC record")
    return file


def _begins_as_warc(beginning: bytes) -> bool:
    if beginning.startswith(_GZIP):
        try:
            beginning = zlib.decompressobj(wbits=31).decompress(beginning, len(_PLAIN))
        except zlib.error:
            return False
    return beginning.startswith(_PLAIN) or _PLAIN.startswith(beginning)


def _unbroken(file: IO[bytes], start: int, read: Callable[[Any, int], Read]) -> Iterator[Read]:
    """Yield what is made of the records from an offset on; raise _Broken at the first that is not whole."""
    file.seek(start)
    records = ArchiveIterator(file)
    at = start
    while (record := _parsed(records, file)) is not None:
        at = records.offset
        found = read(record, at)
        while record.raw_stream.read(_STEP):
            continue
        if getattr(record.raw_stream, "limit", 1):
            raise _Broken(at)
        yield found
    broken = _unread(file, at)
    if broken is not None:
        raise _Broken(broken)


def _parsed(records: Any, file: IO[bytes]) -> Any:
    """Return the next record, or None at the end."""
    try:
        return next(records, None)
    except _DAMAGE as error:
        if "non-chunked gzip" in str(error):
            raise ArchiveError(f"{file.name}: {_NOT_ONE_BY_ONE}") from error
        raise _Broken(records.offset) from error


def _unread(file: IO[bytes], at: int) -> int | None:
    """Return where a gzip file breaks off at or behind its last record that was read, or None.

    warcio ends in silence where the headers of a record are cut. A plain file has no end that could be missing.
    """
    file.seek(at)
    block = file.read(_STEP)
    if not block.startswith(_GZIP):
        return None
    inflate = zlib.decompressobj(wbits=31)
    while block:
        inflate.decompress(block)
        if inflate.eof:
            end = file.tell() - len(inflate.unused_data)
            return end if inflate.unused_data or file.read(1) else None
        block = file.read(_STEP)
    return at


def _next_record(file: IO[bytes], after: int) -> int | None:
    """Return where the next record may begin at or behind an offset, or None."""
    file.seek(0)
    mark = _GZIP if file.read(len(_GZIP)) == _GZIP else _PLAIN
    file.seek(after)
    tail = b""
    while block := file.read(_STEP):
        found = (tail + block).find(mark)
        if found >= 0:
            return file.tell() - len(block) - len(tail) + found
        tail = block[-len(mark) + 1 :]
    return None

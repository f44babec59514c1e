"""Read the intact records of a WARC file, even if the file is cut short or damaged."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any, TypeVar

from warcio.bufferedreaders import BufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from crawler.archive.beginnings import begins_as_warc, begins_record
from crawler.archive.other_formats import other_format
from crawler.archive.packings import UNPACKING_ERRORS, PackedRecord, Packing, Unpacker, bytes_to_see, packing_of

_STEP = 64 * 1024
_PLAIN = b"WARC/"
_BEGINNING = 512
"""Number of bytes that are enough to recognise the start of a record."""
_MOST_DAMAGE = 4 * 1024 * 1024
"""Maximum number of bytes read from damaged records, or twice the file's size if that is more; then reading stops."""
DAMAGE = (
    ArchiveLoadFailed,
    StatusAndHeadersParserException,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    *UNPACKING_ERRORS,
)
"""Exceptions that warcio and the unpackers raise on bytes that are not a valid record."""

Read = TypeVar("Read")


class ArchiveError(Exception):
    """An archive cannot be read; the text says why and what to do about it."""


class _Broken(Exception):
    """The record that should begin at offset `at` is damaged or cut short."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


class InOnePieceError(ArchiveError):
    """A packed file is one member or frame instead of one per record."""


def whole_records(path: Path, read: Callable[[Any, int], Read], damaged: list[str]) -> Iterator[Read]:
    """Yield the result of `read(record, offset)` for each intact record; skip damaged ones.

    Append a sentence about the damage to `damaged`. Raise ArchiveError if the file is not a WARC or has no intact
    record. Reading ends for any input, since the search for the next record never goes back.
    """
    with _opened(path) as file:
        yield from records_from(file, str(path), read, damaged)


def records_from(
    file: IO[bytes],
    name: str,
    read: Callable[[Any, int], Read],
    damaged: list[str],
    *,
    start: int = 0,
    count: int = 0,
    missing: int = 0,
    packing: Packing | None = None,
) -> Iterator[Read]:
    """Yield the result of `read` for each intact record of a file from `start` on, like `whole_records`.

    `count` is the number of records read before. `missing` is the number of bytes that the file lacks at its
    beginning; offsets are those in the whole archive. `packing` is needed if these bytes show it.
    """
    packing = packing or packing_in(file)
    unbroken = partial(_packed, unpacker=packing.unpacker) if packing.unpacker else _plain
    broken: list[int] = []
    budget = max(_MOST_DAMAGE, 2 * file.seek(0, 2))
    next_start: int | None = start
    while next_start is not None and budget > 0:
        start = next_start
        try:
            for at, found in unbroken(file, start, lambda record, at: read(record, at + missing)):
                start = at
                count += 1
                yield found
            break
        except _Broken as error:
            broken.append(error.at + missing)
            budget -= file.tell() - start
            next_start = _next_record(file, max(error.at, start) + 1, packing)
        except InOnePieceError as error:
            raise InOnePieceError(f"{name}: {packing.remedy}") from error
    if not count:
        raise ArchiveError(f"{name}: cut short or damaged in its first record: nothing can be read")
    if broken:
        others = f" and {len(broken) - 1} other places" if len(broken) > 1 else ""
        damaged.append(f"{name}: cut short or damaged at byte {broken[0]}{others}; {count} whole records are read")


def record_at(file: IO[bytes], offset: int) -> Any:
    """Return the record at an offset of a file, with its body still unread."""
    packing = packing_in(file)
    file.seek(offset)
    return _record(BufferedReader(PackedRecord(file, offset, packing.unpacker()) if packing.unpacker else file))


def _opened(path: Path) -> IO[bytes]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be read: {error.strerror}") from error
    try:
        beginning = file.read(_STEP)
        check_beginning(beginning + file.read(max(0, bytes_to_see(beginning) + _BEGINNING - _STEP)), str(path))
    except ArchiveError:
        file.close()
        raise
    return file


def check_beginning(beginning: bytes, name: str) -> None:
    """Raise ArchiveError, which names the file as `name`, unless its first bytes are those of a WARC."""
    if not beginning:
        raise ArchiveError(f"{name}: an empty file, not a WARC")
    if not begins_as_warc(beginning):
        found = other_format(beginning) or "it does not begin with a WARC record"
        raise ArchiveError(f"{name}: not a WARC file: {found}")


def packing_in(file: IO[bytes]) -> Packing:
    """Return how a file is packed; its position is lost."""
    file.seek(0)
    size = bytes_to_see(file.read(8))
    file.seek(0)
    return packing_of(file.read(size))


def _packed(
    file: IO[bytes], start: int, read: Callable[[Any, int], Read], unpacker: Callable[[], Unpacker]
) -> Iterator[tuple[int, Read]]:
    """Yield offset and result of `read` for each record of a packed file from `start` on; raise _Broken at a bad one.

    Raise InOnePieceError if the file is one member instead of one per record.
    """
    size = file.seek(0, 2)
    while start < size:
        member = PackedRecord(file, start, unpacker())
        reader = BufferedReader(member)
        try:
            record = _record(reader)
            if record is not None:
                found = read(record, start)
                _read_whole(record)
            if _line(reader)[: len(_PLAIN)] == _PLAIN:
                raise InOnePieceError
            while member.read():
                continue
        except DAMAGE as error:
            raise _Broken(start) from error
        if record is not None:
            yield start, found
        start = member.end or size


def _plain(file: IO[bytes], start: int, read: Callable[[Any, int], Read]) -> Iterator[tuple[int, Read]]:
    """Yield offset and result of `read` for each record of an uncompressed file from `start` on, like `_packed`."""
    size = file.seek(0, 2)
    file.seek(start)
    reader = BufferedReader(file)
    while line := _line(reader):
        at = start + reader.tell() - reader.rem_length() - len(line)
        try:
            record = _record(reader, line)
            if record.length > size - at:
                raise _Broken(at)
            found = read(record, at)
            _read_whole(record)
        except DAMAGE as error:
            raise _Broken(at) from error
        yield at, found


def _line(reader: Any) -> bytes:
    """Return the next line that is not blank, or `b""` at the end."""
    line: bytes = reader.readline()
    while line and not line.strip():
        line = reader.readline()
    return line


def _record(reader: Any, line: bytes | None = None) -> Any:
    """Return the next record, or None at the end."""
    line = _line(reader) if line is None else line
    return (
        ArcWarcRecordLoader(verify_http=False).parse_record_stream(reader, line, known_format="warc") if line else None
    )


def _read_whole(record: Any) -> None:
    """Read a record to its end; raise EOFError if bytes are missing."""
    while record.raw_stream.read(_STEP):
        continue
    if getattr(record.raw_stream, "limit", 1):
        raise EOFError("the record has no end")


def _next_record(file: IO[bytes], after: int, packing: Packing) -> int | None:
    """Return the first offset from `after` on at which a record may begin, or None."""
    file.seek(after)
    window = file.read(_STEP)
    while window:
        block = file.read(_STEP)
        begin = file.tell() - len(block) - len(window)
        for found in packing.next_mark.finditer(window + block[:_BEGINNING]):
            if found.start() < len(window) and begins_record((window + block)[found.start() :][:_BEGINNING], packing):
                return begin + found.start()
        window = block
    return None

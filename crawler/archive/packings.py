"""How the records of an archive are packed: each in a member of gzip, each in a frame of Zstandard, or not at all."""

import gzip
import re
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedIOBase
from typing import IO, Protocol

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_STEP = 64 * 1024
_BEGINNING = 512
"""Number of bytes that are enough to recognise the start of a record."""
_GZIP, _ZSTD, _PLAIN = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"WARC/"
_NEXT_GZIP = re.compile(
    rb"""\x1f\x8b\x08
    [\x00-\x1f].{4}                # flags, the upper three bits reserved (RFC 1952); a time
    [\x00\x02\x04][\x00-\x0d\xff]  # the few defined values of level and operating system
    """,
    re.VERBOSE | re.DOTALL,
)
"""The header of a gzip member: candidates for the next record of a compressed file."""
_NEXT_ZSTD = re.compile(re.escape(_ZSTD))
_NEXT_PLAIN = re.compile(rb"WARC/[01]\.[0-9]{1,2}\r?\n")
"""The first line of a record: candidates for the next record of an uncompressed file."""
_SKIPPABLE = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18", re.DOTALL)
"""Begins a frame that is passed over (RFC 8878); the first one of a .warc.zst holds the dictionary of all others."""
_LARGEST_DICTIONARY = 16 * 1024 * 1024

UNPACKING_ERRORS = (zlib.error, zstd.ZstdError, EOFError)


class Unpacker(Protocol):
    """Unpacks one member or frame."""

    @property
    def wants_more(self) -> bool:
        """Whether it needs more packed bytes before it gives any."""

    @property
    def left(self) -> bytes | None:
        """The bytes after the end of the member; None before its end."""

    def unpack(self, packed: bytes, size: int) -> bytes:
        """Return up to `size` bytes; raise one of UNPACKING_ERRORS for damaged ones."""


class _Gunzip:
    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(wbits=31)

    @property
    def wants_more(self) -> bool:
        return not self._inflate.unconsumed_tail

    @property
    def left(self) -> bytes | None:
        return self._inflate.unused_data if self._inflate.eof else None

    def unpack(self, packed: bytes, size: int) -> bytes:
        return self._inflate.decompress(self._inflate.unconsumed_tail + packed, size)


class _Unzstd:
    def __init__(self, dictionary: "zstd.ZstdDict | None") -> None:
        self._frame = zstd.ZstdDecompressor(dictionary)

    @property
    def wants_more(self) -> bool:
        return self._frame.needs_input

    @property
    def left(self) -> bytes | None:
        return self._frame.unused_data if self._frame.eof else None

    def unpack(self, packed: bytes, size: int) -> bytes:
        return self._frame.decompress(packed, size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Packing:
    """One way to pack records."""

    mark: bytes
    """The first bytes of each record."""
    next_mark: re.Pattern[bytes]
    """Candidates for the beginning of a record."""
    unpacker: Callable[[], Unpacker] | None = None
    """Makes what unpacks a record; None if records are not packed."""
    unpacked: Callable[[IO[bytes]], BufferedIOBase] | None = None
    """Opens all of a packed file as one stream of unpacked bytes."""
    remedy: str = ""
    """How to mend a file that is packed in one piece."""

    def unpacked_beginning(self, beginning: bytes) -> bytes | None:
        """Return the first unpacked bytes of a record; None if they are damaged."""
        if self.unpacker is None or not beginning.startswith(self.mark):
            return beginning
        try:
            return self.unpacker().unpack(beginning[:_BEGINNING], _BEGINNING)
        except UNPACKING_ERRORS:
            return None


def packing_of(beginning: bytes) -> Packing:
    """Return the packing of an archive that begins with these bytes, of which there are `bytes_to_see` at least."""
    if beginning.startswith(_GZIP):
        return Packing(
            mark=_GZIP,
            next_mark=_NEXT_GZIP,
            unpacker=_Gunzip,
            unpacked=lambda file: gzip.GzipFile(fileobj=file),
            remedy="its gzip is in one piece, not one a record; `warcio recompress OLD NEW` mends it",
        )
    if beginning.startswith(_ZSTD) or _SKIPPABLE.match(beginning):
        dictionary = _dictionary(beginning[8 : bytes_to_see(beginning)] if _SKIPPABLE.match(beginning) else b"")
        return Packing(
            mark=_ZSTD,
            next_mark=_NEXT_ZSTD,
            unpacker=lambda: _Unzstd(dictionary),
            unpacked=lambda file: zstd.ZstdFile(file, zstd_dict=dictionary),
            remedy="its Zstandard is in one piece, not one frame a record; `zstd -d` unpacks it",
        )
    return Packing(mark=_PLAIN, next_mark=_NEXT_PLAIN)


def bytes_to_see(beginning: bytes) -> int:
    """Return how many bytes of an archive tell how it is packed; the first 8 say whether it has a dictionary."""
    length = int.from_bytes(beginning[4:8], "little") if _SKIPPABLE.match(beginning) else 0
    return 8 + length if length <= _LARGEST_DICTIONARY else 8


def _dictionary(content: bytes) -> "zstd.ZstdDict | None":
    """Return a dictionary, which may be packed itself; None for what is none, as the frame may hold anything."""
    with suppress(zstd.ZstdError, EOFError, ValueError):
        return zstd.ZstdDict(zstd.decompress(content) if content.startswith(_ZSTD) else content)
    return None


class PackedRecord:
    """One packed record of a file as a stream of unpacked bytes; `end` is the offset after it, once it was read."""

    def __init__(self, file: IO[bytes], start: int, unpacker: Unpacker) -> None:
        self.end: int | None = None
        self._file = file
        self._unpacker = unpacker
        file.seek(start)

    def read(self, size: int = _STEP) -> bytes:
        """Return up to `size` bytes, none at the end; raise one of UNPACKING_ERRORS if it is damaged or cut."""
        while self.end is None:
            packed = self._file.read(_STEP) if self._unpacker.wants_more else b""
            if not packed and self._unpacker.wants_more:
                raise EOFError("the record has no end")
            plain = self._unpacker.unpack(packed, size)
            if self._unpacker.left is not None:
                self.end = self._file.tell() - len(self._unpacker.left)
            if plain:
                return plain
        return b""

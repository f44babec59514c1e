"""Read an archive that is packed in one piece, instead of a record at a time, as if it were not packed."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedIOBase
from typing import Any, Literal

from crawler.archive.packings import UNPACKING_ERRORS
from crawler.archive.reader import ArchiveFile
from crawler.archive.records import packing_in


class UnpackedFile:
    """The unpacked bytes of a file: offsets are those in them, and to go back is slow."""

    def __init__(self, packed: ArchiveFile) -> None:
        self._packed = packed
        self.name = packed.name

    def __str__(self) -> str:
        return str(self._packed)

    @contextmanager
    def open(self, mode: Literal["rb"], /) -> Iterator[Any]:
        """Open the file to be read; it ends where it is cut short or damaged."""
        with self._packed.open(mode) as file:
            packing = packing_in(file)
            file.seek(0)
            assert packing.unpacked is not None, "it is in one piece"
            with packing.unpacked(file) as unpacked:
                yield UpToDamage(unpacked)


class UpToDamage:
    """Unpacked bytes that end where the packed ones are cut short or damaged."""

    def __init__(self, file: BufferedIOBase) -> None:
        self._file = file
        self.seek, self.tell = file.seek, file.tell

    def seekable(self) -> bool:
        """Return False: to go back is slow."""
        return False

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes, none at the end or at the damage."""
        try:
            return self._file.read1(size)  # what comes before the damage is returned first
        except (OSError, *UNPACKING_ERRORS):  # gzip's are OSErrors
            return b""

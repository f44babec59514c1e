"""The folder of `scrapy extract --out`: a part for each archive, which is there whole or not at all."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from scrapy.exceptions import UsageError

from crawler.archive.reader import ArchiveFile
from crawler.authoring.extraction import PageResult
from crawler.lock import Lock
from crawler.whole_files import sync_file, sync_folder, temporary

_ARTICLES, _REFUSED = "articles", "refused"
"""Names, in the folder, of what is written aside."""


class Parts:
    """The parts in a folder: `ARCHIVE.jsonl`, and beside it `ARCHIVE.refused.jsonl` if pages hold no article.

    They are written aside, and renamed when all pages of the archive have come. Raise UsageError for two archives that
    would have one part.
    """

    def __init__(self, folder: Path, archives: Sequence[ArchiveFile]) -> None:
        self._folder = folder
        self._files: dict[str, BinaryIO] = {}
        paths: dict[Path, ArchiveFile] = {}
        for archive in archives:
            other = paths.setdefault(self.path_of(archive), archive)
            if other is not archive:
                raise UsageError(
                    f"{other} and {archive}: both would be written to {self.path_of(archive)}; "
                    "give each an --out of its own",
                    print_help=False,
                )

    def path_of(self, archive: ArchiveFile) -> Path:
        """Return the path of an archive's part."""
        return self._folder / f"{archive.name}.jsonl"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Make the folder, keep other processes from it, and remove in the end what is not whole.

        Raise UsageError if it cannot be written, or another process writes into it.
        """
        lock = Lock(self._folder / ".extract.lock")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            is_mine = lock.take()
        except OSError as error:
            raise UsageError(f"{self._folder}: cannot be written: {error.strerror}", print_help=False) from error
        if not is_mine:
            raise UsageError(f"{self._folder}: another extract writes into it; wait for its end", print_help=False)
        try:
            yield
        finally:
            self.drop()
            lock.release()

    def write(self, result: PageResult) -> None:
        """Add a page of the archive at hand."""
        if result.line is not None:
            self._file(_ARTICLES).write(result.line + b"\n")
            return
        refused = {"url": result.url, "offset": result.offset, "reason": result.reason, "detail": result.detail}
        self._file(_REFUSED).write(json.dumps(refused, ensure_ascii=False).encode() + b"\n")

    def finish(self, archive: ArchiveFile) -> None:
        """Give the files of the archive at hand their names; the part comes last, and is there even if it is empty."""
        refused = self._folder / f"{archive.name}.refused.jsonl"
        self._file(_ARTICLES)
        for file in self._files.values():
            file.close()
            sync_file(Path(file.name))
        if _REFUSED in self._files:
            self._aside(_REFUSED).replace(refused)
        else:
            refused.unlink(missing_ok=True)  # of an earlier reading
        self._aside(_ARTICLES).replace(self.path_of(archive))
        sync_folder(self._folder)
        self._files.clear()

    def drop(self) -> None:
        """Remove what was written of the archive at hand."""
        for name, file in self._files.items():
            file.close()
            self._aside(name).unlink(missing_ok=True)
        self._files.clear()

    def _file(self, name: str) -> BinaryIO:
        if name not in self._files:
            self._files[name] = self._aside(name).open("wb")
        return self._files[name]

    def _aside(self, name: str) -> Path:
        return temporary(self._folder / name)


class Printed:
    """Prints articles, in place of `Parts`."""

    def write(self, result: PageResult) -> None:
        """Print the article of a page."""
        if result.line is not None:
            print(result.line.decode())

    def finish(self, archive: ArchiveFile) -> None:
        """Print nothing: an archive is no part of its own."""

    def drop(self) -> None:
        """Leave what is printed."""

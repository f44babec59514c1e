"""Record which page or listing each handle is reading, and count the runs that died on one."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from crawler.store.database import Database
from crawler.store.interface import Readings
from crawler.store.owner import Owner

_ENDING = ".reading"


class HandleReadings(Readings, Protocol):
    """The readings of a handle."""

    def close(self) -> None:
        """Clear what this handle was reading: the process ends normally."""


class DeathTable:
    """The table `readings`: how many runs have died on each page or listing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def deaths(self, id: str) -> int:
        row = self._database.connection.execute("SELECT deaths FROM readings WHERE id = ?", (id,)).fetchone()
        return int(row[0]) if row else 0

    def survived(self, id: str) -> None:
        with self._database.transaction():
            self._database.connection.execute("DELETE FROM readings WHERE id = ?", (id,))

    def _count(self, id: str) -> None:
        with self._database.transaction():
            self._database.connection.execute(
                "INSERT INTO readings (id, deaths) VALUES (?, 1) "
                "ON CONFLICT (id) DO UPDATE SET deaths = readings.deaths + 1",
                (id,),
            )


class ReadingNotes(DeathTable):
    """The table `readings`, and one small file per handle, beside the store, that names what is being read.

    The file is written without a commit and without a sync, which is cheap: it survives the death of the process. If a
    power cut loses it, one death is not counted. Its first line counts; what follows is left of longer names.
    """

    def __init__(self, database: Database, store: Path | None, owner: Owner) -> None:
        super().__init__(database)
        self._owner = owner
        self._folder = store.with_name(f"{store.name}-runs") if store else None
        self._note: int | None = None
        self._current: str | None = None

    def begin(self, id: str) -> None:
        if id == self._current or self._folder is None:
            return
        self._current = id
        with suppress(OSError):  # if nothing can be written, a death on it is not counted
            if self._note is None:
                self._owner.claim()
                path = self._folder / f"{self._owner.name}{_ENDING}"
                self._note = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC)
        self._write(id)

    def done(self, id: str) -> None:
        if id == self._current:
            self._current = None
            self._write("")

    def sweep(self) -> list[str]:
        found = []
        for path in sorted(self._folder.glob(f"*{_ENDING}")) if self._folder else ():
            if path.stem == self._owner.name or self._owner.is_alive(path.stem):
                continue
            with self._database.alone():  # several workers may see the same death
                note = path.read_bytes().decode("utf-8", "replace") if path.exists() else ""
                page, _, _ = note.partition("\n")
                if page:
                    self._count(page)
                    found.append(page)
            path.unlink(missing_ok=True)  # after the commit: a kill in between counts the death twice, not never
        return found

    def close(self) -> None:
        """Remove the file: the process ends normally."""
        if self._note is not None and self._folder is not None:
            os.close(self._note)
            self._note = None
            (self._folder / f"{self._owner.name}{_ENDING}").unlink(missing_ok=True)

    def _write(self, id: str) -> None:
        if self._note is not None:
            with suppress(OSError):  # the disk is full
                os.pwrite(self._note, f"{id}\n".encode(), 0)

"""A lock that names its holder, and that the dead do not keep."""

import fcntl
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock."""

    pid: int
    started: str

    def __str__(self) -> str:
        return f"process {self.pid}, running since {self.started}"


class LockedError(Exception):
    """A lock that another living process holds."""

    def __init__(self, path: Path, holder: Holder) -> None:
        super().__init__(f"{path}: held by {holder}")
        self.holder = holder


class Lock:
    """A file with pid and start time; the kernel's lock on it ends with the process, however the process ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[bytes] | None = None

    def take(self) -> Holder | None:
        """Take the lock; return the dead holder it was taken over from, if any. Raise LockedError if one lives."""
        file = self.path.open("a+b")
        file.seek(0)
        before = _holder(file.read())
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise LockedError(self.path, before or Holder(0, "?")) from None
        file.truncate(0)
        started = datetime.now(UTC).isoformat(timespec="seconds")
        file.write(json.dumps({"pid": os.getpid(), "started": started}).encode())
        file.flush()
        self._file = file
        return before

    def owner(self) -> Holder | None:
        """Return the living holder, or None."""
        try:
            with self.path.open("rb") as file:
                holder = _holder(file.read())
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return None
        except BlockingIOError:
            return holder or Holder(0, "?")
        return None

    def release(self) -> None:
        """Give up the lock and its file."""
        if self._file is not None:
            self.path.unlink(missing_ok=True)
            self._file.close()
            self._file = None


def _holder(text: bytes) -> Holder | None:
    try:
        said = json.loads(text)
        return Holder(int(said["pid"]), str(said["started"]))
    except (ValueError, KeyError, TypeError):
        return None

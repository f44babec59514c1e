"""A lock that a process holds on a file, and that the dead do not keep; it may name its holder."""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout


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
    """A file that one process holds; the kernel lets go of it when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = FileLock(path, thread_local=False)

    def take(self, *, wait: bool = False) -> bool:
        """Take the lock, and say whether that was possible; with `wait` after its holder has let go."""
        try:
            self._lock.acquire(timeout=-1 if wait else 0)
        except Timeout:
            return False
        return True

    @property
    def is_mine(self) -> bool:
        """Whether this object holds the lock."""
        return self._lock.is_locked

    def release(self, *, keep: bool = False) -> None:
        """Give up the lock and, unless it is to `keep`, its file."""
        if self.is_mine:
            if not keep:
                self.path.unlink(
                    missing_ok=True
                )  # before the release: whoever waits finds the file gone, and asks anew
            self._lock.release()


class NamedLock(Lock):
    """A lock whose holder's process and start stand beside it, in `NAME.holder`."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._named = path.with_name(f"{path.name}.holder")

    def take_over(self) -> Holder | None:
        """Take the lock; return the dead holder it was taken over from, if any. Raise LockedError if one lives."""
        if not self.take():
            raise LockedError(self.path, self._holder() or Holder(0, "?"))
        before = self._holder()
        started = datetime.now(UTC).isoformat(timespec="seconds")
        self._named.write_text(json.dumps({"pid": os.getpid(), "started": started}), encoding="utf-8")
        return before

    def release(self, *, keep: bool = False) -> None:
        """Give up the lock, its file and its holder's name."""
        if self.is_mine and not keep:
            self._named.unlink(missing_ok=True)
        super().release(keep=keep)

    def _holder(self) -> Holder | None:
        try:
            said = json.loads(self._named.read_text(encoding="utf-8"))
            return Holder(int(said["pid"]), str(said["started"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

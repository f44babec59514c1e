"""File locks that the kernel releases when their process ends; a named lock also records its holder."""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that holds a lock."""

    pid: int
    started: str
    """When it took the lock, ISO 8601 in UTC."""

    def __str__(self) -> str:
        return f"process {self.pid}, running since {self.started}"


class LockedError(Exception):
    """Another running process holds the lock."""

    def __init__(self, path: Path, holder: Holder) -> None:
        super().__init__(f"{path}: held by {holder}")
        self.holder = holder


class Lock:
    """A lock on a file for one process; the kernel releases it when the process ends, even if it is killed."""

    def __init__(self, path: Path) -> None:
        from filelock import FileLock  # slow to import: only where something is locked

        self.path = path
        self._lock = FileLock(path, thread_local=False)

    def take(self, *, wait: bool = False) -> bool:
        """Take the lock, and return whether that succeeded; with `wait`, block until the holder releases it."""
        from filelock import Timeout

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
        """Release the lock, and delete its file unless `keep` is set."""
        if self.is_mine:
            if not keep:  # before the release: a waiting process then finds no file and opens a new one
                self.path.unlink(missing_ok=True)
            self._lock.release()


class NamedLock(Lock):
    """A lock that writes its holder's process id and start into a file beside it, `NAME.holder`."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._named = path.with_name(f"{path.name}.holder")

    def take_over(self) -> Holder | None:
        """Take the lock; return its previous holder if that died without release, else None.

        Raise LockedError if a running process holds it.
        """
        if not self.take():
            raise LockedError(self.path, self._holder() or Holder(0, "?"))
        before = self._holder()
        started = datetime.now(UTC).isoformat(timespec="seconds")
        self._named.write_text(json.dumps({"pid": os.getpid(), "started": started}), encoding="utf-8")
        return before

    def release(self, *, keep: bool = False) -> None:
        """Release the lock, and delete its file and the holder's file unless `keep` is set."""
        if self.is_mine and not keep:
            self._named.unlink(missing_ok=True)
        super().release(keep=keep)

    def _holder(self) -> Holder | None:
        try:
            written = json.loads(self._named.read_text(encoding="utf-8"))
            return Holder(int(written["pid"]), str(written["started"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

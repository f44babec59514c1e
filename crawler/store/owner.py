"""The owner of records in the outbox: a handle's name, and a lock that shows whether its process is alive."""

from pathlib import Path
from typing import Protocol
from uuid import uuid4

from crawler.lock import Lock


class Owner(Protocol):
    """A handle's name and lock; the lock is free as soon as the process has ended."""

    @property
    def name(self) -> str:
        """Name of the handle; no two handles have the same."""

    def claim(self) -> None:
        """Take the lock, so that other processes see that this handle is alive; later calls do nothing."""

    def is_alive(self, name: str) -> bool:
        """Return whether a living process holds the handle of that name."""

    def release(self) -> None:
        """Release the lock."""


class FileOwner:
    """The owner of a store in a file: a lock file, which the operating system releases when the process ends."""

    def __init__(self, store: Path | None) -> None:
        self.name = uuid4().hex
        self._folder = store.with_name(f"{store.name}-runs") if store else None
        self._lock = Lock(self._folder / self.name) if self._folder else None

    def claim(self) -> None:
        """Take the lock, so that other processes see that this handle is alive; later calls do nothing."""
        if self._folder is not None and self._lock is not None and not self._lock.is_mine:
            self._folder.mkdir(exist_ok=True)
            self._lock.take()

    def is_alive(self, name: str) -> bool:
        """Return whether a living process holds the handle of that name; remove the lock file of a dead one."""
        if self._folder is None or not (self._folder / name).exists():
            return False
        lock = Lock(self._folder / name)
        if not lock.take():
            return True
        lock.release()
        return False

    def release(self) -> None:
        """Release the lock."""
        if self._lock is not None:
            self._lock.release()

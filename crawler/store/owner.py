"""Who writes to the store: a handle's name, and a lock that tells the living from the dead."""

from pathlib import Path
from uuid import uuid4

from crawler.lock import Lock


class Owner:
    """A handle on the store, whose lock ends with its process."""

    def __init__(self, store: Path | None) -> None:
        self.name = uuid4().hex
        self._folder = store.with_name(f"{store.name}-runs") if store else None
        self._lock = Lock(self._folder / self.name) if self._folder else None

    def claim(self) -> None:
        """Let others see that this handle lives; once is enough."""
        if self._folder is not None and self._lock is not None and not self._lock.is_mine:
            self._folder.mkdir(exist_ok=True)
            self._lock.take()

    def is_alive(self, name: str) -> bool:
        """Say whether the handle of that name is held by a living process; sweep a dead one's lock away."""
        if self._folder is None or not (self._folder / name).exists():
            return False
        lock = Lock(self._folder / name)
        if not lock.take():
            return True
        lock.release()
        return False

    def release(self) -> None:
        """Give up the handle's lock."""
        if self._lock is not None:
            self._lock.release()

"""Who writes to the store: a handle's name, and a lock that tells the living from the dead."""

import fcntl
from pathlib import Path
from typing import IO
from uuid import uuid4


class Owner:
    """A handle on the store. Its lock is the kernel's: it ends with the process, however the process ends."""

    def __init__(self, store: Path | None) -> None:
        self.name = uuid4().hex
        self._folder = store.with_name(f"{store.name}-runs") if store else None
        self._lock: IO[bytes] | None = None

    def claim(self) -> None:
        """Let others see that this handle lives; once is enough."""
        if self._folder is None or self._lock is not None:
            return
        self._folder.mkdir(exist_ok=True)
        self._lock = (self._folder / self.name).open("wb")
        fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def is_alive(self, name: str) -> bool:
        """Say whether the handle of that name is held by a living process; sweep a dead one's lock away."""
        if self._folder is None:
            return False
        path = self._folder / name
        try:
            with path.open("rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
                path.unlink(missing_ok=True)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False

    def release(self) -> None:
        """Give up the handle's lock."""
        if self._lock is None or self._folder is None:
            return
        (self._folder / self.name).unlink(missing_ok=True)
        self._lock.close()
        self._lock = None

"""Handles on a store that end as those of a killed process do: what each was reading stays marked."""

import time
from contextlib import closing
from typing import Any

from crawler.store import open_store
from crawler.store.owner import FileOwner
from crawler.store.store import DatabaseStore, is_file, store_path


def die(store: DatabaseStore, address: str) -> None:
    """End a handle as the kernel does when its process is killed, and wait until others see that."""
    owner = store._owner
    if isinstance(owner, FileOwner):
        owner._lock._lock.release()  # type: ignore[union-attr]
    store.database.close()
    with closing(open_store(address)) as other:
        while other._owner.is_alive(owner.name):  # a server notices it after some milliseconds
            time.sleep(0.005)


def die_on(address: str, id: str) -> None:
    """Leave the mark of a page or listing behind, as a process does that is killed while it reads it."""
    dead = open_store(address)
    dead.readings.begin(id)
    die(dead, address)


def being_read(store: Any, address: str) -> list[str]:
    """Return the pages and listings that any handle is reading."""
    if not is_file(address):
        return [page for (page,) in store.database.connection.execute("SELECT page FROM being_read").fetchall()]
    path = store_path(address)
    notes = path.with_name(f"{path.name}-runs").glob("*.reading")
    return [page for note in notes if (page := note.read_text().split("\n")[0])]

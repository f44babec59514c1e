"""Lock the store for one run, or for whoever replaces it, against every other run."""

import logging
from pathlib import Path

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.lock import Holder, LockedError, NamedLock
from crawler.masking import mask
from crawler.runs.stop import Stop
from crawler.store import ALL, Store, StoreError, check_address

logger = logging.getLogger(__name__)

_AGAIN = 1.0
"""Seconds before lanes that another run holds are asked for again."""
_LOCK_AGAIN = 0.1
"""Seconds before the lock of a file is asked for again."""


class AnotherRunError(Exception):
    """Another run is using the same store; the text names its process."""


def check_store(settings: BaseSettings) -> None:
    """Raise UsageError for an address of a store that is invalid, or needs what is not installed; open nothing."""
    try:
        if settings.get("STORE"):
            check_address(settings["STORE"])
    except StoreError as error:
        raise UsageError(str(error), print_help=False) from error


def lock_store(settings: BaseSettings, *, wait: bool = False, stop: Stop | None = None) -> NamedLock | None:
    """Lock the store against a second run, or return None if it is not a file.

    Take over a dead run's lock with a warning; raise AnotherRunError if its holder is alive, or wait for its end. Raise
    StoppedError if a signal to stop comes meanwhile.
    """
    address = settings.get("STORE")
    if not address or not str(address).startswith("sqlite:///"):
        return None
    path = Path(str(address).removeprefix("sqlite:///") + ".lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = NamedLock(path)
        dead = _taken(lock, str(address), wait=wait, stop=stop or Stop())
    except OSError as error:
        advice = "give this user the right, or set STORE to another path"
        raise UsageError(f"{path}: cannot be written ({error.strerror}); {advice}", print_help=False) from error
    if dead is not None:
        logger.warning("%s: taken over from a run that died (process %d, begun %s)", path, dead.pid, dead.started)
    return lock


def take_lanes(
    store: Store, settings: BaseSettings, *, alone: bool, wait: bool = False, stop: Stop | None = None
) -> None:
    """Take all lanes of a store for a run that crawls alone; else see to it that no such run is at work.

    Raise AnotherRunError if another run is at work, or wait for its end. Raise StoppedError if a signal to stop comes
    meanwhile.
    """
    is_logged, stop = False, stop or Stop()
    while not (store.lanes.take_all() if alone else ALL not in store.lanes.held()):
        held = ", ".join(outlet or "all outlets" for outlet in store.lanes.held())
        at_work = f"a run is already at work with {mask(str(settings.get('STORE')))} ({held})"
        if not wait:
            raise AnotherRunError(f"{at_work}; wait for its end (--wait), or set STORE to another")
        if not is_logged:
            logger.warning("%s; waiting for its end", at_work)
        is_logged = True
        stop.pause(_AGAIN)


def _taken(lock: NamedLock, address: str, *, wait: bool, stop: Stop) -> Holder | None:
    """Take the lock of a store, and return its dead holder, if any. Wait for a running one, or raise an error."""
    is_logged = False
    while True:
        try:
            return lock.take_over()
        except LockedError as error:
            at_work = f"a run is already writing into {mask(address)} ({error.holder})"
            if not wait:
                message = f"{at_work}; wait for its end (--wait), or set STORE to another"
                raise AnotherRunError(message) from error
        if not is_logged:
            logger.warning("%s; waiting for its end", at_work)
        is_logged = True
        stop.pause(_LOCK_AGAIN)

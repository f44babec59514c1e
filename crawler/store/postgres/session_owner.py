"""The owner of records in a database: a session's name, and an advisory lock that is free when the session ends."""

from contextlib import suppress
from uuid import uuid4

from crawler.store.postgres.server_database import lock_key
from crawler.store.postgres.session import Session
from crawler.store.values import StoreError

_LOCKS = """
SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks
WHERE locktype = 'advisory' AND objsubid = 1 AND granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class SessionOwner:
    """A session's name and lock, which end with it, on whatever machine it is."""

    def __init__(self, session: Session) -> None:
        self.name = uuid4().hex
        self._session = session
        self._has_claimed = False

    def claim(self) -> None:
        """Take the lock, so that other sessions see that this one is alive; later calls do nothing."""
        if not self._has_claimed:
            self._session.execute("SELECT pg_advisory_lock(?)", (lock_key(self.name),))
            self._has_claimed = True

    def is_alive(self, name: str) -> bool:
        """Return whether a session holds the lock of that name; it is looked up, not taken: locks are re-entrant."""
        return self._session.one(f"SELECT ? IN ({_LOCKS})", (lock_key(name),))[0] is True

    def release(self) -> None:
        """Release the lock, unless the session has ended, and the lock with it."""
        if self._has_claimed:
            self._has_claimed = False
            with suppress(StoreError):
                self._session.execute("SELECT pg_advisory_unlock(?)", (lock_key(self.name),))

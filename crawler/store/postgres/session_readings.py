"""Record in a table which page or listing each session is reading, and count the sessions that died on one."""

from contextlib import suppress

from crawler.store.postgres.server_database import ServerDatabase
from crawler.store.postgres.session_owner import SessionOwner
from crawler.store.readings import DeathTable
from crawler.store.values import StoreError

_BEGIN = """
INSERT INTO being_read (owner, page, server_start) VALUES (?, ?, pg_postmaster_start_time())
ON CONFLICT (owner) DO UPDATE SET page = excluded.page
"""
_DONE = "DELETE FROM being_read WHERE owner = ?"


class SessionReadings(DeathTable):
    """The tables `readings` and `being_read`.

    A session that ended as the server was restarted died on no page: its row is of an earlier start of the server, or
    has gone with a crash.
    """

    def __init__(self, database: ServerDatabase, owner: SessionOwner) -> None:
        super().__init__(database)
        self._owner = owner
        self._current: str | None = None

    def begin(self, id: str) -> None:
        if id == self._current:
            return
        self._owner.claim()
        self._current = id
        self._database.connection.execute(_BEGIN, (self._owner.name, id))

    def done(self, id: str) -> None:
        if id == self._current:
            self._current = None
            self._database.connection.execute(_DONE, (self._owner.name,))

    def sweep(self) -> list[str]:
        query = "SELECT owner, page, server_start = pg_postmaster_start_time() FROM being_read ORDER BY owner"
        found = []
        with self._database.alone():
            for owner, page, is_death in self._database.connection.execute(query).fetchall():
                if owner == self._owner.name or self._owner.is_alive(owner):
                    continue
                if is_death:
                    self._count(page)
                    found.append(page)
                self._database.connection.execute(_DONE, (owner,))
        return found

    def close(self) -> None:
        if self._current is not None:
            with suppress(StoreError):  # the session may have ended
                self.done(self._current)

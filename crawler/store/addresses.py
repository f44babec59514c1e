"""The article URLs that listings announced: which wait to be fetched, which are known, which are due for a recheck."""

from collections.abc import Iterable, Sequence

from crawler.store.database import Database
from crawler.store.values import MOST_TRIES, Address, State

_COLUMNS = "id, outlet, url, listing, title, published, first_seen, announced, state, checked, tries"


class AddressTable:
    """The table `addresses`: one row per article URL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, id: str) -> Address | None:
        for address in self._read("WHERE id = ?", id):
            return address
        return None

    def announce(self, addresses: Iterable[Address]) -> None:
        names = _COLUMNS.split(", ")
        with self._database.transaction():
            self._database.connection.executemany(
                f"INSERT INTO addresses ({_COLUMNS}) VALUES ({', '.join('?' * len(names))}) "
                "ON CONFLICT (id) DO UPDATE SET url = excluded.url, announced = excluded.announced",
                [[getattr(address, name) for name in names] for address in addresses],
            )

    def waiting(self, outlet: str, now: int) -> list[Address]:
        waiting = self._read("WHERE outlet = ? AND state = 'waiting' ORDER BY first_seen, id", outlet)
        return [address for address in waiting if address.is_awaited(now)]

    def due(self, outlet: str, now: int, after: Sequence[int]) -> list[Address]:
        """Return an outlet's known addresses that are due for a recheck, the oldest first.

        `after` holds ages in seconds since an address was first seen. An address is due when it has passed one of them
        since it was last checked, and is younger than twice the largest; dead ones are never due.
        """
        if not after:
            return []
        oldest = now - 2 * max(after)
        where = "WHERE outlet = ? AND first_seen > ? AND state NOT IN ('waiting', 'dead') ORDER BY first_seen, id"
        known = self._read(where, outlet, oldest)
        return [address for address in known if address.is_due(now, after)]

    def newest(self, outlet: str, most: int) -> list[Address]:
        return self._read("WHERE outlet = ? AND state = 'written' ORDER BY first_seen DESC, id LIMIT ?", outlet, most)

    def belongs(self, id: str, article: str) -> None:
        with self._database.transaction():
            self._database.connection.execute(
                "UPDATE addresses SET article = ?, "
                "state = CASE WHEN coalesce(article, id) = ? THEN state ELSE 'waiting' END WHERE id = ?",
                (article, article, id),
            )

    def date(self, id: str, published: str, now: int) -> None:
        with self._database.transaction():
            self._database.connection.execute(
                "UPDATE addresses SET published = ?, checked = ? WHERE id = ?", (published, now, id)
            )

    def record_outcome(self, article: str, state: State, now: int) -> None:
        """Record that all addresses of an article were read, with which outcome; `written` is never overwritten.

        If the article's own URL used to redirect to another article, that link is dropped.
        """
        with self._database.transaction():
            self._database.connection.execute(
                "UPDATE addresses SET checked = ?, tries = 0, "
                "state = CASE WHEN state = 'written' AND coalesce(article, id) = ? THEN state ELSE ? END, "
                "article = CASE WHEN id = ? THEN NULL ELSE article END WHERE article = ? OR id = ?",
                (now, article, state, article, article, article),
            )

    def end(self, id: str, state: State, now: int) -> None:
        with self._database.transaction():
            self._database.connection.execute(
                "UPDATE addresses SET checked = ?, state = ? WHERE id = ?", (now, state, id)
            )

    def failed(self, id: str, now: int) -> None:
        with self._database.transaction():
            self._database.connection.execute(
                "UPDATE addresses SET checked = ?, tries = tries + 1, "
                "state = CASE WHEN state = 'waiting' AND tries + 1 >= ? THEN 'dead' ELSE state END WHERE id = ?",
                (now, MOST_TRIES, id),
            )

    def _read(self, where: str, *values: object) -> list[Address]:
        rows = self._database.connection.execute(f"SELECT {_COLUMNS} FROM addresses {where}", values)
        names = _COLUMNS.split(", ")
        return [Address(**dict(zip(names, row, strict=True))) for row in rows]

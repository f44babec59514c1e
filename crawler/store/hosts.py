"""The hosts and listings that every run leaves alone (requests nothing of) until a set time."""

from collections.abc import Sequence

from crawler.store.database import Database
from crawler.store.values import Rest


class HostTable:
    """The table `rests`: one row per host or listing that is left alone; a listing stands under its URL.

    Every run reads it, on whatever machine. It is no part of a lane: a host belongs to several outlets, and is to be
    left alone for each of them, by runs without lanes too.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def rest(self, rest: Rest) -> None:
        with self._database.transaction():
            self._database.connection.execute(
                "INSERT INTO rests (host, until, reason, detail) VALUES (?, ?, ?, ?) ON CONFLICT (host) DO UPDATE "
                "SET until = excluded.until, reason = excluded.reason, detail = excluded.detail "
                "WHERE excluded.until > rests.until",
                (rest.host, rest.until, rest.reason, rest.detail),
            )

    def resting(self, host: str, now: int) -> Rest | None:
        for rest in self._read("WHERE host = ? AND until > ?", host, now):
            return rest
        return None

    def all(self, now: int) -> list[Rest]:
        """Return the rests that have not ended at the time `now`, in order of their names."""
        return self._read("WHERE until > ? ORDER BY host", now)

    def _read(self, where: str, *values: object) -> list[Rest]:
        rows: Sequence[tuple[str, int, str, str]] = self._database.connection.execute(
            f"SELECT host, until, reason, detail FROM rests {where}", values
        ).fetchall()
        return [Rest(host=host, until=until, reason=reason, detail=detail) for host, until, reason, detail in rows]

"""The hosts that every run leaves alone (sends no requests to) until a set time: they asked for that, or failed."""

from collections.abc import Sequence

from crawler.store.database import Database
from crawler.store.values import Rest


class SqliteHosts:
    """The table `rests`: one row per host that is left alone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rest(self, rest: Rest) -> None:
        with self._database.transaction():
            self._database.connection.execute(
                "INSERT INTO rests (host, until, reason, detail) VALUES (?, ?, ?, ?) ON CONFLICT (host) DO UPDATE "
                "SET until = excluded.until, reason = excluded.reason, detail = excluded.detail "
                "WHERE excluded.until > until",
                (rest.host, rest.until, rest.reason, rest.detail),
            )

    def resting(self, host: str, now: int) -> Rest | None:
        for rest in self._read("WHERE host = ? AND until > ?", host, now):
            return rest
        return None

    def all(self, now: int) -> list[Rest]:
        """Return the rests that have not ended at the time `now`, in order of the hosts' names."""
        return self._read("WHERE until > ? ORDER BY host", now)

    def _read(self, where: str, *values: object) -> list[Rest]:
        rows: Sequence[tuple[str, int, str, str]] = self._database.connection.execute(
            f"SELECT host, until, reason, detail FROM rests {where}", values
        ).fetchall()
        return [Rest(host=host, until=until, reason=reason, detail=detail) for host, until, reason, detail in rows]

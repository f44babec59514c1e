"""The stored state of listings: their validators, what they announced in past runs, and which hosts lie with a 304."""

from collections.abc import Sequence
from typing import Any

from crawler.store.database import Database
from crawler.store.values import Listed, Yield

_COLUMNS = "url, outlet, etag, last_modified, digest, asked, failures, last_read, last_new"
_NAMES = _COLUMNS.split(", ")
_KEEP = (
    f"INSERT INTO listings ({_COLUMNS}) VALUES ({', '.join('?' * len(_NAMES))}) "
    f"ON CONFLICT (url) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _NAMES[1:])}"
)
_LIES_FOR = 30 * 86_400
"""How long a host that was caught lying is not trusted, in seconds."""
_MOST_YIELDS = 1000
"""Maximum number of runs whose counts are kept per listing: ten days at four runs an hour."""


class ListingTables:
    """The tables `listings`, `yields` and `liars`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, url: str) -> Listed | None:
        for listed in self._read("WHERE url = ?", url):
            return listed
        return None

    def of(self, outlet: str) -> list[Listed]:
        return self._read("WHERE outlet = ? ORDER BY url", outlet)

    def keep(self, listed: Listed) -> None:
        with self._database.transaction():
            self._database.connection.execute(_KEEP, [getattr(listed, name) for name in _NAMES])

    def count(self, listing: str, run: str, at: int, *, new: int = 0, known: int = 0, dead: int = 0) -> None:
        """Add to the counts of what a listing announced in a run, and delete those of its oldest runs."""
        with self._database.transaction():
            self._database.connection.execute(
                "INSERT INTO yields VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (listing, at, run) DO UPDATE "
                "SET new = yields.new + excluded.new, known = yields.known + excluded.known, "
                "dead = yields.dead + excluded.dead",
                (listing, at, run, new, known, dead),
            )
            oldest = "SELECT at FROM yields WHERE listing = ? ORDER BY at DESC LIMIT 1 OFFSET ?"
            self._database.connection.execute(
                f"DELETE FROM yields WHERE listing = ? AND at <= ({oldest})", (listing, listing, _MOST_YIELDS)
            )

    def yields(self, listing: str, last: int = 10) -> list[Yield]:
        rows = self._database.connection.execute(
            "SELECT run, at, new, known, dead FROM yields WHERE listing = ? ORDER BY at DESC LIMIT ?", (listing, last)
        )
        return [Yield(run=run, at=at, new=new, known=known, dead=dead) for run, at, new, known, dead in rows]

    def lies(self, host: str, now: int) -> bool:
        row = self._database.connection.execute("SELECT seen FROM liars WHERE host = ?", (host,)).fetchone()
        return row is not None and now - int(row[0]) < _LIES_FOR

    def caught_lying(self, host: str, now: int) -> None:
        with self._database.transaction():
            self._database.connection.execute(
                "INSERT INTO liars VALUES (?, ?) ON CONFLICT (host) DO UPDATE SET seen = excluded.seen", (host, now)
            )

    def _read(self, where: str, *values: Any) -> list[Listed]:
        rows: Sequence[Sequence[Any]] = self._database.connection.execute(
            f"SELECT {_COLUMNS} FROM listings {where}", values
        ).fetchall()
        return [Listed(**dict(zip(_NAMES, row, strict=True))) for row in rows]

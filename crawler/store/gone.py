"""The exported articles whose pages are gone: since when, and which of them were withdrawn."""

from collections.abc import Sequence

from crawler.clock import utc_of_seconds
from crawler.shelves import Shelf
from crawler.store.database import Database
from crawler.store.outbox import OutboxTable

HOURS_APART = 6
"""Hours between two answers that say that an article is gone, before it is withdrawn; 410 (Gone) needs one."""
_APART = HOURS_APART * 3_600
_LONGEST = 14 * 86_400
"""Seconds for which an article that is gone, and may not be withdrawn yet, is asked for again."""
_IS_DUE = "(last <= :now - :apart OR (first <= :now - :apart AND last < first + :apart))"
"""Whether an article was last asked for `:apart` s before `:now`, or only in the first `:apart` of it."""
_AT_ONCE = "http-410"


class WithdrawalTable:
    """The table `gone`: one row per exported article whose page is gone."""

    def __init__(self, database: Database, outbox: OutboxTable) -> None:
        self._database = database
        self._outbox = outbox

    def article_at(self, address: str) -> str | None:
        row = self._database.connection.execute(
            "SELECT id FROM articles WHERE id = :id UNION ALL "
            "SELECT article FROM addresses WHERE id = :id AND article IN (SELECT id FROM articles) "
            "AND article NOT IN (SELECT id FROM addresses) LIMIT 1",
            {"id": address},
        ).fetchone()
        return str(row[0]) if row else None

    def found_gone(self, article: str, reason: str, now: int) -> None:
        with self._database.transaction():
            self._database.connection.execute(
                "INSERT INTO gone (article, reason, first, last) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (article) DO UPDATE SET reason = excluded.reason, last = excluded.last",
                (article, reason, now, now),
            )

    def came_back(self, article: str) -> None:
        with self._database.transaction():
            self._database.connection.execute("DELETE FROM gone WHERE article = ?", (article,))

    def is_withdrawn(self, article: str) -> bool:
        query = "SELECT 1 FROM gone WHERE article = ? AND withdrawn IS NOT NULL"
        return self._database.connection.execute(query, (article,)).fetchone() is not None

    def is_due(self, article: str, now: int) -> bool:
        query = f"SELECT 1 FROM gone WHERE article = :article AND {_IS_DUE}"
        values = {"article": article, "now": now, "apart": _APART}
        return self._database.connection.execute(query, values).fetchone() is not None

    def due(self, outlet: str, now: int) -> list[str]:
        rows = self._database.connection.execute(
            "SELECT id FROM addresses WHERE outlet = :outlet AND state <> 'waiting' AND coalesce(article, id) IN "
            f"(SELECT article FROM gone WHERE withdrawn IS NULL AND {_IS_DUE} AND first > :now - :longest) "
            "AND (article IS NULL OR article = id OR article NOT IN (SELECT id FROM addresses)) "
            "ORDER BY first_seen, id",
            {"outlet": outlet, "now": now, "apart": _APART, "longest": _LONGEST},
        )
        return [address for (address,) in rows]

    def ripe(self, articles: Sequence[str]) -> list[str]:
        query = (
            "SELECT 1 FROM gone JOIN articles ON id = article "
            "WHERE article = ? AND withdrawn IS NULL AND (reason = ? OR last - first >= ?)"
        )
        run = self._database.connection.execute
        return [each for each in articles if run(query, (each, _AT_ONCE, _APART)).fetchone()]

    def withdraw(self, article: str, now: int, run_id: str | None) -> None:
        with self._database.transaction():
            outlet, url, revision, reason, first = self._database.connection.execute(
                "SELECT outlet, url, revision, reason, first FROM articles JOIN gone ON id = article WHERE id = ?",
                (article,),
            ).fetchone()
            row = {
                "id": article,
                "outlet": outlet,
                "url": url,
                "revision": revision,
                "withdrawn_at": utc_of_seconds(now),
                "gone_since": utc_of_seconds(first),
                "reason": reason,
                "run_id": run_id,
            }
            self._outbox.put_row(Shelf.WITHDRAWN, row, article=article, revision=revision)
            self._database.connection.execute("UPDATE gone SET withdrawn = ? WHERE article = ?", (now, article))

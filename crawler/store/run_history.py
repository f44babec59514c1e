"""Reports of past runs, one an outlet and run: what is usual for an outlet."""

import json
from typing import Any

from crawler.store.database import Database

_MOST = 1000
"""Reports kept of an outlet: ten days of a run every quarter of an hour."""


class SqliteRuns:
    """The reports in the store's file."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, run: str, outlet: str, ended: int, report: dict[str, Any]) -> None:
        """Keep an outlet's report of a run, and forget those of long ago; `report` is anything that JSON can hold."""
        text = json.dumps(report, ensure_ascii=False)
        with self._database.transaction():
            self._database.connection.execute(
                "INSERT OR REPLACE INTO runs (run, outlet, ended, report) VALUES (?, ?, ?, ?)",
                (run, outlet, ended, text),
            )
            oldest = "SELECT ended FROM runs WHERE outlet = ? ORDER BY ended DESC LIMIT 1 OFFSET ?"
            self._database.connection.execute(
                f"DELETE FROM runs WHERE outlet = ? AND ended <= ({oldest})", (outlet, outlet, _MOST)
            )

    def last(self, outlet: str, most: int = 30) -> list[dict[str, Any]]:
        rows = self._database.connection.execute(
            "SELECT report FROM runs WHERE outlet = ? ORDER BY ended DESC LIMIT ?", (outlet, most)
        )
        return [json.loads(report) for (report,) in rows]

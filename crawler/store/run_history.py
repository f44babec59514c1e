"""The summaries of past runs, one per outlet and run, against which a new run is compared."""

import json
from typing import Any

from crawler.store.database import Database

_MOST = 1000
"""Maximum number of summaries kept per outlet: ten days at four runs an hour."""


class RunTable:
    """The table `runs`: one row per outlet and run."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, run: str, outlet: str, ended: int, report: dict[str, Any]) -> None:
        """Store an outlet's summary of a run, and delete its oldest ones; `report` is any JSON object.

        A run that ends in the same second as another is kept in the next free second, so that the one kept last is
        the newest.
        """
        text = json.dumps(report, ensure_ascii=False)
        taken = "SELECT 1 FROM runs WHERE outlet = ? AND ended = ? AND run <> ?"
        with self._database.transaction():
            while self._database.connection.execute(taken, (outlet, ended, run)).fetchone():
                ended += 1
            self._database.connection.execute(
                "INSERT INTO runs (run, outlet, ended, report) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (outlet, ended, run) DO UPDATE SET report = excluded.report",
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

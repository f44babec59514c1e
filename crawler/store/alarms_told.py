"""The alarms that people were told of, so that each is told once, and once more when it is over."""

from collections.abc import Collection, Mapping

from crawler.store.database import Database
from crawler.store.values import Alarm


class AlarmTable:
    """The table `alarms`: one row per alarm that is not over."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def change(
        self,
        current: Mapping[tuple[str, str], str],
        now: int,
        *,
        outlets: Collection[str],
        lasting: Collection[tuple[str, str]] = (),
    ) -> tuple[list[Alarm], list[Alarm]]:
        with self._database.transaction():
            known = {(alarm.outlet, alarm.kind): alarm for alarm in self.all()}
            new = [
                Alarm(outlet=outlet, kind=kind, text=text, since=now)
                for (outlet, kind), text in current.items()
                if (outlet, kind) not in known
            ]
            ended = known.keys() - current.keys() - {*lasting}
            over = [alarm for key, alarm in known.items() if key in ended and alarm.outlet in outlets]
            self._write(new, over)
        return new, over

    def undo(self, new: Collection[Alarm], over: Collection[Alarm]) -> None:
        with self._database.transaction():
            self._write(over, new)

    def all(self) -> list[Alarm]:
        rows = self._database.connection.execute("SELECT outlet, kind, text, since FROM alarms ORDER BY outlet, kind")
        return [Alarm(outlet=outlet, kind=kind, text=text, since=since) for outlet, kind, text, since in rows]

    def _write(self, added: Collection[Alarm], removed: Collection[Alarm]) -> None:
        execute = self._database.connection.executemany
        execute("DELETE FROM alarms WHERE outlet = ? AND kind = ?", [(each.outlet, each.kind) for each in removed])
        rows = [(each.outlet, each.kind, each.text, each.since) for each in added]
        execute(
            "INSERT INTO alarms (outlet, kind, text, since) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (outlet, kind) DO UPDATE SET text = excluded.text, since = excluded.since",
            rows,
        )

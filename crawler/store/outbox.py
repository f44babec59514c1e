"""The outbox: records that wait to be delivered, each owned by the handle that queued it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crawler.clock import utc_of_seconds
from crawler.items import Article, json_line
from crawler.shelves import Shelf
from crawler.store.database import Database
from crawler.store.owner import Owner
from crawler.store.values import Delivery

SHARED = "shared"
"""The name under which the workers of shared runs queue records: whoever collects them delivers them."""
_COLUMNS = "number, shelf, article, revision, line"
_BATCH = 16
"""Records that are fetched from the outbox at a time."""


class OutboxTable:
    """The outbox of one handle on the store; one that serves another handle queues records under its name."""

    def __init__(self, database: Database, owner: Owner, *, serves: str | None = None) -> None:
        self._database = database
        self._owner = owner
        self._name = serves or owner.name

    @property
    def name(self) -> str:
        self._owner.claim()
        return self._name

    def put(self, article: Article, shelf: Shelf) -> int:
        self._owner.claim()
        line = json_line(article, errors="replace") + b"\n"
        with self._database.transaction():
            return self._database.insert(
                "INSERT INTO outbox (owner, shelf, article, revision, line) VALUES (?, ?, ?, ?, ?)",
                (self._name, shelf, article.id, article.revision, line),
            )

    def put_row(self, shelf: Shelf, row: Mapping[str, Any], *, article: str, revision: int = 0) -> None:
        self._owner.claim()
        line = f"{json.dumps(row, ensure_ascii=False)}\n".encode("utf-8", "replace")
        with self._database.transaction():
            self._database.connection.execute(
                "INSERT INTO outbox (owner, shelf, article, revision, line) VALUES (?, ?, ?, ?, ?)",
                (self._name, shelf, article, revision, line),
            )

    def put_moves(self, run_id: str | None) -> int:
        moves = "SELECT at, article, old, new, because FROM moves WHERE exported = 0 ORDER BY rowid"
        with self._database.alone():  # a story that moves meanwhile would be marked as exported
            rows = self._database.connection.execute(moves).fetchall()
            for at, article, old, new, because in rows:
                row = {"article": article, "from": old, "to": new, "moved_at": utc_of_seconds(at), "because": because}
                self.put_row(Shelf.STORY_MOVES, {**row, "run_id": run_id}, article=article)
            if rows:
                self._database.connection.execute("UPDATE moves SET exported = 1 WHERE exported = 0")
        return len(rows)

    def waiting(self, after: int = 0) -> Iterator[Delivery]:
        while True:
            rows = self._database.connection.execute(
                f"SELECT {_COLUMNS} FROM outbox WHERE owner = ? AND part IS NULL AND number > ? "
                "ORDER BY number LIMIT ?",
                (self._name, after, _BATCH),
            ).fetchall()
            for number, shelf, article, revision, line in rows:
                yield Delivery(number=number, shelf=Shelf(shelf), article=article, revision=revision, line=line)
                after = number
            if len(rows) < _BATCH:
                return

    def assign(self, part: str, numbers: Sequence[int]) -> None:
        with self._database.durably():
            self._database.connection.executemany(
                "UPDATE outbox SET part = ? WHERE number = ? AND owner = ?",
                ((part, number, self._name) for number in numbers),
            )

    def delivered(self, part: str) -> None:
        self._change("DELETE FROM outbox", part)

    def returned(self, part: str) -> None:
        self._change("UPDATE outbox SET part = NULL", part)

    def _change(self, change: str, part: str) -> None:
        with self._database.transaction():
            self._database.connection.execute(f"{change} WHERE owner = ? AND part = ?", (self._name, part))

    def open_parts(self) -> list[str]:
        rows = self._database.connection.execute(
            "SELECT DISTINCT part FROM outbox WHERE owner = ? AND part IS NOT NULL ORDER BY part", (self._name,)
        )
        return [part for (part,) in rows]

    def left_open(self) -> dict[str, int]:
        parts = "SELECT owner, part, count(*) FROM outbox WHERE part IS NOT NULL GROUP BY owner, part ORDER BY part"
        rows = self._database.connection.execute(parts).fetchall()
        return {part: count for owner, part, count in rows if not self._is_living(owner)}

    def adopt(self) -> int:
        self._owner.claim()
        with self._database.alone():
            run = self._database.connection.execute
            owners = [name for (name,) in run("SELECT DISTINCT owner FROM outbox")]
            return sum(self._take_over(name) for name in owners if not self._is_living(name))

    def collect(self) -> int:
        self._owner.claim()
        with self._database.alone():
            return self._take_over(SHARED)

    def ownerless(self) -> int:
        run = self._database.connection.execute
        counts = run("SELECT owner, count(*) FROM outbox GROUP BY owner").fetchall()
        return sum(count for name, count in counts if name == SHARED or not self._is_living(name))

    def _is_living(self, name: str) -> bool:
        return name in (self._name, SHARED) or self._owner.is_alive(name)

    def _take_over(self, name: str) -> int:
        change = "UPDATE outbox SET owner = ? WHERE owner = ?"
        return self._database.connection.execute(change, (self._name, name)).rowcount

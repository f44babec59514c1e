"""Bring a restored store up to what was exported since its copy was made, so that nothing is exported twice or lost."""

import json
from collections.abc import Hashable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from crawler.items import Article, Block, Story
from crawler.shelves import Shelf
from crawler.store.store import DatabaseStore
from crawler.stories.rows import BadRow, read_story_row
from crawler.text.parts import Credit, Dateline

_COLUMNS = "owner, shelf, article, revision, line, part"
_BECAUSE = "the store was restored from an earlier copy"


@dataclass(slots=True)
class CaughtUp:
    """What a restored store did not know, as numbers of rows."""

    rows: int = 0
    """Rows of the exports that were published after it was made."""
    delivered: int = 0
    """Rows that waited in the copy's outbox, and were exported after it was made."""
    carried: int = 0
    """Rows that wait in the outbox of the store of before."""

    def __str__(self) -> str:
        return (
            f"{self.rows} rows were published since, {self.delivered} of them waited in it; "
            f"{self.carried} rows wait that it did not have"
        )


def catch_up(
    store: DatabaseStore, before: DatabaseStore | None, delivered: Iterable[tuple[Shelf, Mapping[str, Any]]], now: int
) -> CaughtUp:
    """Enter into a restored store what was exported since, and what waits in the store of before, if it can be read.

    `delivered` are the rows of the exports that the copy may not know, records of the current schema version. `now` is
    in seconds since 1970.
    """
    work = _CatchUp(store, now)
    with store.database.durably():
        work.look_for(before)
        for shelf, row in delivered:
            work.add(shelf, row)
        work.carry_over()
        work.tell_moves()
    return work.result


@dataclass(slots=True)
class _CatchUp:
    """One restored store that is brought up to date."""

    store: DatabaseStore
    now: int
    result: CaughtUp = field(default_factory=CaughtUp)
    _waiting: dict[Hashable, list[int]] = field(default_factory=dict)
    """The numbers of the rows in the outbox, by what they say."""
    _left: dict[Hashable, tuple[Any, ...]] = field(default_factory=dict)
    """The rows in the outbox of the store of before that the restored one does not have."""
    _told: dict[str, tuple[int, str]] = field(default_factory=dict)
    """The last story that the exports give each article, after its sequence number."""
    _moves: int = 0
    """Number of the last move of a story that the copy knows."""

    def look_for(self, before: DatabaseStore | None) -> None:
        """Note what waits in the outbox of the restored store, and in that of the store of before."""
        run = self.store.database.connection.execute
        for number, shelf, line in run("SELECT number, shelf, line FROM outbox"):
            self._waiting.setdefault(_key(Shelf(shelf), json.loads(line)), []).append(number)
        (self._moves,) = run("SELECT coalesce(max(rowid), 0) FROM moves").fetchone()
        if before is not None:
            for row in before.database.connection.execute(f"SELECT {_COLUMNS} FROM outbox ORDER BY number"):
                key = _key(Shelf(row[1]), json.loads(row[4]))
                if key not in self._waiting:
                    self._left[key] = row

    def add(self, shelf: Shelf, row: Mapping[str, Any]) -> None:
        """Enter a row that was delivered: it waits no more, and the store knows what it says."""
        key, run = _key(shelf, row), self.store.database.connection.execute
        self._left.pop(key, None)
        for number in self._waiting.pop(key, ()):
            self.result.delivered += run("DELETE FROM outbox WHERE number = ?", (number,)).rowcount
        self.result.rows += 1
        self._enter(shelf, row)

    def carry_over(self) -> None:
        """Put into the outbox what waits in the store of before and was never delivered."""
        for row in self._left.values():
            self.store.database.connection.execute(f"INSERT INTO outbox ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", row)
            self.result.carried += 1
            self._enter(Shelf(row[1]), json.loads(row[4]))

    def tell_moves(self) -> None:
        """Queue a move for each article whose story is another one in the exports than in the store.

        Moves of before, which the texts cause again, are in the exports already.
        """
        run = self.store.database.connection.execute
        for article, old in run("SELECT article, old FROM moves WHERE rowid > ? ORDER BY rowid", (self._moves,)):
            self._told.setdefault(article, (0, old))
        run("DELETE FROM moves WHERE rowid > ?", (self._moves,))
        for article, (_, told) in self._told.items():
            found = run("SELECT story FROM texts WHERE id = ?", (article,)).fetchone()
            if found and found[0] != told:
                move = (self.now, article, told, found[0], _BECAUSE)
                run("INSERT INTO moves (at, article, old, new, because) VALUES (?, ?, ?, ?, ?)", move)

    def _enter(self, shelf: Shelf, row: Mapping[str, Any]) -> None:
        if shelf.has_records:
            self._enter_edition(shelf, row)
        elif shelf is Shelf.WITHDRAWN:
            self._enter_withdrawal(row)
        elif shelf is Shelf.STORY_MOVES:
            self._tell(row["article"], row, row["to"])
            move = "UPDATE moves SET exported = 1 WHERE article = ? AND old = ? AND new = ?"
            self.store.database.connection.execute(move, (row["article"], row["from"], row["to"]))

    def _enter_edition(self, shelf: Shelf, row: Mapping[str, Any]) -> None:
        article, kept = _article(row), self.store.articles.kept(row["id"])
        if article.story is not None:
            self._tell(article.id, row, article.story.id)
        if kept is not None and kept.revision >= article.revision:
            return
        at = self._seconds(row["fetched_at"] if kept else row.get("first_seen_at") or row["fetched_at"])
        with suppress(BadRow):  # of another program: it is known, and in no story
            text = read_story_row(row)
            if kept is not None:
                self.store.storybook.revise(text, at)
            else:
                related = self.store.storybook.add(text, at)[1]
                if related.is_copy and article.story and article.story.relation in ("exact", "wire-copy"):
                    shelf = Shelf.COPIES  # EXPORT_TOGETHER puts copies among the articles
                is_copy = "UPDATE texts SET is_copy = ? WHERE id = ?"
                self.store.database.connection.execute(is_copy, (shelf is Shelf.COPIES, article.id))
        self.store.articles.write(article, at, shelf)
        self.store.addresses.record_outcome(article.id, "written", at)
        self.store.withdrawals.came_back(article.id)

    def _enter_withdrawal(self, row: Mapping[str, Any]) -> None:
        kept = self.store.articles.kept(row["id"])
        if kept is None or kept.revision > row["revision"]:  # it came back
            return
        withdrawn, first = (self._seconds(row[name]) for name in ("withdrawn_at", "gone_since"))
        self.store.database.connection.execute(
            "INSERT INTO gone (article, reason, first, last, withdrawn) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (article) DO UPDATE SET last = excluded.last, withdrawn = excluded.withdrawn",
            (row["id"], row["reason"], first, withdrawn, withdrawn),
        )

    def _tell(self, article: str, row: Mapping[str, Any], story: str) -> None:
        self._told[article] = max(self._told.get(article, (0, "")), (row.get("sequence") or 0, story))

    def _seconds(self, text: str | None) -> int:
        return int(datetime.fromisoformat(text).timestamp()) if text else self.now


def _key(shelf: Shelf, row: Mapping[str, Any]) -> Hashable:
    """Return what a row says, whatever file it is in: no two rows of the exports say the same."""
    names = ["id", "revision", "run_id"] if shelf.has_records else ["id", "revision", "withdrawn_at"]
    if shelf is Shelf.STORY_MOVES:
        names = ["article", "from", "to", "moved_at"]
    return (shelf.has_records or shelf, *(row.get(name) for name in names))


def _article(row: Mapping[str, Any]) -> Article:
    """Return the parts of a record that the store keeps."""
    dateline, story = row["dateline"], row["story"]
    return Article(
        id=row["id"],
        outlet=row["outlet"],
        url=row["url"],
        headline=row["headline"],
        deck=row["deck"],
        body=[Block(kind=block["kind"], text=block["text"]) for block in row["body"]],
        dateline=Dateline(raw=dateline["raw"], places=()) if dateline else None,
        credits=[Credit(**credit) for credit in row["credits"]],
        revision=row["revision"],
        story=Story(id=story["id"], relation=story["relation"]) if story else None,
    )

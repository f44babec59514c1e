"""The stories that articles tell, as they arrive; kept in the store's file."""

from collections.abc import Sequence

from crawler.store.database import Database
from crawler.store.texts import SqliteIndex
from crawler.stories.relation import ORIGINAL, Related, count_outlets, original_of, relate
from crawler.stories.stories import Moved, Stories, story_id
from crawler.stories.text import Text


class SqliteStorybook:
    """Stories over the texts of a window."""

    def __init__(self, database: Database, *, window_days: float) -> None:
        self._database = database
        self._index = SqliteIndex(database)
        self._window_days = window_days
        self._stories = Stories(self._index, window_days=window_days)

    def tell(self, text: Text, now: int) -> tuple[str, Related]:
        """Place a text; return its story, and what it is to the article that was delivered for that story."""
        with self._database.transaction():
            placed = self._stories.add(text)
            members = [self._index[id] for id in placed.members]
            related = self._related(text, members)
            self._database.connection.execute(
                "UPDATE texts SET seen = ?, is_copy = ? WHERE id = ?", (now, related.of is not None, text.id)
            )
            self._note_moves(placed.moved, text, now)
            self._note_story(placed.story, [text, *members])
        return placed.story, related

    def _related(self, text: Text, members: Sequence[Text]) -> Related:
        if not members:
            return ORIGINAL
        delivered = [member for member in members if not self._is_copy(member.id)]
        return relate(text, original_of(delivered or members), members, window_days=self._window_days)

    def _is_copy(self, id: str) -> bool:
        row = self._database.connection.execute("SELECT is_copy FROM texts WHERE id = ?", (id,)).fetchone()
        return bool(row and row[0])

    def _note_story(self, story: str, members: Sequence[Text]) -> None:
        original = original_of(members)
        newsrooms, reprints = count_outlets(members, original)
        self._database.connection.execute(
            "INSERT OR REPLACE INTO stories VALUES (?, ?, ?, ?, ?)",
            (story, original.id, len(members), newsrooms, reprints),
        )

    def _note_moves(self, moved: Sequence[Moved], text: Text, now: int) -> None:
        run = self._database.connection
        for move in moved:
            because = f"{text.id} arrived"
            if move.new == story_id(text):
                because += ", the earliest of its story"
            run.execute("INSERT INTO moves VALUES (?, ?, ?, ?, ?)", (now, move.id, move.old, move.new, because))
            run.execute(
                "DELETE FROM stories WHERE id = ? AND NOT EXISTS (SELECT 1 FROM texts WHERE story = ?)",
                (move.old, move.old),
            )

    def forget_before(self, seen: int) -> int:
        """Forget the texts that arrived before a moment; their stories stay. Return how many."""
        rows = self._database.connection.execute("SELECT id FROM texts WHERE seen < ?", (seen,)).fetchall()
        with self._database.transaction():
            for (id,) in rows:
                self._index.remove(id)
        return len(rows)

    def forget(self, id: str) -> None:
        """Forget one text."""
        self._index.remove(id)

"""Cluster articles into stories as they arrive, in the store's database."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from crawler.store.database import Database
from crawler.store.story_index import IndexTables
from crawler.stories.relation import ORIGINAL, RelationToOriginal, count_outlets, original_of, relate_to
from crawler.stories.stories import Moved, Stories, story_id
from crawler.stories.text import Text

_NOTE = (
    "INSERT INTO stories (id, original, articles, newsrooms, reprints) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (id) DO UPDATE SET original = excluded.original, articles = excluded.articles, "
    "newsrooms = excluded.newsrooms, reprints = excluded.reprints"
)
_MOVE = "INSERT INTO moves (at, article, old, new, because) VALUES (?, ?, ?, ?, ?)"
_DROP = "DELETE FROM stories WHERE id = ? AND NOT EXISTS (SELECT 1 FROM texts WHERE story = ?)"

_STORIES_AT_ONCE = 10_000
"""Stories whose texts are forgotten in one transaction, in which no other process is alone: seconds on a server. Each
searches all marks of the weeks of its texts; and SQLite takes 32,766 parameters, these twice."""


class StoryTables:
    """The tables `stories` and `moves`; `window_days` is how far apart two texts of one story may be published."""

    def __init__(self, database: Database, *, window_days: float) -> None:
        self._database = database
        self._window_days = window_days

    def add(self, text: Text, now: int) -> tuple[str, RelationToOriginal]:
        """Add a text; return the id of its story, and its relation to the article delivered for that story.

        A text without a time counts as published now.
        """
        text = text if text.published is not None else replace(text, published=now)
        with self._database.alone():
            change = _Change(self._database, self._window_days)
            answer = change.add(text, now)
            change.index.write()
        return answer

    def twin(self, id: str) -> str | None:
        row = self._database.connection.execute(
            "SELECT twin.id FROM texts AS own JOIN links ON one = own.number JOIN texts AS twin ON other = twin.number "
            "WHERE own.id = ? AND twin.digest = own.digest AND twin.outlet = own.outlet ORDER BY twin.number LIMIT 1",
            (id,),
        ).fetchone()
        return str(row[0]) if row else None

    def revise(self, text: Text, now: int) -> str | None:
        """Replace a text with its new edition, which keeps the old time; return the id of its story.

        Return None for a text that was forgotten; it is not added again.
        """
        with self._database.alone():
            change = _Change(self._database, self._window_days)
            if text.id not in change.index:
                return None
            change.revise(replace(text, published=change.index[text.id].published), now)
            change.index.write()
            return change.index.story(text.id)

    def forget_before(self, seen: int) -> int:
        """Delete the texts of stories that no text has joined since `seen`, but keep the counts of these stories.

        Return the number of deleted texts. A story that a text has joined since keeps all its texts, and thus its id.
        Others that work in the store get their turn after some thousand stories.
        """
        goes_on = "EXISTS (SELECT 1 FROM texts AS later WHERE later.story = texts.story AND later.seen >= ?)"
        ended = f"SELECT DISTINCT story FROM texts WHERE seen < ? AND NOT {goes_on} LIMIT {_STORIES_AT_ONCE}"
        forgotten = 0
        while stories := [story for (story,) in self._database.connection.execute(ended, (seen, seen)).fetchall()]:
            those = f"story IN ({', '.join('?' * len(stories))}) AND NOT {goes_on}"
            with self._database.alone():
                forgotten += IndexTables(self._database).remove_where(those, (*stories, seen))
        return forgotten

    def forget(self, id: str) -> None:
        """Delete one text as if it had never arrived, and its story if it was the only text of it."""
        with self._database.alone():
            change = _Change(self._database, self._window_days)
            change.forget(id)
            change.index.write()


class _Change:
    """One change of the stories."""

    def __init__(self, database: Database, window_days: float) -> None:
        self.index = IndexTables(database)
        self._window_days = window_days
        self._stories = Stories(self.index, window_days=window_days)

    def add(self, text: Text, now: int) -> tuple[str, RelationToOriginal]:
        self.index.look_around(text, self._stories.reach)
        placed = self._stories.add(text)
        members = [self.index[text_id] for text_id in placed.members]
        related = self._related(text, members)
        self.index.note(text.id, seen=now, is_copy=related.is_copy)
        self._note_moves(placed.moved, text, now)
        self._note_story(placed.story, [text, *members])
        self._count_again({story for move in placed.moved for story in (move.old, move.new)} - {placed.story})
        return placed.story, related

    def revise(self, text: Text, now: int) -> None:
        before = self.index.placed(text.id)
        linked = sorted(self.index.links(text.id))
        self.index.remove(text.id)
        apart = self._stories.place_again(linked)
        placed = self._stories.add(text)
        self.index.note(text.id, seen=before.seen, is_copy=bool(before.is_copy))
        own = [Moved(id=text.id, old=before.story, new=placed.story)] if placed.story != before.story else []
        moved = [*own, *apart, *placed.moved]
        self._note_moves(moved, text, now, "was revised")
        self._count_again({before.story, placed.story, *(story for move in moved for story in (move.old, move.new))})

    def forget(self, id: str) -> None:
        story = self.index.story(id)
        self.index.remove(id)
        if story is not None:
            self._count_again([story])
            self.index.later(_DROP, [(story, story)])

    def _count_again(self, stories: Iterable[str]) -> None:
        """Count the texts of stories whose texts have changed; stories without a text keep their counts."""
        for story in sorted(stories):
            members = self.index.members(story)
            if members:
                self._note_story(story, [self.index[text_id] for text_id in members])

    def _related(self, text: Text, members: Sequence[Text]) -> RelationToOriginal:
        if not members:
            return ORIGINAL
        delivered = [member for member in members if not self.index.placed(member.id).is_copy]
        if not delivered:  # the original of the copies was forgotten: this text is delivered instead
            return ORIGINAL
        return relate_to(delivered, text, members, window_days=self._window_days)

    def _note_story(self, story: str, members: Sequence[Text]) -> None:
        original = original_of(members)
        newsrooms, reprints = count_outlets(members, original)
        self.index.later(_NOTE, [(story, original.id, len(members), newsrooms, reprints)])

    def _note_moves(self, moved: Sequence[Moved], text: Text, now: int, what: str = "arrived") -> None:
        for move in moved:
            because = f"{text.id} {what}"
            if move.new == story_id(text):
                because += ", the earliest of its story"
            self.index.later(_MOVE, [(now, move.id, move.old, move.new, because)])
            self.index.later(_DROP, [(move.old, move.old)])

"""Which line of which part holds the last edition of each article, whether it is withdrawn, and its story by now.

The tables lie in a temporary file that SQLite deletes itself, so that RAM does not grow with the articles: the ids of a
million of them alone would take 100 MB.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_CACHE = "PRAGMA cache_size = -32768"  # KiB
_TABLES = """
CREATE TABLE editions (
    id TEXT PRIMARY KEY,
    sequence INTEGER NOT NULL,     -- of the last edition; 0 for a row without a number, which is older
    revision INTEGER NOT NULL,
    part INTEGER NOT NULL,         -- number of the part that holds the last edition, and of its line there
    line INTEGER NOT NULL,
    is_taken INTEGER NOT NULL,     -- whether the last edition is selected
    story TEXT,
    is_original INTEGER NOT NULL,  -- whether one of the editions was the original of its story
    first INTEGER NOT NULL,        -- the order in which first editions were read
    changed INTEGER NOT NULL,      -- sequence of the last edition, withdrawal or move
    is_new INTEGER NOT NULL,       -- whether one of these is new
    withdrawn_at TEXT
) WITHOUT ROWID;
CREATE TABLE withdrawals (
    id TEXT PRIMARY KEY, sequence INTEGER NOT NULL, revision INTEGER NOT NULL, at TEXT NOT NULL, is_new INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE moves (
    id TEXT NOT NULL, sequence INTEGER NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL, is_new INTEGER NOT NULL
);
"""
_ADD = """
INSERT INTO editions VALUES (
    :id, :sequence, :revision, :part, :line, :is_taken, :story, :is_original, :first, :sequence, :is_new, NULL
)
ON CONFLICT (id) DO UPDATE SET
    sequence = :sequence, revision = :revision, part = :part, line = :line, is_taken = :is_taken, story = :story,
    is_original = is_original OR :is_original, changed = :sequence, is_new = is_new OR :is_new
WHERE (:sequence, :revision) >= (sequence, revision)
"""
_ADD_WITHDRAWAL = """
INSERT INTO withdrawals VALUES (:id, :sequence, :revision, :at, :is_new)
ON CONFLICT (id) DO UPDATE SET sequence = :sequence, revision = :revision, at = :at, is_new = :is_new
WHERE (:sequence, :revision) >= (sequence, revision)
"""
_WITHDRAW = """
UPDATE editions SET
    withdrawn_at = withdrawals.at,
    changed = max(changed, withdrawals.sequence),
    is_new = editions.is_new OR withdrawals.is_new
FROM withdrawals
WHERE withdrawals.id = editions.id
    AND (withdrawals.sequence, withdrawals.revision) >= (editions.sequence, editions.revision)
"""
_MOVE = """
UPDATE editions SET story = :new, changed = max(changed, :sequence), is_new = is_new OR :is_new
WHERE id = :id AND CASE WHEN :sequence THEN :sequence > sequence AND story IS NOT NULL ELSE story = :old END
"""
_WANTED = """
SELECT id FROM withdrawals UNION SELECT id FROM moves EXCEPT SELECT id FROM editions
"""
_RENEW = """
UPDATE editions SET is_new = 1
WHERE story IN (SELECT story FROM editions WHERE is_new AND withdrawn_at IS NOT NULL)
"""
_FOLD = """
UPDATE editions SET is_taken = 0
WHERE id IN (
    SELECT id FROM (
        SELECT id, row_number() OVER (PARTITION BY coalesce(story, id) ORDER BY is_original DESC, first) AS place
        FROM editions WHERE is_taken AND withdrawn_at IS NULL
    )
    WHERE place > 1
)
"""
_TAKEN = """
SELECT line, changed, story, withdrawn_at FROM editions
WHERE part = ? AND is_taken AND is_new AND (withdrawn_at IS NULL OR ?) ORDER BY line
"""


@dataclass(frozen=True, slots=True)
class LastEdition:
    """The line of an article's last edition, and what later rows say about the article."""

    line: int
    sequence: int | None
    """Of the last row that says something about the article: its edition, withdrawal or move; None without numbers."""
    story: str | None
    """Identifier of the story to which it belongs by now."""
    withdrawn_at: str | None


class LastEditions:
    """The last edition of each article among rows that are added in the order of their publication."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")  # a temporary file
        self._database.execute(_CACHE)
        self._database.executescript(_TABLES)

    def add(self, record: dict[str, Any], *, part: int, line: int, is_taken: bool, is_new: bool) -> None:
        """Add an edition, which is on a line of a part."""
        story = record["story"] or {}
        values = {
            "id": record["id"],
            "sequence": record.get("sequence") or 0,
            "revision": record["revision"],
            "part": part,
            "line": line,
            "is_taken": is_taken,
            "story": story.get("id"),
            "is_original": story.get("relation") == "original",
            "first": part << 40 | line,
            "is_new": is_new,
        }
        self._database.execute(_ADD, values)

    def withdraw(self, row: dict[str, Any], *, is_new: bool) -> None:
        """Add a row of `withdrawn.jsonl`."""
        values = {
            "id": row["id"],
            "sequence": row.get("sequence") or 0,
            "revision": row["revision"],
            "at": row["withdrawn_at"],
            "is_new": is_new,
        }
        self._database.execute(_ADD_WITHDRAWAL, values)

    def move(self, row: dict[str, Any], *, is_new: bool) -> None:
        """Add a row of `story-moves.jsonl`."""
        values = row["article"], row.get("sequence") or 0, row["from"], row["to"], is_new
        self._database.execute("INSERT INTO moves VALUES (?, ?, ?, ?, ?)", values)

    def apply(self, *, one_per_story: bool) -> None:
        """Apply withdrawals and moves; with `one_per_story`, leave one article of each story, if possible its original.

        The article that takes the place of a withdrawn one counts as new.
        """
        self._database.execute(_WITHDRAW)
        names = ("id", "sequence", "old", "new", "is_new")
        moves = self._database.execute(f"SELECT {', '.join(names)} FROM moves ORDER BY sequence, rowid")
        for move in moves:
            self._database.execute(_MOVE, dict(zip(names, move, strict=True)))
        if one_per_story:
            self._database.execute(_RENEW)
            self._database.execute(_FOLD)
        self._database.execute("CREATE INDEX editions_part ON editions (part, line)")

    def wanted(self) -> set[str]:
        """Return the ids of withdrawn or moved articles of which no edition was added."""
        return {article for (article,) in self._database.execute(_WANTED)}

    def lowest(self) -> int:
        """Return the lowest sequence number of a last edition."""
        (number,) = self._database.execute("SELECT coalesce(min(sequence), 0) FROM editions").fetchone()
        return int(number)

    def close(self) -> None:
        """Delete the temporary file."""
        self._database.close()

    def taken(self, part: int, *, with_withdrawn: bool) -> Iterator[LastEdition]:
        """Yield the last editions in a part that are selected and new, in the order of its lines."""
        for line, changed, story, withdrawn_at in self._database.execute(_TAKEN, (part, with_withdrawn)):
            yield LastEdition(line, changed or None, story, withdrawn_at)

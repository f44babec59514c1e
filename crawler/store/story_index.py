"""The index of stories in a database: it needs little RAM for any number of texts, and lasts from run to run."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from crawler.store.database import Connection, Database
from crawler.store.story_rows import (
    TEXT,
    IndexedText,
    Near,
    PeriodMark,
    around,
    columns_of_text,
    marks_of,
    period_of_text,
    read_counts,
    read_indexed,
    read_links,
    read_near,
    read_sharing,
)
from crawler.stories.clusters import is_link
from crawler.stories.density import COMMON, PERIOD_SECONDS, SPAN, TEXTS, growth
from crawler.stories.index import Changed, Linked, LinkScore, enough
from crawler.stories.text import Text

_INSERT = f"INSERT INTO texts (number, story, is_copy, seen, {TEXT}) VALUES ({', '.join('?' * 16)})"
_HOLD = "INSERT INTO periods VALUES (?, 1) ON CONFLICT (period) DO UPDATE SET texts = periods.texts + 1"
_MOST = 8
"""The rows of marks that are read at once are at most this many times `common`; more are counted in the database."""


class IndexTables:
    """The tables `texts`, `marks`, `links` and `periods`, as one change of the stories sees them.

    Each row is read once, together with others that are needed with it, and what is changed waits for `write`: so a
    change takes few statements. Make an index for each change, within a transaction that is `alone`. Each text must
    have a time of publication.
    """

    def __init__(self, database: Database, *, common: int = COMMON, texts: int = TEXTS) -> None:
        self._database = database
        self._common = common
        self._normal = texts
        self._writes: list[tuple[str, Sequence[Sequence[object]]]] = []
        self._unwritten: dict[str, IndexedText] = {}
        self._forget()

    def _forget(self) -> None:
        """Forget what was read."""
        self._placed: dict[str, IndexedText] = {}
        self._ids: dict[int, str] = {}
        self._members: dict[str, list[str]] = {}
        self._linked: dict[str, Linked] = {}
        self._near: tuple[str, Near] | None = None

    def write(self) -> None:
        """Write what was changed, all together."""
        rows = [
            (placed.number, placed.story, placed.is_copy, placed.seen, *columns_of_text(placed.text))
            for placed in self._unwritten.values()
            if placed.text
        ]
        writes = [(_INSERT, rows), *self._writes]
        self._unwritten, self._writes = {}, []
        self._database.run_all([(sql, each) for sql, each in writes if each])

    def later(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Let `write` run a statement once for each row."""
        self._writes.append((sql, rows))

    @property
    def _connection(self) -> Connection:
        """Return the connection, for a statement that must see what was changed."""
        if self._writes or self._unwritten:
            self.write()
        return self._database.connection

    # What is known of a text

    def __contains__(self, id: str) -> bool:
        if id not in self._placed and not (self._near and self._near[0] == id and self._near[1].is_new):
            self._keep(read_indexed(self._connection, "id", [id]))
        return id in self._placed

    def __getitem__(self, id: str) -> Text:
        if id not in self:
            raise KeyError(id)
        if self._placed[id].text is None:
            self._keep(read_indexed(self._connection, "id", [id]))
        text = self._placed[id].text
        assert text is not None
        return text

    def placed(self, id: str) -> IndexedText:
        """Return a text of the index with its place; raise KeyError if there is none."""
        self[id]
        return self._placed[id]

    def note(self, id: str, *, seen: int, is_copy: bool) -> None:
        """Store when a text was seen, and whether it is a copy."""
        placed = self.placed(id)
        placed.is_copy, placed.seen = int(is_copy), seen
        if id not in self._unwritten:
            query = "UPDATE texts SET seen = ?, is_copy = ? WHERE number = ?"
            self.later(query, [(seen, placed.is_copy, placed.number)])

    def _keep(self, read: Iterable[IndexedText]) -> list[IndexedText]:
        """Keep texts that were read, unless they are known; return them as they are known."""
        found = []
        for placed in read:
            assert placed.text is not None
            known = self._placed.setdefault(placed.text.id, placed)
            known.text = known.text or placed.text
            self._ids[placed.number] = placed.text.id
            found.append(known)
        return found

    # Texts that share marks

    def look_around(self, text: Text, reach: int) -> None:
        """Read what a text's search and its addition need: one statement, after which it is known to be new or not."""
        self._near = text.id, read_near(self._connection, text, max(reach, SPAN) + SPAN, _MOST * self._common)
        near, own = self._near[1], period_of_text(text)
        if near.is_new:
            self._members.setdefault(f"story-{text.id}", [])
        if not near.is_whole:
            most = 2 * max(self._limit(near.held, period) for period in around(own, max(reach, SPAN))) + 2
            near.counts = read_counts(self._connection, around(own, max(reach, SPAN) + SPAN), text.marks, most)

    def _near_of(self, text: Text, reach: int) -> Near:
        if self._near is None or self._near[0] != text.id:
            self.look_around(text, reach)
        assert self._near is not None
        return self._near[1]

    def found(self, text: Text, reach: int) -> list[Text]:
        """Return the candidates to compare a text with: they share enough marks, at most `reach` periods away."""
        near, own = self._near_of(text, reach), period_of_text(text)
        rare = self._rare(near, own, reach)
        if not near.is_whole:
            placed = self._keep(read_sharing(self._connection, sorted(rare), is_short=text.is_short)) if rare else []
        else:
            shared: dict[int, int] = {}
            for period, mark, entry in near.entries:
                if (period, mark) in rare:
                    shared[entry] = shared.get(entry, 0) + 1
            placed = self._numbered(enough(shared, text.is_short))
        return [each.text for each in placed if each.text is not None]

    def _rare(self, near: Near, own: int, reach: int) -> Collection[PeriodMark]:
        """Return each period and mark that a search may use: it is no boilerplate there, nor in a text's own period."""
        pairs = [pair for pair in near.counts if near.counts[pair] and abs(pair[0] - own) <= reach]
        if near.is_whole and len(near.entries) <= self._common:  # so few that no mark is boilerplate anywhere near
            return set(pairs)
        limits = {period: self._limit(near.held, period) for period in around(own, reach)}
        return {
            (period, mark)
            for period, mark in pairs
            if near.span(own, mark) <= limits[own] and near.span(period, mark) <= limits[period]
        }

    def _numbered(self, numbers: Sequence[int]) -> list[IndexedText]:
        """Return the texts with some numbers."""
        missing = [number for number in numbers if number not in self._ids]
        if missing:
            self._keep(read_indexed(self._connection, "number", missing))
        return [self._placed[self._ids[number]] for number in numbers if number in self._ids]

    def _limit(self, held: Mapping[int, int], period: int) -> int:
        return self._common * self._growth(held, period)

    def _growth(self, held: Mapping[int, int], period: int) -> int:
        return growth(sum(held.get(near, 0) for near in around(period, SPAN)), normal=self._normal)

    def growth(self, text: Text) -> int:
        """Return the factor by which the texts around a text raise the limits on marks and stories; 1 for few texts."""
        period = period_of_text(text)
        return self._growth(self._held(period), period)

    def _held(self, period: int) -> dict[int, int]:
        """Return how many texts came in each period of a span."""
        query = "SELECT period, texts FROM periods WHERE period BETWEEN ? AND ?"
        return dict(self._connection.execute(query, (period - SPAN, period + SPAN)).fetchall())

    def large(self, texts: int) -> list[str]:
        """Return the stories with at least this number of texts."""
        query = "SELECT story FROM texts GROUP BY story HAVING count(*) >= ?"
        return [story for (story,) in self._connection.execute(query, (texts,)) if story]

    # A new text

    def add(self, text: Text, links: Linked) -> Changed:
        """Store a text with its links; return what this changes for the search for others."""
        near, own = self._near_of(text, SPAN), period_of_text(text)
        self._read_stories({self._story(other) for other, link in links.items() if is_link(*link)})
        placed = self._placed[text.id] = IndexedText(near.last + 1, "", text=text)
        self._ids[placed.number] = text.id
        self._unwritten[text.id] = placed
        entry = placed.number * 2 + text.is_short
        self.later("INSERT INTO marks VALUES (?, ?, ?)", [(own, mark, entry) for mark in sorted(text.marks)])
        self._linked[text.id] = {}
        for other, link in links.items():
            self.link(text.id, other, link)
        self.later(_HOLD, [(own,)])
        self._near = None
        held = {**near.held, own: near.held.get(own, 0) + 1}
        grown = {
            period: self._limit(near.held, period)
            for period in around(own, SPAN)
            if self._growth(held, period) > self._growth(near.held, period)
        }
        return Changed(
            loosened=self._marked(self._loosened(text.marks, own, near, held)),
            restored=self._marked(self._restored(grown, held)),
            has_grown=bool(grown),
        )

    def _loosened(self, marks: Sequence[int], own: int, near: Near, held: Mapping[int, int]) -> Iterator[int]:
        """Yield the entries of the marks that a newly added text has made boilerplate in some period.

        `near` is from before it was added, `held` counts it.
        """
        if near.is_whole and len(near.entries) + len(marks) <= self._common:
            return
        for period in around(own, SPAN):
            limit = self._limit(held, period)
            for mark in marks:
                if near.span(period, mark) == limit:
                    yield from self._carriers(mark, period)

    def _restored(self, grown: Mapping[int, int], held: Mapping[int, int]) -> Iterator[int]:
        """Yield the entries of marks that are no longer boilerplate, in periods whose limit has grown."""
        query = "SELECT mark FROM marks WHERE period IN (?, ?, ?) GROUP BY mark HAVING count(*) BETWEEN ? AND ?"
        for period, limit in grown.items():
            between = (*around(period, SPAN), limit + 1, self._limit(held, period))
            for (mark,) in self._connection.execute(query, between).fetchall():
                yield from self._carriers(mark, period)

    def _carriers(self, mark: int, period: int) -> list[int]:
        query = "SELECT entry FROM marks WHERE period = ? AND mark = ?"
        return [entry for (entry,) in self._connection.execute(query, (period, mark))]

    def _marked(self, entries: Iterable[int]) -> list[Text]:
        """Return the texts that index entries belong to, with their marks."""
        numbers = sorted({entry >> 1 for entry in entries})
        return [replace(each.text, marks=marks_of(each.text)) for each in self._numbered(numbers) if each.text]

    # Links and stories

    def links(self, id: str) -> Linked:
        """Return, by the id of each linked text, the similarity and the threshold that it was compared with."""
        if id not in self._linked:
            story = self._story(id)
            (self._read_links if story in self._members else self._read_stories)({story})
        return self._linked[id]

    def link(self, one: str, other: str, link: LinkScore) -> None:
        """Store the link between two texts."""
        for own, twin in ((one, other), (other, one)):
            if own in self._linked:
                self._linked[own][twin] = link
        both = self._number(one), self._number(other)
        self.later("INSERT INTO links VALUES (?, ?, ?, ?)", [(*both, *link), (*both[::-1], *link)])

    def unlink(self, one: str, other: str) -> None:
        """Delete the link between two texts."""
        for own, twin in ((one, other), (other, one)):
            if own in self._linked:
                self._linked[own].pop(twin, None)
        both = self._number(one), self._number(other)
        self.later("DELETE FROM links WHERE one = ? AND other = ?", [both, both[::-1]])

    def _number(self, id: str) -> int:
        if id not in self:
            raise KeyError(id)
        return self._placed[id].number

    def story(self, id: str) -> str | None:
        """Return the id of a text's story, or None if the text was not placed yet."""
        return self._placed[id].story or None if id in self else None

    def _story(self, id: str) -> str:
        return self.story(id) or ""

    def members(self, story: str) -> Collection[str]:
        """Return the ids of the texts of a story."""
        if story not in self._members:
            self._read_stories({story})
        return self._members[story]

    def _read_stories(self, stories: set[str]) -> None:
        """Read all texts of some stories, and then their links: a statement each."""
        missing = sorted(stories - self._members.keys())
        if not missing:
            return
        members: dict[str, list[str]] = {story: [] for story in missing}
        for placed in self._keep(read_indexed(self._connection, "story", missing)):
            assert placed.text is not None
            members[placed.story].append(placed.text.id)
        self._members.update(members)
        self._read_links(set(missing))

    def _read_links(self, stories: set[str]) -> None:
        """Read the links of the texts of some stories."""
        linked: dict[str, Linked] = {}
        for story in stories:
            linked.update({text_id: {} for text_id in self.members(story)})
        for own, other, number, story, link in read_links(self._connection, sorted(stories)):
            linked[own][other] = link
            self._placed.setdefault(other, IndexedText(number, story))
        self._linked.update(linked)

    def place(self, ids: Iterable[str], story: str) -> None:
        """Set the story of texts."""
        moved = []
        for text_id in ids:
            placed = self._placed[text_id]
            if text_id in self._members.get(placed.story, ()):
                self._members[placed.story].remove(text_id)
            placed.story = story
            if story in self._members:
                self._members[story].append(text_id)
            if text_id not in self._unwritten:
                moved.append((story, placed.number))
        self.later("UPDATE texts SET story = ? WHERE number = ?", moved)

    # Deletion

    def remove(self, id: str) -> None:
        """Delete a text, its marks and its links."""
        if id not in self:
            return
        text = self[id]
        entry = "entry >> 1 = (SELECT number FROM texts WHERE id = ?)"
        query = f"DELETE FROM marks WHERE period = ? AND mark = ? AND {entry}"
        self._connection.executemany(query, [(period_of_text(text), mark, id) for mark in marks_of(text)])
        self._remove_unmarked("id = ?", (id,))

    def remove_where(self, condition: str, values: Sequence[object]) -> int:
        """Delete the texts that meet a condition, with their marks and links; return their number.

        One statement a table does it: the marks are searched for in the periods of these texts alone.
        """
        gone = f"FROM texts WHERE {condition}"
        marks = f"period IN (SELECT published / {PERIOD_SECONDS} {gone}) AND entry >> 1 IN (SELECT number {gone})"
        self._connection.execute(f"DELETE FROM marks WHERE {marks}", (*values, *values))
        return self._remove_unmarked(condition, values)

    def _remove_unmarked(self, condition: str, values: Sequence[object]) -> int:
        """Delete the texts that meet a condition, and their links, which stand in the table both ways."""
        self._forget()
        run = self._connection.execute
        gone = f"one IN (SELECT number FROM texts WHERE {condition})"
        run(f"DELETE FROM links WHERE (one, other) IN (SELECT other, one FROM links WHERE {gone})", values)
        run(f"DELETE FROM links WHERE {gone}", values)
        return run(f"DELETE FROM texts WHERE {condition}", values).rowcount

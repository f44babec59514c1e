"""Rows of the story index: what one statement reads of the texts around another one, and texts as rows."""

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crawler.store.database import Connection
from crawler.stories.density import SPAN, period_of
from crawler.stories.index import LinkScore
from crawler.stories.text import Text, sample

TEXT = "id, outlet, published, agencies, places, dated, by_agency, digest, weight, shingles, words, figures"
_PLACED = f"SELECT number, story, is_copy, seen, {TEXT} FROM texts WHERE"
_MARKED = """
SELECT 'held', period, texts, 0 FROM periods WHERE period BETWEEN ? AND ?
UNION ALL SELECT 'last', coalesce(max(number), 0), 0, 0 FROM texts
UNION ALL SELECT 'same', number, 0, 0 FROM texts WHERE id = ? OR story = ?
UNION ALL SELECT * FROM (
    SELECT 'mark', period, mark, entry FROM marks WHERE period IN ({periods}) AND mark IN ({marks}) LIMIT ?
) AS marked
"""
_COUNTED = """
WITH wanted(period, mark) AS (VALUES {pairs})
SELECT period, mark, (
    SELECT count(*) FROM (
        SELECT 1 FROM marks WHERE marks.period = wanted.period AND marks.mark = wanted.mark LIMIT ?
    ) AS found
) FROM wanted
"""
_SHARING = """
number IN (
    SELECT entry >> 1 FROM marks WHERE (period, mark) IN (VALUES {pairs})
    GROUP BY entry HAVING count(*) > ? OR entry & 1 = 1
)
"""
_LINKED = """
SELECT own.id, twin.id, twin.number, twin.story, similarity, needed
FROM texts AS own JOIN links ON one = own.number JOIN texts AS twin ON twin.number = other
WHERE own.story IN ({stories})
"""


@dataclass(slots=True)
class IndexedText:
    """A text of the index, with its number and its story."""

    number: int
    story: str
    """Empty as long as it has none."""
    is_copy: int = 0
    seen: int = 0
    text: Text | None = None
    """None as long as only its place is known."""


PeriodMark = tuple[int, int]
"""A period and a mark."""


@dataclass(slots=True, kw_only=True)
class Near:
    """The marks of a text in the periods around it."""

    held: Mapping[int, int]
    """How many texts came in each period."""
    last: int
    """The highest number of a text."""
    is_new: bool
    """Whether there is no text of this id, and none in a story that is named after it."""
    entries: Sequence[tuple[int, int, int]]
    """Period, mark and entry of each row; incomplete if there are too many."""
    is_whole: bool
    counts: Mapping[PeriodMark, int] = field(default_factory=dict)
    """How many texts of a period have a mark."""

    def span(self, period: int, mark: int) -> int:
        """Return how many texts of a period's span have a mark."""
        return sum([self.counts.get((near, mark), 0) for near in around(period, SPAN)])


def read_near(connection: Connection, text: Text, reach: int, most: int) -> Near:
    """Return the marks of a text within reach; `most` is the number of rows above which they count as too many."""
    periods = around(period_of_text(text), reach)
    query = _MARKED.format(periods=_holes(periods), marks=_holes(text.marks))
    values = (periods[0], periods[-1], text.id, f"story-{text.id}", *periods, *text.marks, most + 1)
    rows: dict[str, list[tuple[int, int, int]]] = {"held": [], "last": [], "same": [], "mark": []}
    for kind, *row in connection.execute(query, values):
        rows[kind].append(tuple(row))
    entries = rows["mark"]
    return Near(
        held={period: texts for period, texts, _ in rows["held"]},
        last=rows["last"][0][0],
        is_new=not rows["same"],
        entries=entries,
        is_whole=len(entries) <= most,
        counts=Counter([(period, mark) for period, mark, _ in entries]),
    )


def read_counts(
    connection: Connection, periods: Sequence[int], marks: Sequence[int], most: int
) -> dict[PeriodMark, int]:
    """Return how many texts have each mark in each period; a count stops at `most`."""
    pairs = [(period, mark) for period in periods for mark in marks]
    query = _COUNTED.format(pairs=_pairs(pairs))
    rows = connection.execute(query, (*(value for pair in pairs for value in pair), most))
    return {(period, mark): count for period, mark, count in rows}


def read_sharing(connection: Connection, pairs: Sequence[PeriodMark], *, is_short: bool) -> Iterator[IndexedText]:
    """Yield the texts that share enough of some marks, given with their periods: see `enough`."""
    query = f"{_PLACED} {_SHARING.format(pairs=_pairs(pairs))}"
    values = (*(value for pair in pairs for value in pair), 0 if is_short else 1)
    yield from map(_placed, connection.execute(query, values))


def read_indexed(connection: Connection, column: str, values: Sequence[object]) -> Iterator[IndexedText]:
    """Yield the texts that have one of some values in a column: `number`, `id` or `story`."""
    query = f"{_PLACED} {column} IN ({_holes(values)})"
    yield from map(_placed, connection.execute(query, tuple(values)))


def read_links(connection: Connection, stories: Sequence[str]) -> Iterator[tuple[str, str, int, str, LinkScore]]:
    """Yield the links of the texts of stories: the id of such a text; id, number and story of the other; the link."""
    query = _LINKED.format(stories=_holes(stories))
    for own, other, number, story, *link in connection.execute(query, tuple(stories)):
        yield own, other, number, story, tuple(link)


def _holes(values: Sequence[object]) -> str:
    return ",".join("?" * len(values)) or "NULL"


def _pairs(pairs: Sequence[PeriodMark]) -> str:
    return ",".join(["(?,?)"] * len(pairs))


def around(period: int, reach: int) -> range:
    """Return the periods within reach of one, itself among them."""
    return range(period - reach, period + reach + 1)


def period_of_text(text: Text) -> int:
    """Return the period of a text, which must have a time."""
    assert text.published is not None, f"{text.id} has no time"
    return period_of(text.published)


def marks_of(text: Text) -> "array[int]":
    """Return the marks of a text that was read: the table `texts` does not hold them."""
    return sample(array("I", set(text.shingles)))


def columns_of_text(text: Text) -> tuple[object, ...]:
    """Return a text as a row of the columns `TEXT`."""
    return (
        text.id,
        text.outlet,
        text.published,
        " ".join(sorted(text.agencies)),
        "\n".join(sorted(text.places)),
        text.dated,
        int(text.by_agency),
        text.digest,
        text.weight,
        text.old_shingles.tobytes() if text.old_shingles else b"",
        text.words.tobytes(),
        " ".join(text.figures),
    )


def _placed(row: Any) -> IndexedText:
    """Return a row as a text without its marks, which only a search needs."""
    number, story, is_copy, seen, *columns = row
    text_id, outlet, published, agencies, places, dated, by_agency, digest, weight, shingles, words, figures = columns
    text = Text(
        id=text_id,
        outlet=outlet,
        published=published,
        agencies=frozenset(agencies.split()),
        places=frozenset(places.splitlines()),
        dated=dated,
        by_agency=bool(by_agency),
        digest=digest,
        weight=weight,
        marks=array("I"),
        words=array("I", words),
        figures=tuple(figures.split()),
        old_shingles=array("I", shingles) if shingles else None,
    )
    return IndexedText(number, story, is_copy, seen, text)

"""Generated texts that are hard to group: recurring paragraphs, copies of copies, teasers, moved and missing times."""

import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from crawler.bulk.text_rows import TEXT_COLUMNS, row_of_text
from crawler.stories.group import group
from crawler.stories.text import Text, make_text
from tools.bench_stories import hard_texts

StoryRow = tuple[Any, ...]
"""Id, story, relation, of, similarity and because of a text."""
_PLACES = ("Seoul", "Kathmandu", "Lima")


def many_texts(count: int, *, week: int = 10_000) -> list[Text]:
    """Return texts in no order, as many a week as asked for; one in fifty has no time, one in two a place."""
    chance = random.Random(23)
    texts: list[Text] = []
    last: list[str] = []
    for number, (lines, facts) in enumerate(hard_texts(count)):
        published = 1_600_000_000 + (facts["published"] - 1_600_000_000) * 10_000 // week
        places = [chance.choice(_PLACES)] if chance.random() < 0.5 else []
        when = published if chance.random() > 0.02 else None
        name = f"{number * 7919 % count:06}"  # ids do not follow the times
        last = last if last and chance.random() < 0.03 else lines  # a word-for-word copy
        texts.append(make_text(lines=last, **{**facts, "id": name, "published": when, "places": places}))
    chance.shuffle(texts)
    return texts


def write_texts(texts: Sequence[Text], folder: Path, *, files: int) -> list[str]:
    """Write texts as Parquet into a folder, spread over files; return these."""
    folder.mkdir(exist_ok=True)
    paths = [folder / f"texts-{number}.parquet" for number in range(files)]
    for number, path in enumerate(paths):
        rows = [row_of_text(text) for text in texts[number * len(texts) // files : (number + 1) * len(texts) // files]]
        pq.write_table(pa.Table.from_pylist(rows, schema=pa.schema(TEXT_COLUMNS.items())), path)
    return [str(path) for path in paths]


def in_one_process(texts: Sequence[Text], **limits: float) -> list[StoryRow]:
    """Return what one process makes of texts, in the order of these."""
    members = [(member, member.related) for member in group(texts, **limits)]
    return [(one.id, one.story, to.relation, to.of, to.similarity, to.because) for one, to in members]


def rows_in(folder: Path) -> list[StoryRow]:
    """Return the rows of the stories that a job wrote, sorted by id."""
    return by_id(tuple(row.values()) for row in pq.read_table(folder / "stories").to_pylist())


def by_id(rows: Iterable[StoryRow]) -> list[StoryRow]:
    """Return rows sorted by id."""
    return sorted(rows, key=lambda row: str(row[0]))

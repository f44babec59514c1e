"""The steps of the stories' job that are Python: each reads Arrow batches of one table, and yields those of another."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from crawler.bulk.groups import Row, batches_of, groups_of, rows_of
from crawler.bulk.story_files import UnreadRow, read_stories_at
from crawler.bulk.text_rows import TEXT_COLUMNS, row_of_text, text_of_row
from crawler.stories.clusters import cut, is_link, pair
from crawler.stories.density import LARGEST
from crawler.stories.group import relate_in
from crawler.stories.similarity import compare
from crawler.stories.stories import story_id
from crawler.stories.text import Text

READ_ROWS = pa.schema(
    {
        "file": pa.int64(),
        "line": pa.int64(),
        "fault": pa.string(),
        "revision": pa.int64(),
        "short": pa.bool_(),
        **TEXT_COLUMNS,
    }.items()
)
LINK_ROWS = pa.schema(
    {
        "one": pa.int64(),
        "other": pa.int64(),
        "similarity": pa.float64(),
        "needed": pa.float64(),
        "joins": pa.bool_(),
    }.items()
)
CLUSTER_ROWS = pa.schema({"number": pa.int64(), "cluster": pa.int64()}.items())
STORY_ROWS = pa.schema(
    {
        "id": pa.string(),
        "story": pa.string(),
        "relation": pa.string(),
        "of": pa.string(),
        "similarity": pa.float64(),
        "because": pa.string(),
    }.items()
)
RELATED_ROWS = pa.schema([("number", pa.int64()), *STORY_ROWS])

Batches = Iterable[pa.RecordBatch]


def read_texts(files: Batches, *, settings: Mapping[str, Any]) -> Iterator[pa.RecordBatch]:
    """Read files, given by number and path: a row for each text, and one with its fault for each row that is none.

    `settings` may have Scrapy's settings of S3.
    """
    rows = ({"file": file["number"], **row} for file in rows_of(files) for row in _rows_at(file["path"], settings))
    return batches_of(rows, READ_ROWS)


def _rows_at(place: str, settings: Mapping[str, Any]) -> Iterator[Row]:
    for each in read_stories_at(place, settings):
        if isinstance(each, UnreadRow):
            yield {"line": each.line, "fault": each.reason}
        else:
            yield {
                "line": each.line,
                "revision": each.revision,
                "short": each.text.is_short,
                **row_of_text(each.text),
            }


def compare_pairs(pairs: Batches, *, window_days: float) -> Iterator[pa.RecordBatch]:
    """Compare the texts of each pair; a row for each pair that shares something, and is no template."""
    return batches_of(_links(pairs, window_days), LINK_ROWS)


def _links(pairs: Batches, window_days: float) -> Iterator[Row]:
    for batch in pairs:
        texts: dict[int, tuple[Text, frozenset[int]]] = {}
        for row in batch.to_pylist():
            (one, shingles), (other, _) = (_text_once(row, which, texts) for which in ("one", "other"))
            match = compare(one, other, window_days=window_days, shingles=shingles)
            if match is not None and not match.is_template:
                yield {
                    "one": row["one"],
                    "other": row["other"],
                    "similarity": match.similarity,
                    "needed": match.needed,
                    "joins": is_link(match.similarity, match.needed),
                }


def _text_once(row: Row, which: str, known: dict[int, tuple[Text, frozenset[int]]]) -> tuple[Text, frozenset[int]]:
    number = row[which]
    if number not in known:
        text = text_of_row(row, f"{which}_")
        known[number] = text, frozenset(text.shingles)
    return known[number]


def cut_components(links: Batches) -> Iterator[pa.RecordBatch]:
    """Cut each component of linked texts into clusters; a row for each text of a cluster of several."""
    return batches_of((row for component in groups_of(links, "root") for row in _clusters(component)), CLUSTER_ROWS)


def _clusters(links: list[Row]) -> Iterator[Row]:
    numbers: dict[str, int] = {}
    growth: dict[str, int] = {}
    for link in links:
        for which in ("one", "other"):
            text_id = link[f"{which}_id"]
            numbers[text_id], growth[text_id] = link[which], link[f"{which}_growth"]

    def fits(left: Iterable[str], right: Iterable[str]) -> bool:
        together = [*left, *right]
        return len(together) <= LARGEST * max(growth[text_id] for text_id in together)

    scores = {pair(link["one_id"], link["other_id"]): (link["similarity"], link["needed"]) for link in links}
    for ids in cut(numbers, scores, fits=fits):
        if len(ids) > 1:
            yield from ({"number": numbers[text_id], "cluster": numbers[ids[0]]} for text_id in ids)


def relate_texts(members: Batches, *, window_days: float) -> Iterator[pa.RecordBatch]:
    """Relate the texts of each cluster to the story's original."""
    each = (row for rows in groups_of(members, "cluster") for row in _related(rows, window_days))
    return batches_of(each, RELATED_ROWS)


def _related(rows: list[Row], window_days: float) -> Iterator[dict[str, Any]]:
    texts = {row["number"]: text_of_row(row) for row in rows}
    members = list(texts.values())
    story = story_id(min(members, key=lambda text: text.order))
    for number, text in texts.items():
        related = relate_in(members, text, window_days=window_days)
        yield {
            "number": number,
            "id": text.id,
            "story": story,
            "relation": related.relation,
            "of": related.of,
            "similarity": related.similarity,
            "because": related.because,
        }

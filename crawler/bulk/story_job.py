"""Group texts into stories on an engine: the same stories, relations and reasons as one process gives them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import Any

import pyarrow as pa

from crawler.bulk import story_queries as queries
from crawler.bulk.engine import Engine
from crawler.bulk.story_steps import (
    CLUSTER_ROWS,
    LINK_ROWS,
    READ_ROWS,
    RELATED_ROWS,
    compare_pairs,
    cut_components,
    read_texts,
    relate_texts,
)
from crawler.stories.density import COMMON, PERIOD_DAYS, SPAN, growth
from crawler.stories.similarity import WINDOW_DAYS

Complain = Callable[[str, int, str], None]
"""Takes the path, the line and the reason of a row that is left out."""
_SECOND = 1
"""Seconds of tolerance in the query of pairs; `compare` has the last word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryJob:
    """The limits of a job."""

    window_days: float = WINDOW_DAYS
    at_once: int = 200_000
    """Texts whose pairs are compared at once: as many whole periods as have these, at least one."""

    keep_texts: bool = False
    """Whether the texts are saved too, for a later job to read instead of the files."""
    settings: tuple[tuple[str, Any], ...] = ()
    """Scrapy's settings of S3 that have a value, for the processes that read files there."""

    def run(self, engine: Engine, files: Sequence[str]) -> None:
        """Make the tables `stories`, a row for each text, and `refused`, one for each row that is none."""
        named = pa.table({"number": pa.array(range(len(files)), pa.int64()), "path": pa.array(files, pa.string())})
        engine.give("files", named)
        engine.each("read", named, partial(read_texts, settings=dict(self.settings)), READ_ROWS)
        engine.keep("refused", queries.REFUSED)
        engine.keep("texts", queries.LAST_TEXTS)
        texts = dict(engine.rows(queries.PERIOD_COUNTS))
        engine.give("periods", periods_of(texts))
        engine.keep("marks", queries.marks(engine.explode))
        self._link(engine, texts)
        engine.keep("members", queries.members(_star(engine)))
        engine.step("clusters", queries.COMPONENTS, cut_components, CLUSTER_ROWS, by="root")
        relate = partial(relate_texts, window_days=self.window_days)
        engine.step("related", queries.CLUSTERED_TEXTS, relate, RELATED_ROWS, by="cluster")
        engine.keep("stories", queries.STORY_OF_EACH)

    def save(self, engine: Engine) -> dict[str, int]:
        """Save both tables, and the texts if they are to be kept; return how many rows there are."""
        engine.save("SELECT id, story, relation, of, similarity, because FROM stories ORDER BY place", "stories")
        engine.save("SELECT path, line, reason FROM refused", "refused")
        if self.keep_texts:
            engine.save(queries.KEPT_TEXTS, "texts")
        counts = engine.rows("SELECT count(*), count(DISTINCT story), (SELECT count(*) FROM refused) FROM stories")
        return dict(zip(("texts", "stories", "refused"), counts[0], strict=True))

    def _link(self, engine: Engine, texts: Mapping[int, int]) -> None:
        """Make the table `links`, some periods at a time."""
        reach, seconds = ceil(self.window_days / PERIOD_DAYS), self.window_days * 86_400 + _SECOND
        step = partial(compare_pairs, window_days=self.window_days)
        names: list[str] = []
        for first, last in self._stretches(texts):
            names.append(f"links_{len(names)}")
            engine.step(names[-1], queries.pairs(first, last, reach, seconds), step, LINK_ROWS)
        engine.union("links", names)

    def _stretches(self, texts: Mapping[int, int]) -> Iterator[tuple[int, int]]:
        """Yield the first and the last of the periods that are compared at once; one stretch if there is no text."""
        first = last = min(texts, default=0)
        held = 0
        for period in sorted(texts):
            if held and held + texts[period] > self.at_once:
                yield first, last
                first, held = period, 0
            last = period
            held += texts[period]
        yield first, last


def periods_of(texts: Mapping[int, int]) -> pa.Table:
    """Return how much the limits grow in each period, and how many texts may share a mark there at most."""
    spans = {period: sum(texts.get(period + step, 0) for step in range(-SPAN, SPAN + 1)) for period in texts}
    factors = [growth(count) for count in spans.values()]
    columns = {"period": [*spans], "growth": factors, "most": [COMMON * factor for factor in factors]}
    return pa.table({name: pa.array(values, pa.int64()) for name, values in columns.items()})


def _star(engine: Engine) -> str:
    """Return the name of a table that links each text of a component to the least of them."""
    edges, number = "edges", 0
    engine.keep(edges, queries.EDGES)
    while engine.rows(queries.unsettled(edges)) != [(0,)]:
        number += 1
        engine.keep(f"edges_{number}", queries.round_of(edges))
        edges = f"edges_{number}"
    return edges

"""What is boilerplate in weeks of two million texts: as large a share of them as in weeks of a few thousand."""

from pathlib import Path

import pytest

from crawler.bulk import story_queries as queries
from crawler.bulk.duckdb_engine import DuckDBEngine
from crawler.bulk.story_job import periods_of
from crawler.stories.density import COMMON, TEXTS, growth
from tests.soak import SHARE

A_WEEK = 2_000_000
FIRST = 2_900
"""The number of the first of five weeks."""


@pytest.mark.soak
@pytest.mark.parametrize("texts", [3_000, round(A_WEEK * SHARE)], ids=["few", "many"])
def test_a_paragraph_in_one_text_of_a_hundred_finds_nothing_however_many_there_are(texts: int, tmp_path: Path) -> None:
    limit = COMMON * growth(3 * texts)
    assert COMMON / TEXTS <= limit / max(3 * texts, TEXTS) <= 1 / 100
    each = f"""
        SELECT i AS number, {FIRST} + i // {texts} AS period, {FIRST} * 604800 AS published, false AS short,
            list_filter(
                [10 + i, CASE WHEN of_middle < {limit} THEN 1 END, CASE WHEN of_middle <= {limit} THEN 2 END],
                lambda mark: mark IS NOT NULL
            ) AS marks
        FROM (
            SELECT i, CASE WHEN i >= {2 * texts} THEN i - {2 * texts} END AS of_middle FROM range({5 * texts}) AS t(i)
        )
    """
    with DuckDBEngine(tmp_path, processes=2) as engine:
        engine.keep("texts", each)
        engine.give("periods", periods_of(dict(engine.rows(queries.PERIOD_COUNTS))))
        engine.keep("marks", queries.marks(engine.explode))
        kept = dict(engine.rows("SELECT mark, count(*) FROM marks WHERE mark < 10 GROUP BY mark"))
        others = engine.rows("SELECT count(*) FROM marks WHERE mark >= 10")

    assert kept == {1: limit}
    assert others == [(5 * texts,)]

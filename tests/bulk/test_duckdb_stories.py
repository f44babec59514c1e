"""DuckDB groups texts into the stories, relations and reasons that one process gives them."""

from pathlib import Path
from typing import Any

import pytest

from crawler.bulk.duckdb_stories import printed_stories, written_stories
from crawler.bulk.story_job import StoryJob
from crawler.stories.density import COMMON, TEXTS
from crawler.stories.text import Text, make_text
from tests.bulk.many_texts import StoryRow, by_id, in_one_process, many_texts, rows_in, write_texts
from tests.soak import times


def with_duckdb(texts: list[Text], folder: Path, job: StoryJob, *, processes: int = 1) -> list[StoryRow]:
    """Return the rows in the order of the texts."""
    files = write_texts(texts, folder, files=3)
    return [tuple(row.values()) for row in printed_stories(job, files, processes=processes, complain=refuse)]


def refuse(path: str, line: int, reason: str) -> None:
    """Fail, because no row is to be refused."""
    pytest.fail(f"{path}: {line}: {reason}")


def test_each_text_gets_the_story_relation_and_reason_of_one_process(tmp_path: Path) -> None:
    texts = many_texts(500, week=150)
    expected = in_one_process(texts)

    assert with_duckdb(texts, tmp_path, StoryJob(at_once=140)) == expected
    relations = {row[2] for row in expected}
    assert relations == {"original", "exact", "wire-copy", "near"}


def test_a_wider_window_reaches_over_several_periods(tmp_path: Path) -> None:
    texts = many_texts(200, week=20)
    expected = in_one_process(texts, window_days=20.5)

    assert with_duckdb(texts, tmp_path, StoryJob(window_days=20.5)) == expected
    assert expected != in_one_process(texts)


@pytest.mark.soak
def test_what_is_boilerplate_follows_the_density_of_each_period(tmp_path: Path) -> None:
    """A paragraph that more than 128 of a few texts carry finds nothing, but it does in the week that has 30,000."""
    sparse, dense = 1_600_000_000, 1_620_000_000
    paragraph = " ".join(f"शब्द{number}" for number in range(20))
    carriers = COMMON + 12
    texts = [_text(f"s{number}", sparse, paragraph) for number in range(carriers)]
    texts += [_text(f"d{number}", dense, paragraph) for number in range(carriers)]
    texts += [_text(f"z{number}", dense, "सेना") for number in range(TEXTS)]

    rows = with_duckdb(texts, tmp_path, StoryJob())

    assert rows == in_one_process(texts)
    stories = {first: {row[1] for row in rows if row[0].startswith(first)} for first in "sd"}
    assert (len(stories["s"]), len(stories["d"])) == (carriers, 1)


def _text(name: str, published: int, line: str) -> Text:
    return make_text(id=name, outlet=f"outlet-{name}", published=published, lines=[line])


def test_no_text_at_all_gives_no_row(tmp_path: Path) -> None:
    assert with_duckdb([], tmp_path, StoryJob()) == []


def test_texts_that_a_job_kept_are_read_by_the_next_one(tmp_path: Path) -> None:
    texts = many_texts(80)
    files = write_texts(texts[:40], tmp_path, files=1)
    counts = written_stories(StoryJob(keep_texts=True), files, tmp_path / "first", processes=1, complain=refuse)
    kept = [str(tmp_path / "first" / "texts" / "part-0.parquet")]
    files = kept + write_texts(texts[40:], tmp_path, files=1)

    written_stories(StoryJob(), files, tmp_path / "second", processes=1, complain=refuse)

    assert counts["texts"] == 40
    assert rows_in(tmp_path / "second") == by_id(in_one_process(texts))


@pytest.mark.soak
def test_twenty_thousand_texts_in_processes_week_by_week(tmp_path: Path) -> None:
    texts = many_texts(times(20_000, least=5_000), week=times(10_000, least=2_500))

    rows = with_duckdb(texts, tmp_path, StoryJob(at_once=3_000), processes=2)

    assert rows == in_one_process(texts)


@pytest.mark.soak
def test_texts_in_a_bucket_are_grouped_and_a_missing_file_is_named(tmp_path: Path, bucket: Any) -> None:
    texts = many_texts(80)
    for path in write_texts(texts, tmp_path, files=2):
        bucket.upload_file(path, "videsh", f"texts/{Path(path).name}")
    files = [f"s3://videsh/texts/{name}.parquet" for name in ("texts-0", "texts-1", "texts-2")]
    refused: list[tuple[str, int, str]] = []

    rows = printed_stories(StoryJob(), files, processes=1, complain=lambda *row: refused.append(row))

    assert [tuple(row.values()) for row in rows] == in_one_process(texts)
    assert [(path, line) for path, line, _ in refused] == [(files[2], 1)]

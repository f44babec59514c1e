"""Spark groups texts into the stories, relations and reasons that one process gives them."""

import json
from pathlib import Path

import pytest

from tests.bulk.many_texts import by_id, in_one_process, many_texts, rows_in, write_texts
from tests.bulk.spark_jobs import skip_without_spark, videsh
from tests.soak import times

pytestmark = [pytest.mark.soak, pytest.mark.foreign]


def test_spark_gives_each_text_the_story_of_one_process_and_names_bad_rows(tmp_path: Path) -> None:
    skip_without_spark()
    texts = many_texts(times(20_000, least=1_000), week=times(10_000, least=400))
    files = write_texts(texts, tmp_path / "in", files=3)
    odd = tmp_path / "odd.jsonl"
    odd.write_text('{"id": "नाव", "body": ["नाव\\u0000 डूबी"]}\n{"id": 1}\n[]\n{"id": "x", "body": ["\\ud800"]}\n')

    code, out, err = videsh("stories", "--engine", "spark", "--out", "out", *files, odd, folder=tmp_path)

    assert code == 3, err
    rows = rows_in(tmp_path / "out")
    assert rows == by_id([*in_one_process(texts), ("नाव", "story-नाव", "original", None, None, None)])
    counts = {"texts": len(texts) + 1, "stories": len({row[1] for row in rows}), "refused": 3}
    assert json.loads((tmp_path / "out" / "counts.json").read_text()) == counts
    assert out.startswith(f"out: {len(texts) + 1} texts, ")
    assert [line for line in err.splitlines() if "line 2" in line] == [
        f'{odd}: line 2: "id" is missing or not text; this row is left out'
    ]
    assert sorted(path.name for path in (tmp_path / "out").iterdir() if path.name[0] != ".") == [
        "counts.json",
        "refused",
        "stories",
    ]

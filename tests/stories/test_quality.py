"""Quality of the stories found: on invented copies, and on the shared texts if they are beside the checkout."""

import gzip
import json
import random
from pathlib import Path
from typing import Any

import pytest

from crawler.stories.group import group
from crawler.stories.rows import read_story_row
from tests.stories.invented import Invented, invent
from tests.stories.score import Score, score


def score_of(rows: list[dict[str, Any]], truth: dict[str, int]) -> Score:
    texts = [read_story_row(row) for row in rows]
    return score(truth, {member.id: member.story for member in group(texts)})


def as_rows(found: list[Invented]) -> tuple[list[dict[str, Any]], dict[str, int]]:
    return [each.row for each in found], {each.row["id"]: each.truth for each in found}


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_invented_copies_are_found_and_nothing_else_is(seed: int) -> None:
    scored = score_of(*as_rows(list(invent(120, seed))))

    assert scored.ari >= 0.97
    assert scored.precision >= 0.99


def test_stories_of_one_hour_that_share_background_stay_apart() -> None:
    rows, truth = as_rows(list(invent(120, 14)))
    for row in rows:
        row["published_at"] = "2026-03-01T10:00:00+05:30"

    scored = score_of(rows, truth)

    assert scored.ari >= 0.97
    assert scored.precision >= 0.99


def read_lines(path: Path) -> list[dict[str, Any]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.mark.shared
def test_the_shared_texts_are_told_apart_as_measured(evidence: Path) -> None:
    rows = read_lines(evidence / "stories" / "examples.jsonl.gz")
    random.Random(1).shuffle(rows)

    scored = score_of(rows, {row["id"]: row["truth"] for row in rows})

    assert scored.ari >= 0.98
    assert scored.precision >= 0.99


@pytest.mark.shared
def test_no_pair_of_the_fresh_texts_is_wrong_or_missing(evidence: Path) -> None:
    rows = read_lines(evidence / "fresh" / "stories.jsonl.gz")

    assert score_of(rows, {row["id"]: row["truth"] for row in rows}) == Score(1.0, 1.0, 1.0)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["stories_template_quakes", "stories_template_quakes_wire"])
def test_quakes_that_people_took_for_copies_are_stories_of_their_own(name: str, evidence: Path) -> None:
    rows = read_lines(evidence / "fresh" / "bugs" / f"{name}.jsonl")

    stories = {member.story for member in group([read_story_row(row) for row in rows])}

    assert len(stories) == len(rows)

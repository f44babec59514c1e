"""The last of a million texts costs the database no more than an early one: `make soak-full` runs all of them."""

import random
from collections.abc import Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import pytest

from crawler.store import open_store
from crawler.stories.text import Text, make_text
from tests.soak import SHARE, times

TEXTS = 1_000_000
WEEK = 500
"""Texts of a week."""
STEPS = 5_000
"""Operations of the database after which they are counted."""


def invent(texts: int) -> Iterator[Text]:
    """Yield texts of 60 words: three in ten copy a recent one, one in twenty ends with the paragraph of all weeks."""
    chance = random.Random(3)
    syllables = [f"{one}{two}" for one in "कखगचजटडतदनपबमयरलवसह" for two in ("", "ा", "ि", "ी", "ु", "े", "ो", "ं")]
    words = ["".join(chance.choices(syllables, k=3)) for _ in range(30_000)]
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    paragraph, late = " ".join(chance.choices(words, cum_weights=weights, k=30)), list[list[str]]()
    for number in range(texts):
        is_copy = bool(late) and chance.random() < 0.3
        own = chance.choice(late)[5:] if is_copy else chance.choices(words, cum_weights=weights, k=60)
        late = [*late[-200:], own]
        lines = [" ".join(own), *([paragraph] if chance.random() < 0.05 else [])]
        published = 1_600_000_000 + number * 604_800 // WEEK
        yield make_text(id=f"text-{number}", outlet=f"o{number % 40}", published=published, lines=lines)


@pytest.mark.soak
def test_a_text_costs_the_database_the_same_after_a_month_and_after_years(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/v.db")
    count = TEXTS if SHARE == 1 else times(TEXTS // 4)
    steps, tenths = [0], list[int]()

    def step() -> None:
        steps[0] += 1

    connection: Any = store.database.connection
    connection.set_progress_handler(step, STEPS)
    for number, text in enumerate(invent(count)):
        store.storybook.add(text, text.published or 0)
        if number % (count // 10) == count // 10 - 1:
            tenths.append(steps[0])
    store.close()

    costs = [after - before for before, after in pairwise(tenths)]  # without the first tenth, in which weeks fill
    assert len(costs) == 9
    assert sum(costs[-3:]) < 1.2 * sum(costs[:3])

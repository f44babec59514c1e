"""The score of a story."""

import pytest

from crawler.edition.score import story_score

SCORES = [
    # wrote, reprinted, hours since its last article → score
    (1, 0, 0, 1),
    (0, 1, 0, 1 / 3),
    (1, 3, 0, 2),
    (2, 0, 0, 2),
    (5, 6, 0, 7),
    (1, 0, 12, 0.5),
    (5, 6, 12, 3.5),
    (4, 0, 24, 1),
    (2, 3, 6, 3 * 2**-0.5),
    (0, 0, 3, 0),
    (1, 0, -5, 1),
]


@pytest.mark.parametrize(("wrote", "reprinted", "hours", "score"), SCORES)
def test_newsrooms_that_wrote_count_most_and_a_score_halves_in_twelve_hours(
    wrote: int, reprinted: int, hours: float, score: float
) -> None:
    assert story_score(wrote=wrote, reprinted=reprinted, hours=hours) == pytest.approx(score)

"""Words of a text are counted as a reader counts them."""

import pytest

from crawler.text.word_count import count_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("पुल खुला।", 2),
        ("पुल – 312 मीटर लंबा – खुला।", 5),
        ("पहला\n\nदूसरा\u00a0तीसरा", 3),
        ('उन्होंने कहा : "नहीं"', 3),
        ("जी-20 की बैठक", 3),
        ("… । –", 0),
        ("", 0),
    ],
)
def test_words_hold_a_letter_or_a_digit(text: str, words: int) -> None:
    assert count_words(text) == words

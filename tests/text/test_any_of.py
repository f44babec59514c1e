"""One pattern finds what a search for each word finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text.any_of import any_of

_SIGNS = st.text(alphabet="कर ाड\u093ca.(", max_size=12)


@given(st.lists(_SIGNS.filter(bool), min_size=1, max_size=6), _SIGNS)
def test_a_text_is_found_if_and_only_if_it_holds_one_of_the_words(words: list[str], text: str) -> None:
    assert (any_of(words).search(text) is not None) == any(word in text for word in words)


@pytest.mark.parametrize("text", ["डाउनलोड करें", "(हमें फॉलो करें)", "क्लिक", "Read more"])
def test_a_word_is_found_at_the_beginning_in_the_middle_and_at_the_end(text: str) -> None:
    assert any_of(["डाउनलोड", "फॉलो", "क्लिक", "ead "]).search(text)


def test_the_beginning_of_a_word_alone_is_not_found() -> None:
    assert not any_of(["डाउनलोड", "फॉलो"]).search("डाउन लोड, फॉ लो")

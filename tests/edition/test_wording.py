"""The words of the edition in both languages."""

import pytest

from crawler.edition.wording import Wording


@pytest.mark.parametrize(
    ("value", "hindi", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (12_345, "12,345", "12,345"),
        (99_999, "99,999", "99,999"),
        (100_000, "1,00,000", "100,000"),
        (1_234_567, "12,34,567", "1,234,567"),
        (123_456_789, "12,34,56,789", "123,456,789"),
    ],
)
def test_a_number_has_the_groups_of_its_language(value: int, hindi: str, english: str) -> None:
    assert (Wording("hi").number(value), Wording("en").number(value)) == (hindi, english)


def test_both_languages_have_the_same_words() -> None:
    assert Wording("hi").words.keys() == Wording("en").words.keys()

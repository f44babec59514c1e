"""The language of a text is detected by its function words or its script."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text.fold import fold
from crawler.text.languages import ENOUGH_WORDS, read_language

DATA = tomllib.loads((Path(__file__).resolve().parents[2] / "crawler/data/languages.toml").read_text(encoding="utf-8"))
LANGUAGES = DATA["language"]

TABLE = Path(__file__).parent / "languages.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line[0] != "#"]


@pytest.mark.parametrize(("text", "tag"), ROWS)
def test_function_words_decide_the_language_of_a_text(text: str, tag: str) -> None:
    assert (read_language(text) or "-") == tag


@pytest.mark.parametrize("text", ["", " \n", "\ud800\x00\x0b"])
def test_a_text_without_words_has_no_language(text: str) -> None:
    assert read_language(text) is None


def test_a_devanagari_text_of_unknown_words_has_no_language() -> None:
    assert read_language(" ".join(f"क{letter}टाल" for letter in "कखगघचछजझटठडढतथद")) is None


@pytest.mark.parametrize("tag", ["mr", "ne", "sa", "bho", "mai", "mag", "kok", "en", "hi-Latn", "ur", "bn", "as"])
def test_three_words_that_hindi_lacks_identify_a_language_and_two_do_not(tag: str) -> None:
    home = set(LANGUAGES[0]["words"].split())
    (language,) = (each for each in LANGUAGES if each["tag"] == tag)
    shared = {word for each in LANGUAGES if each["tag"] != tag for word in each["words"].split()}
    own = [word for word in language["words"].split() if word not in home | shared][:3]

    assert read_language(" ".join(own * 4)) == tag
    assert read_language(" ".join(own[:2] * 6)) != tag


@given(st.text(max_size=300))
def test_the_tag_of_any_text_is_in_the_file(text: str) -> None:
    tags = {None, "und", *(language["tag"] for language in LANGUAGES), *DATA["scripts"].values()}

    assert read_language(text) in tags


@given(st.lists(st.sampled_from(LANGUAGES[0]["words"].split()), min_size=ENOUGH_WORDS, max_size=60))
def test_words_of_hindi_alone_are_hindi_in_any_order(words: list[str]) -> None:
    assert read_language(" ".join(words)) == "hi"


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: str(language["tag"]))
def test_a_list_of_words_is_sorted_without_duplicates(language: dict[str, str]) -> None:
    words = language["words"].split()

    assert words == sorted(words)
    assert len({fold(word) for word in words}) == len(words)
    assert len(words) >= 40

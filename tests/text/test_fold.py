"""The keys by which Hindi words are compared."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text.fold import compose, fold, fold_name, fold_place, loosen, normalise

HINDI = st.text(
    alphabet=st.one_of(st.characters(min_codepoint=0x0900, max_codepoint=0x097F), st.sampled_from(" ab1é-"))
)


@given(HINDI)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(HINDI)
def test_composed_and_decomposed_letters_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(
    st.text(st.one_of(st.sampled_from("कडढजनरळ\u093c\u094d\u0902 e\u0301\u0334\u0f74’"), st.characters(codec="utf-8")))
)
def test_composed_text_is_in_nfc_wherever_its_nuktas_stand(text: str) -> None:
    assert compose(text) == unicodedata.normalize("NFC", text)


@given(HINDI, st.sampled_from("\u200b\u200c\u200d\ufeff\u00ad\u093c"))
def test_invisible_signs_do_not_change_the_key(text: str, unseen: str) -> None:
    assert fold(unseen.join(text)) == fold(text)


@given(HINDI, HINDI)
def test_lines_fold_one_by_one(first: str, second: str) -> None:
    assert loosen(fold(f"{first}\n{second}")) == f"{loosen(fold(first))}\n{loosen(fold(second))}"


@given(HINDI)
def test_the_key_of_a_name_has_single_spaces_whatever_its_length(text: str) -> None:
    for name in (text, text * 50):
        assert fold_name(f"  {name} ") == " ".join(fold(name).split())


@given(HINDI)
def test_words_with_one_key_have_one_place_key(text: str) -> None:
    assert fold_place(fold(text)) == fold_place(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("मुम्बई", "मुंबई"),
        ("इन्टरफैक्स", "इंटरफैक्स"),
        ("फ़ार्स", "फार्स"),
        ("चंडीगढ़", "चंडीगढ\u093c"),
        ("एजेंसियाँ", "एजेंसियां"),
        ("नई\u00a0दिल्ली", "नई दिल्ली"),
        ("१३", "13"),
        ("PTI", "pti"),
    ],
)
def test_spellings_of_one_word_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("भाषा", "भासा"), ("एपी", "एपि"), ("तास", "टास"), ("कान्हा", "कांहा")])
def test_words_that_differ_keep_their_own_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_signs_of_an_icon_font_are_no_text() -> None:
    assert normalise("\ue001 नैरोबी: \uf007 केन्या") == "नैरोबी: केन्या"

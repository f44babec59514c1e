"""The phrases of junk.toml: none is a credit, each is listed once, and an error in the file is located."""

import random
import tomllib
from pathlib import Path

import pytest

from crawler.reading.junk import fold_phrase, mark_of, read_junk
from crawler.reading.page import NotAnArticle, read_page
from crawler.text.agencies import find_agency
from tests.reading.markup import URL, page, paragraphs

KEYS = (
    *("line", "start", "label", "tags", "promo", "box", "summary", "highlights", "whole", "comments", "next", "end"),
    *("others", "also_read"),
)


@pytest.fixture
def table(root: Path) -> dict[str, list[str]]:
    return tomllib.loads((root / "crawler" / "data" / "junk.toml").read_text(encoding="utf-8"))


def test_no_phrase_is_an_agency(table: dict[str, list[str]]) -> None:
    assert [phrase for key in KEYS for phrase in table[key] if find_agency(phrase)] == []


@pytest.mark.parametrize("key", KEYS)
def test_no_phrase_is_listed_twice(table: dict[str, list[str]], key: str) -> None:
    phrases = [fold_phrase(phrase) for phrase in table[key]]

    assert sorted(set(phrases)) == sorted(phrases)


def test_no_word_of_a_class_name_has_two_meanings(table: dict[str, dict[str, list[str]]]) -> None:
    words = [word for names in table["element"].values() for word in names]

    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("names", "mark"),
    [
        ("relativeNews", "related"),
        ("also-read", "related"),
        ("webAds", "advertising"),
        ("ad-wrapper ad1", "advertising"),
        ("img-caption", "caption"),
        ("social_share", "sharing"),
        ("twitter-tweet", "embedded"),
        ("cookieConsent", "advertising"),
        ("gdpr-notice", "advertising"),
        ("js-cookie-banner", "advertising"),
        ("cookie-recipes", None),
        ("consent-form-law", None),
        ("banner news", None),
        ("shadow header loading", None),
        ("ad43c76f e0ad12c3 bbc-19j92fr", None),
        ("story-details content", None),
    ],
)
def test_class_names_are_split_into_words(names: str, mark: str | None) -> None:
    assert mark_of(names) == mark


@pytest.mark.parametrize(
    ("toml", "complaint"),
    [("line = [", "junk.toml: "), ("line = 3", '"line" must be a list'), ('line = [""]', "none of them empty")],
)
def test_an_error_in_the_file_names_the_place(toml: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_junk(toml, "junk.toml")


def test_a_damaged_page_is_read_or_refused_and_never_crashes() -> None:
    chance = random.Random(7)
    whole = page(paragraphs() * 3, head='<script type="application/ld+json">{"@type":"NewsArticle"}</script>').encode()

    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(chance.randrange(1, 60)):
            at = chance.randrange(len(damaged))
            damaged[at : at + chance.randrange(3)] = bytes([chance.randrange(256)])
        try:
            read_page(bytes(damaged), URL)
        except NotAnArticle as refusal:
            assert refusal.reason  # noqa: PT017

"""The line of an article has the bytes that the standard library's `json` writes, whatever strings it holds."""

import json
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from crawler.items import Article, Story, json_line, record
from crawler.text.parts import Dateline, Place

NUMBERS = st.none() | st.integers(-1_800_000, 1_800_000).map(lambda number: number / 10_000)
"""Degrees and similarities: of four decimals, which is why no line has an exponent."""
PLACES = st.builds(Place, name=st.text(), country=st.none() | st.text(), latitude=NUMBERS, longitude=NUMBERS)
FIELDS = {name: st.from_type(hint) for name, hint in get_type_hints(Article).items()} | {
    "dateline": st.none() | st.builds(Dateline, raw=st.text(), places=st.lists(PLACES).map(tuple)),
    "story": st.none() | st.builds(Story, id=st.text(), relation=st.just("near"), similarity=NUMBERS),
}


def by_json(article: Article) -> str:
    return json.dumps(record(article), ensure_ascii=False)


def article_of(**values: Any) -> Article:
    return Article(**{"id": "1", "outlet": None, "url": "https://khabar.example/1", "headline": "पुल खुला"} | values)


@given(st.builds(Article, **FIELDS))
def test_any_article_is_written_as_json_writes_it(article: Article) -> None:
    assert json_line(article) == by_json(article).encode()


@pytest.mark.parametrize("sign", ["\0", "\x1f", "\x7f", "\x85", "\u2028", "\ufeff", '"', "\\", "/", "</", "\U0001f30d"])
def test_a_sign_is_escaped_as_json_escapes_it(sign: str) -> None:
    article = article_of(headline=sign, tags=[f"पुल{sign}"], provenance={sign: "text"})

    assert json_line(article) == by_json(article).encode()


def test_a_string_of_lxml_is_written_as_a_string() -> None:
    printed = html.fromstring("<p>पुल खुला</p>").xpath("string()")

    assert type(printed) is not str
    assert json_line(article_of(headline=printed)) == json_line(article_of())


def test_half_of_a_surrogate_pair_is_an_error_or_a_question_mark() -> None:
    article = article_of(headline="पुल \ud83c खुला")

    with pytest.raises(UnicodeEncodeError, match="surrogates not allowed"):
        json_line(article)
    assert json_line(article, errors="replace") == json_line(article_of(headline="पुल ? खुला"))

"""No text raises an error in the readers of wire copy or makes them slow."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.text.credit.byline_text import parse_byline
from crawler.text.credit.cited import read_cited_media
from crawler.text.credit.credits import narrative, read_closing, read_credits
from crawler.text.dateline.opening import consider_opening, read_opening
from crawler.text.fold import normalise
from tests.bounds.field import cpu

PIECES = [
    *"कखगदनमयरसहअआइउएऋ ािीुूेैोौं्ःँ़ॉ।॥:|.,/-–—()[]'\"‘’“” \n\t l०१२12",
    *("से", " से ", "6 घंटे पहले", ", 12/06/2024", "डी.सी.", "• ", "London"),
    *("एपी", "भाषा", "नई दिल्ली", "इनपुट", " के साथ", "12 जून", "(", ")", "और", "यह भी पढ़ें", "\u200d", "\u00a0", "फोटो"),
]
SOUP = st.lists(st.sampled_from(PIECES), max_size=400).map("".join)
LONG = 100_000
SECONDS = 2.0
"""CPU time. A hundred thousand characters take some milliseconds; a pattern that backtracks takes hours."""


def read_all(lines: list[str]) -> str:
    opening = read_opening(lines, published=date(2024, 6, 13))
    list(consider_opening(lines))
    read_credits(lines, opening)
    read_cited_media(lines)
    for line in lines:
        parse_byline(line)
    return narrative(lines, opening, read_closing(lines, opening))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(SOUP, max_size=6))
def test_any_soup_is_read_without_an_error(lines: list[str]) -> None:
    text = read_all([normalise(line) for line in lines])

    assert isinstance(text, str)


@pytest.mark.parametrize(
    "piece", [*sorted(set(PIECES) - {"\n", "\t"}), "( ", "((", "क ", "एपी ", "भाषा/", "नई दिल्ली, ", "12 ", "है। ("]
)
def test_a_hundred_thousand_characters_of_one_piece_are_read_in_linear_time(piece: str) -> None:
    line = piece * (LONG // len(piece))

    assert cpu(lambda: read_all([line, line]), most=SECONDS) <= SECONDS


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(st.sampled_from(PIECES), min_size=20, max_size=60).map("".join))
def test_a_hundred_thousand_characters_of_soup_are_read_in_linear_time(soup: str) -> None:
    line = soup * (LONG // len(soup))

    assert cpu(lambda: read_all([normalise(line)]), most=SECONDS) <= SECONDS

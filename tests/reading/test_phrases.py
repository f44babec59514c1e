"""The questions about the words of a line, by a table; at least half of the rows of each must not match."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.items import BlockKind
from crawler.reading import labels, photo_credits, phrases
from crawler.reading.junk import fold_phrase
from crawler.reading.lines import Line
from crawler.reading.tree import new
from crawler.text import date_rows

TABLE = Path(__file__).with_name("phrases.tsv")
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
AUTHORS = frozenset([fold_phrase("सीता राव")])


def line_of(printed: str, kind: BlockKind = "paragraph") -> Line:
    """Return a line; words in square brackets are a link."""
    links = [(title, "/world/other-4513") for title in re.findall(r"\[([^\]]+)\]", printed)]
    text = re.sub(r"[\[\]]", "", printed) if links else printed
    return Line(text, kind, new("p"), linked=sum(len(title) for title, _ in links), links=links)


def photo_credit(text: str) -> str | None:
    found = photo_credits.photo_credit(text)
    return (found[1] or "") if found else None


QUESTIONS: dict[str, Callable[[str], bool | str | None]] = {
    "is_date_row": date_rows.is_date_row,
    "is_clock": date_rows.is_clock,
    "title_after_marker": phrases.title_after_marker,
    "without_marker": phrases.without_marker,
    "is_end": lambda text: phrases.is_end(text, fold_phrase(text)),
    "lists_others": lambda text: labels.lists_others(fold_phrase(text)),
    "is_junk": lambda text: phrases.is_junk(line_of(text), fold_phrase(text)),
    "opens_box": lambda text: labels.opens_box(text, fold_phrase(text)),
    "opens_summary": lambda text: labels.opens_summary(text, fold_phrase(text)),
    "closes_summary": labels.closes_summary,
    "introduces_author": lambda text: labels.introduces_author(
        text, fold_phrase(text), labels.author_openings(AUTHORS)
    ),
    "opens_comments": lambda text: labels.opens_comments(line_of(text, "subhead"), fold_phrase(text)),
    "opens_tags": lambda text: labels.opens_tags(fold_phrase(text)),
    "opens_as_junk": lambda text: phrases.opens_as_junk(fold_phrase(text)),
    "ends_post": phrases.ends_post,
    "is_title": lambda text: phrases.is_title(line_of(text)),
    "is_sentence": phrases.is_sentence,
    "is_credit_like": phrases.is_credit_like,
    "photo_credit": photo_credit,
    "is_labelled_link": lambda text: phrases.is_labelled_link(line_of(text)),
}


def answer(question: str, printed: str) -> str:
    given = QUESTIONS[question](printed)
    return "-" if given is None or given is False else str(given) if isinstance(given, str) and given else "yes"


def test_each_question_has_as_many_rows_that_must_not_match() -> None:
    refused = Counter(question for question, _, expected in ROWS if expected == "-")
    matched = Counter(question for question, _, expected in ROWS if expected != "-")

    assert set(refused) == set(matched) == set(QUESTIONS)
    assert {question for question in QUESTIONS if refused[question] < matched[question]} == set()


@pytest.mark.parametrize(("question", "printed", "expected"), ROWS)
def test_the_words_of_a_line_are_judged_as_the_table_says(question: str, printed: str, expected: str) -> None:
    assert answer(question, printed) == expected

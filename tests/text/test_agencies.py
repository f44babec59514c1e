"""Agencies and media: every spelling is found, ordinary words are marked, a wrong entry raises an error."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.text.agencies import agencies, find_agency, is_trap, mentions, read_agencies
from crawler.text.fold import fold

TABLE = Path(__file__).parent / "agencies.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
ENTRY = '[[agency]]\nid = "{id}"\nname = "{name}"\nenglish = "E"\nkind = "agency"\ncredit = true\n'


@pytest.mark.parametrize(("printed", "answer"), ROWS)
def test_agency_is_what_the_table_says(printed: str, answer: str) -> None:
    agency = find_agency(printed)

    assert (agency.id if agency else "-") == answer.rstrip("!")
    assert is_trap(printed) == answer.endswith("!")


def test_at_least_45_agencies_are_known() -> None:
    assert len(agencies()) >= 45


def test_identifiers_are_plain_and_wikidata_items_are_unique() -> None:
    items = [agency.wikidata for agency in agencies() if agency.wikidata]

    assert all(re.fullmatch("[a-z0-9-]+", agency.id) for agency in agencies())
    assert len(set(items)) == len(items)


def test_mentions_are_whole_names_and_the_longest() -> None:
    text = fold("यूएपीए पर समाचार एजेंसी एएफपी ने पीटीआई-भाषा से कहा, मातृभाषा एपीजे")

    assert [(found.agency.id, text[found.start : found.end]) for found in mentions(text)] == [
        ("agencies", "समाचार एजेंसी"),
        ("afp", "एएफपी"),
        ("pti-bhasha", "पीटीआई-भाषा"),
    ]


def test_agency_is_found_behind_a_comma() -> None:
    found = next(mentions(fold("नई दिल्ली, एएनआई")), None)

    assert found is not None
    assert found.agency.id == "ani"


@settings(max_examples=20, deadline=None)
@given(st.text(alphabet="एपीआईनरॉयटस भाषा।(),-\u200d", max_size=2000))
def test_every_mention_is_a_spelling(text: str) -> None:
    folded = fold(text)

    assert all(folded[found.start : found.end] in found.agency.spellings for found in mentions(folded))


@pytest.mark.parametrize(
    ("toml", "complaint"),
    [
        (ENTRY.format(id="a", name=""), r'x\.toml: agency 1 \(a\): "name" is empty'),
        (ENTRY.format(id="b", name="ब") + ENTRY.format(id="a", name="अ"), r"x\.toml: a stands after b"),
        (ENTRY.format(id="a", name="अ") + ENTRY.format(id="b", name="अ"), r'"अ" belongs to a and to b'),
        (ENTRY.format(id="a", name="अ").replace('agency"', 'paper"'), r'"kind" is \'paper\''),
        (ENTRY.format(id="a", name="अ") + 'country = "India"\n', r'"country" is \'India\''),
        (ENTRY.format(id="a", name="अ") + 'colour = "red"\n', r'"colour" is not known'),
        (ENTRY.format(id="a", name="अ") + 'traps = [{ spelling = "क", means = "x" }]\n', r'trap "क" is not one of'),
        ("[[agency]\n", r"x\.toml: .*; it must be TOML"),
        ("", r"x\.toml: 'agency'; it must be TOML"),
    ],
)
def test_wrong_entry_names_file_and_entry(toml: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_agencies(toml, "x.toml")

"""Bylines, by a table: people and desks without the day or the place beside them."""

from pathlib import Path

import pytest

from crawler.text.credit.byline_text import parse_byline

TABLE = Path(__file__).with_name("byline.tsv")
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]


@pytest.mark.parametrize(("printed", "names"), ROWS)
def test_a_byline_names_people_and_desks_not_the_day_or_place_beside_them(printed: str, names: str) -> None:
    assert ("|".join(parse_byline(printed).names) or "-") == names


def test_a_place_from_which_an_agency_reports_is_a_place() -> None:
    byline = parse_byline("भाषा, काठमांडू से, 10 जून")

    assert [agency.id for agency, _ in byline.agencies] == ["pti-bhasha"]
    assert [(place.name, place.country) for place in byline.places] == [("काठमांडू", "NP")]

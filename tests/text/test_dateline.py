"""Datelines, by a table of printed lines; in as many rows as not there is none."""

import csv
from datetime import date
from pathlib import Path

import pytest

from crawler.text.dateline.opening import consider_opening, read_opening

TABLE = Path(__file__).with_name("dateline.tsv")
PUBLISHED = date(2024, 6, 13)
ROWS = [
    line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
]


def test_as_many_lines_must_not_match_as_must() -> None:
    refused = sum(row[1] == "-" for row in ROWS)

    assert refused >= 80
    assert len(ROWS) - refused <= refused + 10


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:40] for row in ROWS])
def test_the_line_is_read_as_its_row_says(row: list[str]) -> None:
    line, raw, countries, day, agencies, byline = row

    opening = read_opening(line.split("⏎"), published=PUBLISHED)

    dateline = opening.dateline
    if raw == "-":
        assert dateline is None
        return
    assert dateline is not None
    assert dateline.raw.replace("\n", "⏎") == raw
    assert ",".join(place.country or "" for place in dateline.places) == countries.replace("-", "")
    assert (dateline.date or "-") == day
    assert (",".join(agency for agency, _ in opening.agencies) or "-") == agencies
    assert (",".join(opening.byline) or "-") == byline


def test_the_narrative_begins_behind_the_dateline() -> None:
    line = "काठमांडू, 12 जून (एपी) झील का पानी साफ हो गया है।"

    opening = read_opening([line], published=PUBLISHED)

    assert line[opening.offset :] == "झील का पानी साफ हो गया है।"


def test_a_dateline_on_its_own_line_sends_the_narrative_to_the_next() -> None:
    opening = read_opening(["जिनेवा", "झील का पानी साफ हो गया है।"], published=PUBLISHED)

    assert (opening.line, opening.offset) == (1, 0)


@pytest.mark.parametrize(
    ("printed", "published", "expected"),
    [
        ("31 दिसंबर", date(2025, 1, 1), "2024-12-31"),
        ("1 जनवरी", date(2024, 12, 31), "2025-01-01"),
        ("29 फरवरी", date(2025, 3, 1), "2024-02-29"),
    ],
)
def test_the_year_comes_from_the_publication(printed: str, published: date, expected: str) -> None:
    opening = read_opening([f"लंदन, {printed} (एपी) बगीचा खुल गया है।"], published=published)

    assert opening.dateline is not None
    assert opening.dateline.date == expected


def test_without_a_publication_date_a_dateline_has_no_date() -> None:
    opening = read_opening(["लंदन, 12 जून (एपी) बगीचा खुल गया है।"])

    assert opening.dateline is not None
    assert opening.dateline.date is None


def test_a_summary_before_the_dateline_does_not_hide_it() -> None:
    lines = ["बगीचा दो साल बाद खुला है। टिकट मुफ्त है।", "लंदन, 12 जून (एपी) बगीचे में नए पौधे लगे हैं।"]

    opening = read_opening(lines, published=PUBLISHED)

    assert opening.dateline is not None
    assert opening.dateline.raw == "लंदन, 12 जून (एपी)"


def test_a_refused_slot_names_its_reason() -> None:
    considered = list(consider_opening(["पाकिस्तान: पेशावर में किले की मरम्मत शुरू हुई।"]))

    assert [(c.raw, c.verdict.why) for c in considered] == [
        ("पाकिस्तान:", "a country, a state or the like before a colon is a topic label")
    ]


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ("भारत बंद, 9 जुलाई: बसें नहीं चलेंगी।", "'बंद' names a topic"),
        ("एलोन वर्मा, एएफपी: नई किताब आई है।", "no region, no agency with a date and no sentence"),
        ("सागर: लहरें ऊंची थीं।", "the sentence does not say that it is the place"),
        ("लंदन, 12 जून को पार्क खुला।", "the sentence goes on"),
        ("नेपाल: पहाड़ साफ हुआ।", "a topic label"),
        ("ताजमहल: बगीचा खुला।", "a site before a colon"),
    ],
)
def test_a_doubtful_slot_stays_in_the_text_and_names_what_is_missing(line: str, missing: str) -> None:
    opening = read_opening([line], published=PUBLISHED)

    assert (opening.dateline, opening.line, opening.offset) == (None, 0, 0)
    assert any(missing in considered.verdict.why for considered in consider_opening([line]))


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:40] for row in ROWS])
def test_the_explanation_agrees_with_the_result(row: list[str]) -> None:
    lines = row[0].split("⏎")

    accepted = [considered.raw for considered in consider_opening(lines) if considered.verdict.accepted]

    raw = row[1].replace("⏎", "\n")
    assert accepted == (raw.split("\n") if raw != "-" else accepted if not read_opening(lines).dateline else [])


def test_a_dateline_below_the_report_cuts_nothing() -> None:
    lines = ["बगीचा दो साल बाद खुला है।", "टिकट मुफ्त है।", "(लंदन, 12 जून, एपी)"]

    opening = read_opening(lines, published=PUBLISHED)

    assert opening.dateline is not None
    assert (opening.dateline.raw, opening.line, opening.offset) == ("(लंदन, 12 जून, एपी)", 0, 0)


NARRATIVE = "किसानों को सूखे का मुआवजा अगले महीने से मिलेगा।"


@pytest.mark.shared
def test_a_common_word_before_a_colon_is_a_dateline_only_if_it_is_a_place(evidence: Path) -> None:
    words = (evidence / "fresh" / "words.txt").read_text(encoding="utf-8").split()

    read = [word for word in words if read_opening([f"{word}: {NARRATIVE}"]).dateline]

    assert 80 <= len(read) <= 115
    assert not {"लाश", "देरी", "चोपड़ा", "बारी", "कोने", "हिला", "पराग", "टायर"} & set(read)


@pytest.mark.shared
def test_no_topic_of_a_headline_is_a_place(evidence: Path) -> None:
    headlines = (evidence / "fresh" / "headlines.tsv").read_text(encoding="utf-8").splitlines()

    read = [read_opening([line.split("\t")[0], NARRATIVE]).dateline for line in headlines]

    found = [dateline for dateline in read if dateline is not None]
    assert 80 <= len(found) <= 125
    assert [d.raw for d in found if d.date or d.agency or any(place.english is None for place in d.places)] == []


@pytest.mark.shared
def test_leads_of_the_open_web_are_read(evidence: Path) -> None:
    with (evidence / "fresh" / "pages" / "leads.tsv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))

    right = 0
    for row in rows:
        opening = read_opening([row["lead"]])
        places = opening.dateline.places if opening.dateline else ()
        agencies = ",".join(agency for agency, _ in opening.agencies)
        right += len(places) == len(row["places"].split(",")) and agencies == (row["agency"] or "")

    assert right >= 22

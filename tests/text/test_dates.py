"""Printed dates: every form that outlets print is parsed, and an ambiguous one is None."""

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.text.calendar import calendar, day_number, month_number, read_calendar
from crawler.text.dates import read_dateline_date, read_printed_dates

TABLE = Path(__file__).parent / "dates.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
NOW = datetime(2026, 6, 13, 12, 0, tzinfo=ZoneInfo("Asia/Kolkata"))
MONTHS = "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितम्बर अक्तूबर नवंबर दिसंबर".split()


def read_printed_date(text: str, *, now: datetime | None, zone: str = "Asia/Kolkata") -> datetime | None:
    """Return the moment in a text, or None if there is none or several."""
    found = read_printed_dates(text, now=now, zone=zone)
    return found[0].moment if len({each.moment for each in found}) == 1 else None


@pytest.mark.parametrize(("printed", "answer"), ROWS)
def test_date_is_what_the_table_says(printed: str, answer: str) -> None:
    moment = read_printed_date(printed, now=NOW)

    found = read_printed_dates(printed, now=NOW)
    assert (found[0].isoformat() if moment else "-") == answer


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2099, 12, 31)))
def test_printed_hindi_date_reads_back(moment: datetime) -> None:
    printed = f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}, {moment:%I:%M %p} IST"

    read = read_printed_date(printed, now=None)
    assert read is not None
    assert read.replace(tzinfo=None) == moment.replace(second=0, microsecond=0)


@given(st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2099, 12, 30), timezones=st.just(UTC)))
def test_iso_time_reads_back(moment: datetime) -> None:
    assert read_printed_date(moment.isoformat(), now=None) == moment.replace(microsecond=0)


@given(st.dates(date(2001, 2, 1), date(2099, 1, 1)), st.integers(-150, 20))
def test_dateline_day_gets_the_year_nearest_to_its_publication(published: date, days: int) -> None:
    day = published + timedelta(days=days)

    if (day.month, day.day) != (2, 29):
        assert read_dateline_date(day.day, day.month, published) == day


def test_dateline_of_december_in_january_and_the_other_way_round() -> None:
    assert read_dateline_date(31, 12, date(2025, 1, 1)) == date(2024, 12, 31)
    assert read_dateline_date(1, 1, date(2024, 12, 31)) == date(2025, 1, 1)
    assert read_dateline_date(31, 2, date(2024, 12, 31)) is None


def test_two_dates_carry_their_labels() -> None:
    printed = read_printed_dates("प्रकाशित: 12 जून 2024 10:00 IST | अपडेटेड: 13 जून 2024 11:00 IST", now=NOW)

    assert [(found.isoformat(), found.label) for found in printed] == [
        ("2024-06-12T10:00:00+05:30", "published"),
        ("2024-06-13T11:00:00+05:30", "updated"),
    ]


def test_span_needs_the_time_of_the_fetch() -> None:
    assert read_printed_date("2 घंटे पहले", now=None) is None
    assert read_printed_date("12 जून", now=None) is None


def test_paragraph_is_not_a_printed_date() -> None:
    assert read_printed_date("12 जून 2024 " + "सभा हुई " * 40, now=NOW) is None


def test_a_time_without_a_zone_is_in_the_outlets_zone() -> None:
    read = read_printed_date("12 जून 2024 10:00", now=None, zone="Europe/London")

    assert read is not None
    assert read.isoformat() == "2024-06-12T10:00:00+01:00"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789 :.,-/()+|जूनमईकलबजेपहलेघंटाamptzist०१२", max_size=240))
def test_soup_never_breaks_the_grammar(soup: str) -> None:
    for found in read_printed_dates(soup, now=NOW):
        assert found.moment.tzinfo is not None
        assert found.moment <= NOW + timedelta(days=1)


@pytest.mark.parametrize("piece", ["1", "12 ", "12:", "१२ जून ", "a.m. ", "2024-", "+05", "(", "शाम "])
def test_grammar_is_linear(piece: str) -> None:
    before = time.process_time()
    read_printed_dates((piece * 240)[:240], now=NOW)
    read_printed_dates(piece * 30_000, now=NOW)
    assert time.process_time() - before < 0.2


def test_every_month_and_day_word_is_known() -> None:
    assert [month_number(name) for name in MONTHS] == list(range(1, 13))
    assert [day_number(word) for word in ("एक", "नौ", "१३", "31", "32", "कल")] == [1, 9, 13, 31, None, None]
    assert set(calendar().months.values()) == set(range(1, 13))


@pytest.mark.parametrize(
    ("toml", "complaint"),
    [("[months]\n13 = []\n", r'months: "13" must be a number'), ("", r"months.* is missing"), ("[", r"must be TOML")],
)
def test_wrong_calendar_names_file_and_key(toml: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_calendar(toml, "calendar.toml")


WIDE = "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर".split()
TABLES = {
    "CLDR": "जन॰ फ़र॰ मार्च अप्रैल मई जून जुल॰ अग॰ सित॰ अक्टू॰ नव॰ दिस॰".split(),
    "CLDR until 2023": "जन॰ फ़र॰ मार्च अप्रैल मई जून जुल॰ अग॰ सित॰ अक्तू॰ नव॰ दिस॰".split(),
    "moment.js, day.js": "जन. फ़र. मार्च अप्रै. मई जून जुल. अग. सित. अक्टू. नव. दिस.".split(),
    "date-fns": "जन फ़र मार्च अप्रैल मई जून जुल अग सित अक्तू नव दिस".split(),
    "CLDR, wide": WIDE,
    "moment.js, wide": [*WIDE[:8], "सितम्बर", "अक्टूबर", "नवम्बर", "दिसम्बर"],
    "date-fns, wide": [*WIDE[:9], "अक्तूबर", *WIDE[10:]],
}
"""The months of src/data/hi.js (moment), src/locale/hi (date-fns, day.js) and CLDR's hi.xml, as they stand there."""


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize(
    "form",
    [
        "{day} {month} {year}",
        "{day} {month}, {year}",
        "{month} {day}, {year}",
        "{day}-{month}-{year}",
        "बुध, {day} {month} {year}",
        "{day} {month} {year}, 10:52 PM",
        "०{day} {month} {year}, शाम ७:१५ बजे",
    ],
)
def test_each_month_of_the_libraries_reads_back(name: str, form: str) -> None:
    for number, month in enumerate(TABLES[name], start=1):
        printed = form.format(day=5, month=month, year=2024)

        read = read_printed_date(printed, now=NOW)
        assert read is not None, printed
        assert read.date() == date(2024, number, 5), printed


@pytest.mark.parametrize("name", TABLES)
def test_a_month_of_the_libraries_without_a_day_is_no_date(name: str) -> None:
    for month in TABLES[name]:
        assert read_printed_dates(f"{month} 2024", now=NOW) == ()
        assert read_printed_dates(f"बीते {month} में", now=NOW) == ()


def test_a_short_month_needs_its_sign_or_a_year() -> None:
    assert [month_number(word) for word in ("सित॰", "सित.", "सित", "अक्टू.", "नव")] == [9, 9, None, 10, None]

"""Short fields outside the report that hold its place."""

import pytest

from crawler.text.dateline.place_field import read_place_field


@pytest.mark.parametrize(
    ("printed", "countries"),
    [
        ("लीमा: ", "PE"),
        ("कुशीनगर से, बीबीसी हिंदी के लिए", "IN"),
        ("काबुल से बीबीसी हिंदी के लिए", "AF"),
        ("........से काठमांडू", "NP"),
        ("नई दिल्ली, 23 मई 2020, अपडेटेड 14:33 IST", "IN"),
        ("इस्लामाबाद, 28 नवंबर 2025", "PK"),
        ("लंदन/पेरिस", "GB,FR"),
        ("काबुल (अफगानिस्तान)", "AF"),
        ("नई दिल्ली | Updated: 12 जून", "IN"),
        ("LONDON", "GB"),
    ],
)
def test_a_field_names_its_places(printed: str, countries: str) -> None:
    places = read_place_field(printed, is_for_places=False)

    assert ",".join(place.country or "" for place in places) == countries


@pytest.mark.parametrize(
    "printed",
    [
        *("12 जून 2024", "अपडेटेड 14:33 IST", "विदेश", "भारत", "पढ़ने का समय: 4 मिनट", "संवाददाता", "रीना दास", "खेल", ""),
        *("लंदन में पार्क खुला", "दिल्ली से विशेष ट्रेन चली", "लंदन से लौटे रीना दास", "भारत बंद", "एएफपी", "लंदन " * 30),
    ],
)
def test_other_words_are_no_place_even_in_a_field_for_places(printed: str) -> None:
    assert read_place_field(printed, is_for_places=False) == ()
    assert read_place_field(printed, is_for_places=True) == ()


def test_a_field_for_places_may_name_an_unknown_place() -> None:
    places = read_place_field("झंगोला", is_for_places=True)

    assert [(place.name, place.country) for place in places] == [("झंगोला", None)]
    assert read_place_field("झंगोला", is_for_places=False) == ()

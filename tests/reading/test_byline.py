"""Who signed an article: people and desks, never an agency."""

from typing import Any

import pytest

from tests.reading.markup import json_ld, paragraphs, read


@pytest.mark.parametrize(
    ("author", "byline", "agencies"),
    [
        ({"@type": "Person", "name": "रमेश वर्मा"}, ["रमेश वर्मा"], []),
        ([{"name": "रमेश वर्मा"}, {"name": "सीता देवी"}], ["रमेश वर्मा", "सीता देवी"], []),
        ("By रमेश वर्मा और सीता देवी", ["रमेश वर्मा", "सीता देवी"], []),
        ({"@type": "Organization", "name": "एएनआई"}, [], ["ani"]),
        ("रमेश वर्मा, एएफपी", ["रमेश वर्मा"], ["afp"]),
        ("विदेश डेस्क, खबर संसार", ["विदेश डेस्क, खबर संसार"], []),
        ("शुभम वर्मा / नई दिल्ली June 12, 2024", ["शुभम वर्मा"], []),
        ("admin", [], []),
        ("", [], []),
        (None, [], []),
    ],
)
def test_the_byline_holds_people_and_desks_never_an_agency(author: Any, byline: list[str], agencies: list[str]) -> None:
    article = read(paragraphs(), head=json_ld(author=author))

    assert article.byline == byline
    assert [(credit.agency, credit.where) for credit in article.credits] == [(agency, "byline") for agency in agencies]


def test_the_publisher_is_no_author() -> None:
    head = json_ld(author={"name": "खबर संसार"}, publisher={"name": "खबर संसार"})

    assert read(paragraphs(), head=head).byline == []


def test_an_author_link_beside_the_headline_is_the_byline() -> None:
    body = "<div class='meta'><a href='/author/ramesh-verma'>रमेश वर्मा</a></div>" + paragraphs()

    article = read(body)

    assert (article.byline, article.provenance["byline"]) == (["रमेश वर्मा"], "generic")

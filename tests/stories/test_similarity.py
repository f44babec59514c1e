"""Comparing two texts: similarity, threshold, and the relation that follows."""

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from crawler.items import Article
from crawler.stories.group import group
from crawler.stories.relation import count_outlets, original_of, relate
from crawler.stories.rows import BadRow, read_story_row
from crawler.stories.similarity import compare
from crawler.stories.text import Text
from crawler.stories.words import fold_word
from pipelines.story import text_of_article
from tests.stories.invented import invent

REPORT = [line for each in list(invent(1, 5))[:1] for line in each.row["body"][1:]]
OTHER = [line for each in list(invent(1, 6))[:1] for line in each.row["body"][1:]]


def text(id: str, lines: list[str], hour: int = 10, day: int = 1, **row: Any) -> Text:
    at = f"2026-03-{day:02}T{hour:02}:00:00+05:30"
    return read_story_row(
        {"id": id, "headline": "", "body": lines, "outlet": f"outlet_{id}", "published_at": at, **row}
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("वॉशिंगटन", "वाशिंगटन"),
        ("हुये", "हुए"),
        ("गयी", "गई"),
        ("ज़ख्मी", "जख्मी"),
        ("सम्पर्क", "संपर्क"),
        ("पाँच", "पांच"),
        ("२५", "25"),
        ("अाग", "आग"),
    ],
)
def test_spellings_that_outlets_choose_between_are_one_word(one: str, other: str) -> None:
    assert fold_word(one) == fold_word(other)


def test_a_comparison_does_not_depend_on_which_text_comes_first() -> None:
    one, other = text("a", REPORT), text("b", REPORT[2:] + OTHER[:2], hour=14)

    there, back = compare(one, other), compare(other, one)

    assert there is not None
    assert there.against is not None
    assert back == replace(there, against=there.against.mirrored())


def test_a_cut_text_is_contained_in_the_whole_one() -> None:
    match = compare(text("a", REPORT), text("b", REPORT[:5], hour=12))

    assert match is not None
    assert match.links
    assert match.similarity == 1.0
    assert match.hours == 2.0


def test_texts_beyond_the_window_are_not_compared() -> None:
    assert compare(text("a", REPORT), text("b", REPORT, day=9)) is None
    assert compare(text("a", REPORT), text("b", REPORT, day=9), window_days=30) is not None


def test_the_later_a_text_the_more_of_it_must_be_the_same() -> None:
    needs = [match.needed for day in (1, 3, 6) if (match := compare(text("a", REPORT), text("b", REPORT, day=day)))]

    assert needs == sorted(needs)
    assert needs[0] < needs[-1]


def test_one_agency_or_place_speaks_for_a_story_and_two_agencies_against_it() -> None:
    plain, ap, same, afp = (
        text("a", REPORT),
        text("b", ["सियोल, 1 मार्च (एपी)। " + REPORT[0], *REPORT[1:]]),
        text("c", ["सियोल। " + REPORT[0], *REPORT[1:], "(एपी)"]),
        text("d", ["ओस्लो, 1 मार्च (एएफपी)। " + REPORT[0], *REPORT[1:]]),
    )

    def needed(one: Text, other: Text) -> float:
        match = compare(one, other)
        assert match is not None
        return match.needed

    assert needed(ap, same) < needed(plain, ap) < needed(ap, afp)


def test_the_agency_s_own_outlet_is_the_original_else_the_earliest() -> None:
    late, early, own = text("a", REPORT, 12), text("b", REPORT, 9), text("c", REPORT, 15, outlet="ians")

    assert original_of([late, early]) is early
    assert original_of([late, early, own]) is own


def test_relations_are_exact_wire_copy_and_near_and_say_why() -> None:
    original = text("a", REPORT)
    exact = relate(text("b", REPORT, 11), original)
    near = relate(text("c", REPORT[1:], 12), original)
    wire = relate(text("d", ["सियोल, 1 मार्च (एपी)। " + REPORT[0], *REPORT[1:6]], 13), original)

    assert (exact.relation, exact.of, exact.similarity) == ("exact", "a", 1.0)
    assert (near.relation, near.of) == ("near", "a")
    assert near.because is not None
    assert "shared shingles" in near.because
    assert "2.0 hours apart" in near.because
    assert wire.relation == "wire-copy"
    assert wire.because is not None
    assert "credited to ap" in wire.because


@pytest.mark.parametrize(
    ("dateline", "relation"),
    [("", "wire-copy"), ("(आईएएनएस)", "wire-copy"), ("(एपी)", "near"), ("(एजेंसी)", "wire-copy")],
)
def test_copy_of_an_agency_s_outlet_is_wire_copy_unless_it_is_credited_to_another(dateline: str, relation: str) -> None:
    own = text("a", REPORT, outlet="ians")
    copy = text("b", [f"सियोल, 1 मार्च {dateline}। {REPORT[0]}", *REPORT[1:6]], 13)

    assert relate(copy, own).relation == relation


@pytest.fixture
def in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("published", "seconds"),
    [
        ("2026-03-02", 1772409600),
        ("2026-03-02T05:30:00+05:30", 1772409600),
        ("", None),
        ("1970-01-01", None),
        ("2099-01-01T00:00:00Z", None),
    ],
)
def test_a_row_s_time_is_the_same_on_every_machine_and_an_impossible_one_is_none(
    published: str, seconds: int | None, in_new_york: None
) -> None:
    assert read_story_row({"id": "a", "body": REPORT, "published_at": published}).published == seconds
    field = "published_on" if len(published) == len("2026-03-02") else "published_at"
    assert read_story_row({"id": "a", "body": REPORT, field: published}).published == seconds
    article = Article(id="a", outlet="x", url="https://x/a", headline="पुल खुला")
    setattr(article, field, published or None)
    assert text_of_article(article).published == seconds


def test_newsrooms_that_wrote_are_counted_apart_from_reprints() -> None:
    wrote, copied = text("a", REPORT), text("b", REPORT, 11)
    wire = text("c", ["सियोल, 1 मार्च (एपी)। " + REPORT[0], *REPORT[1:]], 12)

    assert count_outlets([wrote, copied, wire], wrote) == (1, 2)


def test_texts_of_one_outlet_are_one_story_only_when_nearly_the_same() -> None:
    one, other = text("a", REPORT, outlet="x"), text("b", REPORT[: len(REPORT) // 2] + OTHER, outlet="x")

    assert len({member.story for member in group([one, other])}) == 2
    assert len({member.story for member in group([one, text("c", REPORT[1:], outlet="x")])}) == 1


def test_an_empty_text_is_like_nothing() -> None:
    assert compare(text("a", []), text("b", [])) is None
    assert len({member.story for member in group([text("a", []), text("b", [])])}) == 2


def test_a_record_of_an_export_is_read_by_what_it_says() -> None:
    record = {
        "id": "x",
        "outlet": "indiatv",
        "published_at": None,
        "text": " ".join(REPORT),
        "body": [],
        "credits": [{"agency": "ap"}],
        "dateline": {"places": [{"english": "Seoul", "name": "सियोल"}]},
    }
    read = read_story_row(record)

    assert read.agencies == {"ap"}
    assert read.places == {"Seoul"}
    assert read.published is None
    assert read.shingles


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ({"body": []}, '"id"'),
        ({"id": 5, "body": []}, '"id"'),
        ({"id": "a"}, '"body"'),
        ({"id": "a", "body": "लेख"}, '"body"'),
        ({"id": "a", "body": [{"kind": "paragraph"}]}, '"body"'),
        ({"id": "a", "body": [], "published_at": "कल"}, '"published_at"'),
        ({"id": "a", "body": [], "outlet": 3}, '"outlet"'),
        ({"id": "a", "body": [], "credits": ["ap"], "dateline": None}, '"credits"'),
    ],
)
def test_a_bad_row_is_named_by_what_is_wrong_in_it(row: dict[str, Any], wrong: str) -> None:
    with pytest.raises(BadRow, match=wrong):
        read_story_row(row)

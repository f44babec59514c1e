"""Hindi words are found in a database as readers type them."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.exports.full_text import add_search_query, open_for_search
from tests.exports.databases import database
from tests.exports.published_runs import edition, publish, write_catalog

TEXTS = {
    "iran": "तेहरान, 12 जून (एपी)। ईरान ने कहा कि युद्ध-विराम पर बातचीत होगी।",
    "israel": "इज़राइली मंत्री ने गाज़ा में विराम और युद्ध पर बयान दिया।",
    "doctor": "डॉक्टर की टीम ने २०२४ में नया अस्पताल खोला, पहुँच आसान हुई।",
}


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("searched")
    rows = [edition(name, sequence=number, text=text) for number, (name, text) in enumerate(TEXTS.items(), 1)]
    publish(folder / "exports", 1, articles=rows)
    write_catalog(folder / "exports")
    assert database(folder / "exports", folder / "समाचार 1?.db") == 0
    connection = open_for_search(folder / "समाचार 1?.db")
    yield connection
    connection.close()


FIND = "SELECT id FROM articles JOIN search ON number = search.rowid WHERE search MATCH search_query(?) ORDER BY id"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("इरान", ["iran"]),
        ("इरा*", ["iran"]),
        ("ईरा*", ["iran"]),
        ("इस्राइली", ["israel"]),
        ("इसरा*", ["israel"]),
        ("ग़ज़ा", ["israel"]),
        ("डाक्टर 2024", ["doctor"]),
        ("पहुंच", ["doctor"]),
        ("ईरा* युद्ध इर*", ["iran"]),
        ("युद्ध विराम", ["iran", "israel"]),
        ('"युद्ध विराम"', ["iran"]),
        ("AP एपी", []),
        ("एपी", ["iran"]),
        ("कि", ["iran"]),
        ("की", ["doctor"]),
        ("टी", []),  # टीम is one word, whatever its vowel signs
        ("टी*", ["doctor"]),
        ("नोराबाद", ["doctor", "iran", "israel"]),  # in the headline
        ("headline:ईरान", []),
        ("", []),
        ("।—", []),
    ],
)
def test_words_are_found_as_they_are_typed(typed: str, found: list[str], searched: sqlite3.Connection) -> None:
    assert [name for (name,) in searched.execute(FIND, (typed,))] == found


def test_the_words_of_the_index_are_whole_words(searched: sqlite3.Connection) -> None:
    memory = sqlite3.connect(":memory:")
    tables = [sql for (sql,) in searched.execute("SELECT sql FROM sqlite_master WHERE name = 'search'")]
    memory.execute(tables[0])
    memory.execute("INSERT INTO search (rowid, headline, text) VALUES (1, 'काठमांडू में बैठक', 'राष्ट्रपति की यात्रा, २०२४')")
    memory.execute("CREATE VIRTUAL TABLE words USING fts5vocab(search, row)")

    words = {word for (word,) in memory.execute("SELECT term FROM words")}
    memory.close()

    assert words == {"काठमांडू", "में", "बैठक", "राष्ट्रपति", "की", "यात्रा", "२०२४"}


PIECES = [*"ईरान क्षि \"*'():^-+.।{}", "AND", "OR", "NOT", "NEAR", "\x00", "\u200d"]


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_whatever_is_typed_is_a_query(typed: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE search USING fts5 (text)")
    add_search_query(connection)

    rows = connection.execute("SELECT * FROM search WHERE search MATCH search_query(?)", (typed,)).fetchall()
    connection.close()

    assert rows == []

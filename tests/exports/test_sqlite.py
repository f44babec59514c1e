"""`scrapy export --to sqlite`: what its tables hold, and what leaves them."""

from pathlib import Path

import pytest

from tests.exports.databases import BOTH, ask, contents, database, publish_news, publish_six
from tests.exports.published_runs import edition, exported, ids, move, publish, run_export, withdrawal, write_catalog


@pytest.fixture
def root(tmp_path: Path) -> Path:
    publish_six(tmp_path / "exports")
    return tmp_path / "exports"


def test_what_was_withdrawn_leaves_every_table_and_the_file(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "v.db"
    publish(root, 2, articles=[edition("gone", sequence=7, text="गोपनीयशब्द कहीं नहीं", cited_media=["nhk"])])
    write_catalog(root)
    assert database(root, out) == 0
    assert "गोपनीयशब्द".encode() in out.read_bytes()

    publish(root, 3, withdrawn=[withdrawal("gone", sequence=8)])
    write_catalog(root)
    assert database(root, out) == 0

    assert not any("gone" in str(row) for rows in contents(out).values() for row in rows)
    assert "गोपनीयशब्द".encode() not in out.read_bytes()


def test_each_edition_is_kept_with_the_text_of_the_earlier_ones(root: Path, tmp_path: Path) -> None:
    assert database(root, tmp_path / "v.db") == 0
    publish_news(root)

    assert database(root, tmp_path / "v.db") == 0

    query = "SELECT revision, text FROM revisions WHERE article = 'a2' ORDER BY revision"
    assert ask(tmp_path / "v.db", query) == [(1, "पुल 2"), (2, None)]
    assert ask(tmp_path / "v.db", "SELECT text FROM articles WHERE id = 'a2'") == [("नया पुल",)]


def test_the_view_of_one_article_per_story_is_the_export_of_it(tmp_path: Path) -> None:
    root, out = tmp_path / "exports", tmp_path / "v.db"
    names = {"a1": "s1", "a2": "s2", "a3": "s1", "a4": "s1", "a5": "s2", "a6": "s6"}
    rows = [edition(name, story=story, sequence=number) for number, (name, story) in enumerate(names.items(), 1)]
    rows[0]["story"]["relation"] = rows[5]["story"]["relation"] = "near"
    publish(root, 1, copies=rows[1:3], articles=[rows[0], *rows[3:]])
    publish(root, 2, withdrawn=[withdrawal("a2", sequence=7)], story_moves=[move("a6", "s6", "s1", sequence=8)])
    write_catalog(root)
    assert database(root, out) == 0

    told = ids(exported(root, tmp_path / "one.jsonl", *BOTH, "--one-per-story"))
    assert ask(out, "SELECT id FROM one_per_story ORDER BY id") == [("a4",), ("a5",)] == [(name,) for name in told]
    assert ask(out, "SELECT id, original, articles FROM stories ORDER BY id") == [("s1", "a4", 4), ("s2", "a5", 1)]


def test_runs_that_are_named_fill_a_database_of_their_own(root: Path, tmp_path: Path) -> None:
    run = publish(root, 2, articles=[edition("a7", sequence=7)])

    assert run_export(run, "--to", "sqlite", tmp_path / "v.db") == 0

    assert ask(tmp_path / "v.db", "SELECT id FROM articles") == [("a7",)]
    assert ask(tmp_path / "v.db", "SELECT cursor FROM export") == [(0,)]

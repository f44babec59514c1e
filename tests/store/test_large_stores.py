"""The upkeep of a large store takes time in proportion to its rows, and lets runs take their turn."""

from contextlib import AbstractContextManager, closing
from typing import Any

import pytest

from crawler.store import open_store
from crawler.store.database import Database
from crawler.store.store import DatabaseStore
from crawler.store.storybook import StoryTables
from tests.store.test_storybook import TEXTS

_ROWS = 20_000


def fill(database: Database) -> None:
    """Fill the tables as crawls do, with rows that differ in their keys alone."""
    run = database.connection.executemany
    keys = [(f"{number:08}",) for number in range(_ROWS)]
    with database.transaction():
        run(
            "INSERT INTO addresses (id, outlet, url, listing, first_seen, announced, state) "
            "VALUES (?, 'zee', 'x', 'x', 1, 1, 'written')",
            keys,
        )
        run("INSERT INTO stories (id, original, articles, newsrooms, reprints) VALUES (?, 'x', 1, 1, 1)", keys)
        run(
            "INSERT INTO texts (id, published, agencies, places, by_agency, digest, weight, shingles, story, seen) "
            "VALUES (?, 1, '', '', 0, ?, 1, ?, '00000001', 1)",
            [(*key, b"x", b"x") for key in keys],
        )
        run(
            "INSERT INTO links (one, other, similarity, needed) VALUES (?, ?, 1, 1)", [(n, n + 1) for n in range(_ROWS)]
        )


def test_no_statement_of_the_upkeep_compares_each_row_with_each(postgres: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from crawler.store.postgres.session import Session

    plans = list[str]()
    execute = Session.execute

    def explained(session: Session, sql: str, parameters: Any = (), /) -> Any:
        if sql.startswith(("SELECT", "DELETE")):
            plan = execute(session, f"EXPLAIN {sql}", parameters).fetchall()
            plans.append("\n".join([sql, *(line for (line,) in plan)]))
        return execute(session, sql, parameters)

    with closing(open_store(postgres.fresh())) as store:
        fill(store.database)
        store.database.connection.execute("ANALYZE")
        monkeypatch.setattr(Session, "execute", explained)
        assert list(store.upkeep._contradictions()) == [
            "20000 addresses whose article is written but not kept",
            "1 links between texts that are gone",
        ]
        assert list(store.upkeep.prune(before=2)) == [
            "forgotten: 0 articles, 20000 addresses, 20000 texts, 20000 stories"
        ]

    assert len(plans) > 15
    assert [plan for plan in plans if "SubPlan" in plan] == []


def test_texts_are_forgotten_some_stories_at_a_time(new_store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.store.storybook._STORIES_AT_ONCE", 3)
    store: DatabaseStore = new_store()
    tables = StoryTables(store.database, window_days=7)
    for text in TEXTS:
        tables.add(text, 5)
    turns = list[int]()
    alone = store.database.alone

    def counted() -> AbstractContextManager[None]:
        turns.append(1)
        return alone()

    monkeypatch.setattr(store.database, "alone", counted)

    assert tables.forget_before(6) == len(TEXTS)

    stories = store.database.connection.execute("SELECT count(*) FROM stories").fetchone()[0]
    assert len(turns) == -(-stories // 3) > 2
    assert store.database.connection.execute("SELECT count(*) FROM marks").fetchone() == (0,)

"""Statements to a server take few round trips: those that nothing asks about go with the commit."""

from collections.abc import Callable
from typing import Any

import pytest

from crawler.store import StoreError, open_store
from crawler.store.storybook import StoryTables
from crawler.stories.group import group
from tests.store.test_storybook import TEXTS, stories

_LINK = "INSERT INTO links (one, other, similarity, needed) VALUES (?, ?, 1, 1)"


def test_a_text_takes_at_most_six_round_trips_to_the_server_with_its_transaction(
    postgres: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crawler.store.postgres.session import Session

    store, trips = open_store(postgres.fresh()), [0]
    ask = Session._safely

    def asked(session: Session, work: Callable[[], Any]) -> Any:
        trips[-1] += 1
        return ask(session, work)

    monkeypatch.setattr(Session, "_safely", asked)
    for number, text in enumerate(TEXTS):
        trips.append(0)
        StoryTables(store.database, window_days=7).add(text, number)
    taken = trips[1:]

    assert max(taken) == 6
    assert min(taken) == 3
    assert stories(store) == {member.id: member.story for member in group(TEXTS)}
    store.close()


def test_statements_that_wait_for_the_commit_are_seen_by_the_next_one_and_undone_if_one_fails(
    new_store: Callable[[], Any],
) -> None:
    database = new_store().database
    with database.transaction():
        database.run_all([(_LINK, [(1, 2), (2, 1)])])
        assert count(database) == 2
        database.run_all([(_LINK, [(1, 3)])])
    assert count(database) == 3

    with pytest.raises(StoreError), database.transaction():
        database.run_all([(_LINK, [(1, 4)]), ("INSERT INTO nowhere (one) VALUES (?)", [(1,)]), (_LINK, [(1, 5)])])
    with pytest.raises(ZeroDivisionError), database.transaction():
        interrupt(database)
    assert count(database) == 3

    database.run_all([(_LINK, [(1, 7)])])
    assert count(database) == 4


def interrupt(database: Any) -> None:
    database.run_all([(_LINK, [(1, 6)])])
    raise ZeroDivisionError


def count(database: Any) -> int:
    return int(database.connection.execute("SELECT count(*) FROM links").fetchone()[0])

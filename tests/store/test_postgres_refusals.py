"""What the server refuses is told: rights that are missing, tables of others, damage, and text that it cannot hold."""

from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from crawler.shelves import Shelf
from crawler.store import Address, StoreError, open_store
from tests.store.server_addresses import schema_of
from tests.store.test_outbox import article, waiting
from tests.store.test_storybook import FIRST


def test_a_user_who_may_only_read_is_told_before_a_crawl_and_may_see_the_figures(postgres: Any, fresh: str) -> None:
    open_store(fresh).close()
    schema = schema_of(fresh)
    postgres.run(
        f"CREATE ROLE reader_{schema} LOGIN",
        f"GRANT USAGE ON SCHEMA {schema} TO reader_{schema}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO reader_{schema}",
    )
    reading = fresh.replace("videsh@", f"reader_{schema}@")

    with pytest.raises(StoreError, match="cannot be written: give this user the right to read and write its tables"):
        open_store(reading)
    with closing(open_store(reading, must_exist=True)) as store:
        assert len(list(store.upkeep.stats(now=1))) > 5
        assert list(store.upkeep.check()) == [f"{reading}: sound"]
        with pytest.raises(StoreError, match="cannot be written: give this user the right"):
            store.readings.survived("x")


def test_a_user_who_may_make_no_tables_is_told(postgres: Any, fresh: str) -> None:
    schema = schema_of(fresh)
    postgres.run(
        f"CREATE ROLE guest_{schema} LOGIN",
        f"CREATE SCHEMA {schema}",
        f"GRANT USAGE ON SCHEMA {schema} TO guest_{schema}",
    )

    with pytest.raises(StoreError, match=r"cannot be written: give this user the right .*permission denied for schema"):
        open_store(fresh.replace("videsh@", f"guest_{schema}@"))


def test_tables_of_another_program_are_left_alone(postgres: Any, fresh: str) -> None:
    schema = schema_of(fresh)
    postgres.run(f"CREATE SCHEMA {schema}", f"CREATE TABLE {schema}.articles (x int)")

    with pytest.raises(StoreError, match="has tables of another program; name another database, or a schema of it"):
        open_store(fresh)

    tables = f"SELECT relname FROM pg_class WHERE relnamespace = '{schema}'::regnamespace"
    assert postgres.run(tables) == [("articles",)]


def test_a_store_of_a_newer_version_is_refused(postgres: Any, fresh: str) -> None:
    open_store(fresh).close()
    postgres.run(f"UPDATE {schema_of(fresh)}.videsh SET version = 99")

    with pytest.raises(StoreError, match=r"written by a newer Videsh \(store version 99.*upgrade Videsh"):
        open_store(fresh)


@pytest.mark.parametrize("title", ["पु\0ल", "\0", "पुल\0"])
def test_nul_never_reaches_the_store(new_store: Callable[[], Any], title: str) -> None:
    store = new_store()
    store.addresses.announce(
        [Address(id="a", outlet="zee\0", url="https://x/\0a", listing="https://x", title=title, first_seen=1)]
    )
    store.outbox.put(article("a", deck=title), Shelf.ARTICLES)
    store.runs.keep("run", "zee", 1, {"headline": title})

    known = store.addresses.get("a")
    assert (known.title, known.url, known.outlet) == (title.replace("\0", ""), "https://x/a", "zee")
    assert waiting(store) == ["a"]
    assert store.runs.last("zee") == [{"headline": title}]  # as JSON writes it


def test_a_text_of_ten_megabytes_is_stored_and_delivered(new_store: Callable[[], Any]) -> None:
    store = new_store()
    long = "पुल खुला। " * 400_000
    store.outbox.put(article("a", text=long), Shelf.ARTICLES)

    (delivery,) = store.outbox.waiting()
    assert len(delivery.line) > 10_000_000
    assert long[:1000] in delivery.line.decode()


def test_what_contradicts_or_cannot_be_read_is_found(postgres: Any, fresh: str) -> None:
    with closing(open_store(fresh)) as store:
        store.storybook.add(FIRST, 1)
        assert list(store.upkeep.check()) == [f"{fresh}: sound"]
        store.database.connection.execute("DELETE FROM stories")
        with pytest.raises(StoreError, match="damaged: 1 texts whose story is not kept; restore it"):
            list(store.upkeep.check())
        schema = schema_of(fresh)
        postgres.run(
            f"UPDATE pg_index SET indisvalid = false WHERE indexrelid = '{schema}.texts_seen'::regclass",
        )
        with pytest.raises(StoreError, match="the index texts_seen is not valid"):
            list(store.upkeep.check())

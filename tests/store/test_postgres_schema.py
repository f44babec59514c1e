"""The tables of the store in PostgreSQL: those of a file, made once, and migrated from each earlier version."""

from contextlib import closing
from typing import Any

import pytest

from crawler.store import open_store
from crawler.store.copying import _tables
from crawler.store.migrations import MIGRATIONS
from crawler.store.postgres.server_tables import FIRST_VERSION, statements_for
from tests.commands.running import FORKS
from tests.store.server_addresses import schema_of


def columns(postgres: Any, schema: str) -> list[tuple[object, ...]]:
    what = "table_name, column_name, data_type, is_nullable, column_default"
    query = f"SELECT {what} FROM information_schema.columns WHERE table_schema = '{schema}' ORDER BY 1, 2"
    return [tuple(str(each).replace(schema, "") for each in row) for row in postgres.run(query)]


def indexes(postgres: Any, schema: str) -> list[str]:
    found = postgres.run(f"SELECT indexdef FROM pg_indexes WHERE schemaname = '{schema}' ORDER BY 1")
    return [str(line).replace(schema, "") for (line,) in found]


def test_a_later_step_is_made_in_the_types_of_the_server(
    postgres: Any, fresh: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(fresh).close()
    step = (
        "CREATE TABLE later (number INTEGER PRIMARY KEY AUTOINCREMENT, flag INTEGER NOT NULL DEFAULT 0, "
        "share REAL, words BLOB NOT NULL DEFAULT x'') WITHOUT ROWID;\nALTER TABLE addresses ADD COLUMN later TEXT"
    )
    for module in ("server_tables", "opening_server"):
        monkeypatch.setattr(f"crawler.store.postgres.{module}.MIGRATIONS", (*MIGRATIONS, step))
    open_store(fresh).close()

    made = [row[1:3] for row in columns(postgres, schema_of(fresh)) if row[0] == "later" or row[1] == "later"]
    assert made == [
        ("later", "text"),
        ("flag", "bigint"),
        ("number", "bigint"),
        ("share", "double precision"),
        ("words", "bytea"),
    ]


@pytest.mark.parametrize("version", range(FIRST_VERSION, len(MIGRATIONS) + 1))
def test_tables_of_each_earlier_version_are_migrated_to_those_of_today(postgres: Any, version: int) -> None:
    old, new = postgres.fresh(), postgres.fresh()
    schema = schema_of(old)
    statements = [*statements_for(None, version), "CREATE TABLE videsh (version BIGINT NOT NULL)"]
    postgres.run(f"CREATE SCHEMA {schema}", *[f"SET search_path = {schema}; {each}" for each in statements])
    postgres.run(
        f"INSERT INTO {schema}.videsh VALUES ({version})",
        f"INSERT INTO {schema}.outbox (owner, shelf, article, revision, line) VALUES ('x', 'articles', 'a', 1, '{{}}')",
    )
    for address in (old, new):
        open_store(address).close()

    assert columns(postgres, schema) == columns(postgres, schema_of(new))
    assert indexes(postgres, schema) == indexes(postgres, schema_of(new))
    with closing(open_store(old)) as store:
        assert store.outbox.adopt() == 1


def test_tables_are_those_of_a_file(postgres: Any, fresh: str) -> None:
    open_store(fresh).close()
    here: dict[str, set[str]] = {}
    for table, column, *_ in columns(postgres, schema_of(fresh)):
        here.setdefault(str(table), set()).add(str(column))

    assert here == {each.name: set(each.columns) for each in _tables()} | {
        "videsh": {"version"},
        "being_read": {"owner", "page", "server_start"},
    }


def open_and_close(address: str) -> None:
    open_store(address).close()


def test_processes_that_make_the_tables_at_once_make_them_once(fresh: str) -> None:
    makers = [FORKS.Process(target=open_and_close, args=(fresh,)) for _ in range(4)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()

    assert [maker.exitcode for maker in makers] == [0] * 4
    with closing(open_store(fresh)) as store:
        versions = store.database.connection.execute("SELECT version FROM videsh").fetchall()
        assert versions == [(len(MIGRATIONS),)]

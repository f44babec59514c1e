"""The store in PostgreSQL: addresses without passwords, errors that say what to do, migrations, lost sessions."""

import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crawler.masking import MaskedRecord
from crawler.shelves import Shelf
from crawler.store import Address, StoreError, open_store
from crawler.store.copying import _tables
from crawler.store.migrations import MIGRATIONS
from crawler.store.postgres.server_tables import FIRST_VERSION, statements_for
from tests.commands.running import FORKS, ROOT, scrapy
from tests.store.test_outbox import article, die_after, waiting
from tests.store.test_storybook import COPY, FIRST, stories


@pytest.fixture
def fresh(postgres: Any) -> str:
    address: str = postgres.fresh()
    return address


def session_of(store: Any) -> Any:
    return store.database.connection.raw


def schema_of(address: str) -> str:
    return address.rpartition("%3D")[2]


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("postgresql://videsh:geheim@db/videsh", "holds a password: leave it out, and set the variable PGPASSWORD"),
        ("postgres://videsh:geheim@db/videsh", "holds a password"),
        ("postgresql://db/videsh?password=geheim", "holds a password"),
        ("postgresql://db/videsh?sslpassword=geheim&sslmode=require", "holds a password"),
        ("postgresql://db/videsh?pass%77ord=geheim", r"STORE is .postgresql://\*{3}@db/videsh.: holds a password"),
        ("postgresql://videsh:ganz geheim@db/videsh", "holds a space: write it as %20, and no password"),
        ("postgresql://db/videsh?password=ganz geheim", "holds a space"),
        ("postgresql://videsh@db", "names no database; write postgresql://USER@HOST/DATABASE"),
        ("postgresql://", "names no database"),
        ("postgresql://db/videsh?sslmod=require", r"invalid URI query parameter: .sslmod.*; write postgresql://"),
        ("postgresql://db:port/videsh", "cannot be opened"),
        ("postgresql:/db/videsh", "write sqlite:///PATH, as sqlite:///var/videsh.db, or postgresql://"),
        ("postgresql+psycopg://db/videsh", "write sqlite:///PATH"),
    ],
)
def test_a_wrong_address_is_refused_with_the_right_one(
    address: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PGDATABASE", "PGSERVICE"):
        monkeypatch.delenv(name, raising=False)

    with pytest.raises(StoreError, match=fault) as raised:
        open_store(address)

    assert "geheim" not in str(raised.value)


@pytest.mark.soak
def test_the_password_comes_from_the_environment_or_a_file_and_is_shown_nowhere(
    postgres: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    postgres.run("DROP ROLE IF EXISTS clerk", "CREATE ROLE clerk LOGIN SUPERUSER PASSWORD 'parole-47'")
    with postgres.asking_for_passwords():
        address = f"postgresql://clerk@127.0.0.1:{postgres.port}/postgres?options=-csearch_path%3Dsecret"
        for name in ("PGPASSWORD", "PGPASSFILE"):
            monkeypatch.delenv(name, raising=False)
        with pytest.raises(StoreError, match=r"cannot be opened: .*PGPASSWORD or in the file that PGPASSFILE names"):
            open_store(address)
        monkeypatch.setenv("PGPASSWORD", "wrong-pass")
        with pytest.raises(StoreError, match="password authentication failed") as wrong:
            open_store(address)
        monkeypatch.setenv("PGPASSWORD", "parole-47")
        open_store(address).close()
        monkeypatch.delenv("PGPASSWORD")
        passwords = tmp_path / "pgpass"
        passwords.write_text(f"127.0.0.1:{postgres.port}:postgres:clerk:parole-47\n")
        passwords.chmod(0o600)
        monkeypatch.setenv("PGPASSFILE", str(passwords))
        options = ["-s", f"STORE={address}", "-s", f"EXPORTS={tmp_path}/exports", "-s", "LOG_LEVEL=DEBUG"]
        done = scrapy("newsroom", "--replay", ROOT / "demo" / "demo.warc.gz", *options)

    assert "wrong-pass" not in str(wrong.value)
    assert done.code == 0, done.err[-2000:]
    written = [path.read_bytes() for path in (tmp_path / "exports").rglob("*") if path.is_file()]
    assert written
    assert not any(b"parole-47" in each for each in (*written, done.out.encode(), done.err.encode()))
    manifest = next((tmp_path / "exports").rglob("manifest.json")).read_text()
    assert "@127.0.0.1" in manifest
    record = MaskedRecord("x", logging.INFO, "x", 1, "%s", (f"STORE={address}",), None)
    assert "clerk@127.0.0.1" in record.getMessage()  # a user without a password is no secret


def test_without_the_extra_the_message_names_it_and_nothing_else_needs_it(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from crawler.store import StoreError, open_store\n"
        f"open_store('sqlite:///{tmp_path}/v.db').close()\n"
        "try: open_store('postgresql://db/videsh')\n"
        "except StoreError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)

    assert "needs psycopg" in done.stdout
    assert done.stdout.endswith("pip install 'videsh[postgres]'\n")


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"^postgresql://videsh@127.0.0.1:1/videsh: cannot be opened: check that the"):
        open_store("postgresql://videsh@127.0.0.1:1/videsh")


def test_a_database_that_is_not_there_or_of_another_encoding_is_named(postgres: Any) -> None:
    with pytest.raises(StoreError, match=r'cannot be opened: .*database "nothing" does not exist'):
        open_store(postgres.address("nothing"))
    postgres.run(
        "DROP DATABASE IF EXISTS latin",
        "CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0",
    )
    with pytest.raises(StoreError, match="is encoded in LATIN1; make a database with ENCODING 'UTF8'"):
        open_store(postgres.address("latin"))


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


def test_two_sessions_that_place_two_copies_at_once_see_each_other(fresh: str) -> None:
    started, added = threading.Event(), threading.Event()

    def add_copy() -> None:
        with closing(open_store(fresh)) as other:
            started.set()
            other.storybook.add(replace(COPY, published=FIRST.published), 1)
            added.set()

    with closing(open_store(fresh)) as store:
        with store.alone():
            thread = threading.Thread(target=add_copy)
            thread.start()
            assert started.wait(30)
            store.storybook.add(FIRST, 1)
            assert not added.wait(0.2)
        thread.join(30)

        assert len(set(stories(store).values())) == 1


def test_a_transaction_does_not_wait_for_one_that_is_alone(fresh: str) -> None:
    with closing(open_store(fresh)) as store, closing(open_store(fresh)) as other, store.alone():
        with other.transaction():
            other.articles.write(article("a"), 1, Shelf.ARTICLES)

        assert store.articles.kept("a") is not None


def test_a_session_that_waits_too_long_for_another_one_says_so_and_goes_on(fresh: str) -> None:
    with closing(open_store(fresh)) as store, closing(open_store(fresh)) as other:
        other.database.connection.execute("SELECT set_config('lock_timeout', '100ms', false)")
        with (
            store.alone(),
            pytest.raises(StoreError, match="another process holds it for over a minute"),
            other.alone(),
        ):
            pass

        with other.alone():
            other.articles.write(article("a"), 1, Shelf.ARTICLES)
        assert store.articles.kept("a") is not None


def test_an_error_within_a_transaction_undoes_it_and_the_session_goes_on(fresh: str) -> None:
    with closing(open_store(fresh)) as store:

        def write_and_fail() -> None:
            with store.transaction():
                store.articles.write(article("a"), 1, Shelf.ARTICLES)
                store.database.connection.execute("SELECT nothing FROM nowhere")

        with pytest.raises(StoreError):
            write_and_fail()

        assert store.articles.kept("a") is None
        with store.alone():
            store.articles.write(article("a"), 1, Shelf.ARTICLES)
        assert store.articles.kept("a") is not None


def test_a_session_that_ended_is_noticed_at_once_and_stays_lost(postgres: Any, fresh: str) -> None:
    store = open_store(fresh)
    store.require()
    postgres.run(f"SELECT pg_terminate_backend({session_of(store).info.backend_pid}, 5000)")

    for _ in range(2):
        with pytest.raises(StoreError, match="the session has ended: see that the server runs, then run again"):
            store.require()
        with pytest.raises(StoreError, match="the session has ended"):
            store.articles.kept("a")
    store.close()


def read_and_wait(address: str) -> None:
    open_store(address).readings.begin("page")


def test_a_session_that_dies_on_a_page_is_counted_and_one_that_ends_with_its_server_is_not(
    postgres: Any, fresh: str
) -> None:
    die_after(read_and_wait, fresh)
    with closing(open_store(fresh)) as store:
        assert store.readings.sweep() == ["page"]
        assert store.readings.sweep() == []
        assert store.readings.deaths("page") == 1
        die_after(read_and_wait, fresh)
        postgres.run(f"UPDATE {schema_of(fresh)}.being_read SET server_start = server_start - interval '1 hour'")

        assert store.readings.sweep() == []
        assert store.readings.deaths("page") == 1
        store.readings.begin("another")
        store.readings.done("page")
        with closing(open_store(fresh)) as other:
            assert other.readings.sweep() == []
        store.readings.done("another")
        assert postgres.run(f"SELECT count(*) FROM {schema_of(fresh)}.being_read") == [(0,)]


def test_a_machine_that_vanished_is_noticed_within_thirty_seconds(postgres: Any) -> None:
    with closing(open_store(f"{postgres.address(is_local=False)}?options=-csearch_path%3Dvanished")) as store:
        run = store.database.connection.execute
        names = ("tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count", "tcp_user_timeout")
        query = "SELECT setting FROM pg_settings WHERE name = ?"  # in seconds, the last in milliseconds
        idle, interval, count, unanswered = (int(run(query, (name,)).fetchone()[0]) for name in names)
        given = session_of(store).info.get_parameters()

    assert idle + interval * count <= 30
    assert unanswered <= 30_000
    assert int(given["keepalives_idle"]) + int(given["keepalives_interval"]) * int(given["keepalives_count"]) <= 30
    assert int(given["tcp_user_timeout"]) <= 30_000


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

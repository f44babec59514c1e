"""Open the store in a PostgreSQL database: check what it holds, make its tables, and migrate them."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from crawler.store.copying import refuse_unfinished
from crawler.store.migrations import MIGRATIONS
from crawler.store.postgres.server_address import read_server_address
from crawler.store.postgres.server_database import ServerDatabase, lock_key
from crawler.store.postgres.server_tables import statements_for
from crawler.store.postgres.session import Session
from crawler.store.values import StoreError

_TABLE = "CREATE TABLE videsh (version BIGINT NOT NULL)"
"""The table that marks a schema as a store, with one row."""
# The mark comes last: another session may commit all tables between two looks.
_STATE = """
SELECT current_schema(), current_setting('search_path'), current_setting('server_encoding'),
current_setting('transaction_read_only') = 'on', to_regclass('articles') IS NOT NULL, to_regclass('videsh') IS NOT NULL
"""


def open_server(address: str, *, must_exist: bool = False, is_copied: bool = False) -> ServerDatabase:
    """Return the database at an address, with the tables of this version.

    Raise StoreError if it cannot be reached or written, if another program or a newer Videsh made its tables, or, with
    `must_exist`, if it has none. Only who copies into it, with `is_copied`, may open one that holds a part of a copy.
    """
    session = Session(read_server_address(address))
    try:
        schema = _prepare(session, must_exist)
        database = ServerDatabase(session, schema)
        if _version(session) != len(MIGRATIONS):
            with _locked(session, schema):
                _migrate(database, schema)
        if not must_exist:
            _require_rights(session)
        refuse_unfinished(database, is_copied=is_copied)
    except BaseException:
        session.close()
        raise
    return database


def _prepare(session: Session, must_exist: bool) -> str:
    """Return the name of the schema, which is the first of the session's search path, there or not."""
    schema, path, encoding, is_read_only, is_other, is_store = session.one(_STATE)
    if encoding != "UTF8":
        raise StoreError(f"{session.name}: is encoded in {encoding}; make a database with ENCODING 'UTF8'")
    if is_read_only and not must_exist:
        raise StoreError(f"{session.name}: cannot be written, as on a standby server; name the primary server in STORE")
    if not is_store and is_other:
        todo = "name another database, or a schema of it: ?options=-csearch_path%3Dvidesh"
        raise StoreError(f"{session.name}: has tables of another program; {todo}")
    if not is_store and must_exist:
        raise StoreError(f"{session.name}: there is no store yet; a crawl makes one, or set STORE to where it lies")
    if schema is None:
        schema = path.split(",")[0].strip().strip('"')
    return str(schema)


def _version(session: Session) -> int | None:
    """Return the version of the tables, or None if there are none."""
    if not session.one("SELECT to_regclass('videsh') IS NOT NULL")[0]:
        return None
    return int(session.one("SELECT version FROM videsh")[0])


def _migrate(database: ServerDatabase, schema: str) -> None:
    """Bring the tables to this version, in one transaction."""
    session = database.connection
    with database.transaction():
        if session.one("SELECT current_schema()")[0] is None:
            session.run(f'CREATE SCHEMA "{schema}"')
        version = _version(session)
        if version is not None and version > len(MIGRATIONS):
            raise StoreError(
                f"{session.name}: written by a newer Videsh (store version {version}, this one knows "
                f"{len(MIGRATIONS)}); upgrade Videsh, or name another database"
            )
        for statement in statements_for(version):
            session.run(statement)
        if version is None:
            session.run(_TABLE)
            session.execute("INSERT INTO videsh (version) VALUES (?)", (len(MIGRATIONS),))
        elif version != len(MIGRATIONS):
            session.execute("UPDATE videsh SET version = ?", (len(MIGRATIONS),))


@contextmanager
def _locked(session: Session, schema: str) -> Iterator[None]:
    """Return a context in which no other session makes or changes tables.

    The lock is taken before the transaction begins: one that has begun may not see tables that were just made.
    """
    lock = lock_key(f"{schema}: migration")
    session.execute("SELECT pg_advisory_lock(?)", (lock,))
    try:
        yield
    finally:
        with suppress(StoreError):
            session.execute("SELECT pg_advisory_unlock(?)", (lock,))


def _require_rights(session: Session) -> None:
    """Raise StoreError if this user may not write the tables, so that it is said before the crawl starts."""
    rights = "has_table_privilege('addresses', 'INSERT') AND has_table_privilege('addresses', 'UPDATE')"
    if not session.one(f"SELECT {rights} AND has_table_privilege('addresses', 'DELETE')")[0]:
        todo = "give this user the right to read and write its tables, or name another user in STORE"
        raise StoreError(f"{session.name}: cannot be written: {todo}")

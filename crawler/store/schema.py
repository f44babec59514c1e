"""The tables of the store, as migrations: each step is written once and never changed again."""

APPLICATION = 0x56494445
"""SQLite's application id of our files: tells a store from any other database."""

_FIRST = """
CREATE TABLE outbox (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    owner TEXT NOT NULL,
    shelf TEXT NOT NULL,
    article TEXT NOT NULL,
    revision INTEGER NOT NULL,
    line BLOB NOT NULL,
    part TEXT
);
CREATE INDEX outbox_owner ON outbox (owner, part, number)
"""

MIGRATIONS: tuple[str, ...] = (_FIRST,)

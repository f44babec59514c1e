"""The tables of the store, as a list of migrations; a published migration is never changed."""

APPLICATION = 0x56494445
"""The application id in the header of the SQLite file, `VIDE` in ASCII; it marks the file as a store."""

_OUTBOX = """
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

_HISTORY = """
CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    outlet TEXT,
    url TEXT NOT NULL,
    revision INTEGER NOT NULL,
    first_seen INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    story TEXT NOT NULL,
    headline BLOB NOT NULL,
    deck BLOB NOT NULL,
    body BLOB NOT NULL,
    credit BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX articles_outlet ON articles (outlet, changed);
CREATE TABLE addresses (
    id TEXT PRIMARY KEY,
    outlet TEXT NOT NULL,
    url TEXT NOT NULL,
    listing TEXT NOT NULL,
    title TEXT,
    published TEXT,
    first_seen INTEGER NOT NULL,
    state TEXT NOT NULL,
    checked INTEGER,
    tries INTEGER NOT NULL DEFAULT 0,
    article TEXT
) WITHOUT ROWID;
CREATE INDEX addresses_outlet ON addresses (outlet, first_seen);
CREATE INDEX addresses_article ON addresses (article);
CREATE TABLE listings (
    url TEXT PRIMARY KEY,
    outlet TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    digest BLOB,
    asked INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    last_read INTEGER,
    last_new INTEGER
) WITHOUT ROWID;
CREATE TABLE yields (
    listing TEXT NOT NULL,
    at INTEGER NOT NULL,
    run TEXT NOT NULL,
    new INTEGER NOT NULL,
    known INTEGER NOT NULL,
    dead INTEGER NOT NULL,
    PRIMARY KEY (listing, at, run)
) WITHOUT ROWID;
CREATE TABLE liars (host TEXT PRIMARY KEY, seen INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE runs (
    run TEXT NOT NULL,
    outlet TEXT NOT NULL,
    ended INTEGER NOT NULL,
    report TEXT NOT NULL,
    PRIMARY KEY (outlet, ended, run)
) WITHOUT ROWID
"""

_STORIES = """
CREATE TABLE texts (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    outlet TEXT,
    published INTEGER,
    agencies TEXT NOT NULL,
    places TEXT NOT NULL,
    by_agency INTEGER NOT NULL,
    digest BLOB NOT NULL,
    weight INTEGER NOT NULL,
    shingles BLOB NOT NULL,
    story TEXT NOT NULL DEFAULT '',
    is_copy INTEGER NOT NULL DEFAULT 0,
    seen INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX texts_story ON texts (story);
CREATE INDEX texts_seen ON texts (seen);
CREATE TABLE marks (mark INTEGER NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (mark, entry)) WITHOUT ROWID;
CREATE TABLE links (
    one INTEGER NOT NULL,
    other INTEGER NOT NULL,
    similarity REAL NOT NULL,
    needed REAL NOT NULL,
    PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE TABLE stories (
    id TEXT PRIMARY KEY,
    original TEXT NOT NULL,
    articles INTEGER NOT NULL,
    newsrooms INTEGER NOT NULL,
    reprints INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE moves (
    at INTEGER NOT NULL,
    article TEXT NOT NULL,
    old TEXT NOT NULL,
    new TEXT NOT NULL,
    because TEXT NOT NULL
)
"""

_FLAT_OVER_YEARS = """
UPDATE texts SET published = seen WHERE published IS NULL;
ALTER TABLE marks RENAME TO old_marks;
CREATE TABLE marks (
    period INTEGER NOT NULL,
    mark INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    PRIMARY KEY (period, mark, entry)
) WITHOUT ROWID;
INSERT INTO marks
    SELECT published / 604800, mark, entry FROM old_marks JOIN texts ON number = entry >> 1;
DROP TABLE old_marks;
CREATE INDEX addresses_waiting ON addresses (outlet, first_seen) WHERE state = 'waiting'
"""

_STILL_ANNOUNCED = """
ALTER TABLE addresses ADD COLUMN announced INTEGER NOT NULL DEFAULT 0
"""

# From this version on, a listing's digest covers other URLs, so stored digests and validators are cleared.
_SHELVES = """
UPDATE addresses SET announced = CAST(strftime('%s', 'now') AS INTEGER);
UPDATE listings SET etag = NULL, last_modified = NULL, digest = NULL;
ALTER TABLE articles ADD COLUMN shelf TEXT NOT NULL DEFAULT 'articles';
UPDATE articles SET shelf = 'copies' WHERE id IN (SELECT id FROM texts WHERE is_copy)
"""

_RESTS = """
CREATE TABLE rests (
    host TEXT PRIMARY KEY,
    until INTEGER NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL
) WITHOUT ROWID
"""

_READINGS = """
CREATE TABLE readings (
    id TEXT PRIMARY KEY,
    deaths INTEGER NOT NULL
) WITHOUT ROWID
"""

# Texts of before have no words: nothing of their wording speaks against a story.
_WORDS = """
ALTER TABLE texts ADD COLUMN dated TEXT;
ALTER TABLE texts ADD COLUMN words BLOB NOT NULL DEFAULT x'';
ALTER TABLE texts ADD COLUMN figures TEXT NOT NULL DEFAULT ''
"""

_PERIODS = """
CREATE TABLE periods (
    period INTEGER PRIMARY KEY,
    texts INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO periods SELECT published / 604800, count(*) FROM texts WHERE published IS NOT NULL GROUP BY 1
"""

_WITHDRAWALS = """
ALTER TABLE moves ADD COLUMN exported INTEGER NOT NULL DEFAULT 0;
CREATE INDEX moves_exported ON moves (exported) WHERE NOT exported;
CREATE TABLE gone (
    article TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    withdrawn INTEGER
) WITHOUT ROWID
"""

_ALARMS = """
CREATE TABLE alarms (
    outlet TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (outlet, kind)
) WITHOUT ROWID
"""

# Parts were named by their whole address; which place of exports that was, only its address tells.
_LANES = """
CREATE TABLE lanes (
    outlet TEXT PRIMARY KEY,
    holder TEXT,
    taken DOUBLE PRECISION NOT NULL,
    due DOUBLE PRECISION NOT NULL
) WITHOUT ROWID;
CREATE TABLE lane_hosts (
    host TEXT PRIMARY KEY,
    outlet TEXT NOT NULL,
    holder TEXT,
    delay DOUBLE PRECISION NOT NULL,
    asked DOUBLE PRECISION NOT NULL
) WITHOUT ROWID;
UPDATE outbox
SET part = substr(part, instr(part, '/date=') + 1) || '?place=&at=' || substr(part, 1, instr(part, '/date=') - 1)
WHERE instr(part, '/date=') > 0
"""

# `NOT exported` needs a truth value, which PostgreSQL does not take a number for.
_UNEXPORTED_MOVES = """
DROP INDEX moves_exported;
CREATE INDEX moves_unexported ON moves (exported) WHERE exported = 0
"""

# Shingles are made from the words; texts of before, which have no words, keep theirs.
_SHINGLES = "UPDATE texts SET shingles = substr(shingles, 1, 0) WHERE length(words) > 0"

# Few addresses lead to an article of another address; only `scrapy store stats` groups articles by outlet.
_FEWER_INDEXES = """
DROP INDEX articles_outlet;
DROP INDEX addresses_article;
CREATE INDEX addresses_elsewhere ON addresses (article) WHERE article IS NOT NULL
"""

MIGRATIONS: tuple[str, ...] = (
    _OUTBOX,
    _HISTORY,
    _STORIES,
    _FLAT_OVER_YEARS,
    _STILL_ANNOUNCED,
    _SHELVES,
    _RESTS,
    _READINGS,
    _WORDS,
    _WITHDRAWALS,
    _PERIODS,
    _ALARMS,
    _LANES,
    _UNEXPORTED_MOVES,
    _SHINGLES,
    _FEWER_INDEXES,
)

CREATE TABLE articles (              -- each article once, as it is now
    id TEXT PRIMARY KEY NOT NULL,
    number INTEGER UNIQUE NOT NULL,  -- its row in the index `search`
    outlet TEXT,                     -- slug
    publisher_name TEXT,
    publisher_name_hi TEXT,
    url TEXT NOT NULL,
    headline TEXT NOT NULL,
    deck TEXT,
    byline TEXT NOT NULL,            -- a JSON array of names
    dateline_raw TEXT,
    country TEXT,                    -- of the first place of the dateline
    agency TEXT,                     -- the first that the report is credited to, or that of the dateline
    published_at TEXT,               -- in UTC: 2026-11-24T04:30:00Z
    published_on TEXT,               -- day in the outlet's time zone: 2026-11-24
    published_precision TEXT,
    modified_at TEXT,
    section TEXT,
    tags TEXT NOT NULL,              -- a JSON array
    text TEXT,
    word_count INTEGER,
    language TEXT,
    kind TEXT NOT NULL,
    access TEXT NOT NULL,
    revision INTEGER NOT NULL,
    story_id TEXT REFERENCES stories (id) DEFERRABLE INITIALLY DEFERRED,
    story_relation TEXT,
    story_of TEXT,                   -- id of the article that it repeats
    story_similarity REAL,
    story_because TEXT,
    first_seen_at TEXT,
    fetched_at TEXT,
    run_id TEXT,
    sequence INTEGER                 -- of the last row that says something about the article
);
CREATE INDEX articles_story ON articles (story_id);
CREATE INDEX articles_day ON articles (published_on);
CREATE INDEX articles_outlet ON articles (outlet);

CREATE TABLE stories (               -- each story that an article tells
    id TEXT PRIMARY KEY NOT NULL,
    original TEXT NOT NULL REFERENCES articles (id) DEFERRABLE INITIALLY DEFERRED,
    headline TEXT NOT NULL,          -- of the original
    articles INTEGER NOT NULL,
    outlets INTEGER NOT NULL,
    first_at TEXT,                   -- when the first and the last of its articles were published, or first seen
    last_at TEXT
) WITHOUT ROWID;

CREATE TABLE credits (               -- agencies that an article is credited to
    article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,       -- from 1, as printed
    agency TEXT NOT NULL,            -- identifier: ap, pti-bhasha
    name TEXT,
    raw TEXT,
    found_in TEXT,                   -- `where` of the record: dateline, tail, inline, byline, meta
    PRIMARY KEY (article, position)
) WITHOUT ROWID;
CREATE INDEX credits_agency ON credits (agency);

CREATE TABLE places (                -- places of the dateline
    article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,              -- as printed
    english TEXT,
    country TEXT,                    -- ISO 3166-1 alpha-2
    geonames_id INTEGER,
    latitude REAL,
    longitude REAL,
    PRIMARY KEY (article, position)
) WITHOUT ROWID;
CREATE INDEX places_country ON places (country);
CREATE INDEX places_english ON places (english);

CREATE TABLE media (                 -- media that the text quotes as a source, which are no credits
    article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    medium TEXT NOT NULL,            -- identifier: kcna, nhk
    PRIMARY KEY (article, position)
) WITHOUT ROWID;
CREATE INDEX media_medium ON media (medium);

CREATE TABLE revisions (             -- every edition of each article
    number INTEGER PRIMARY KEY,      -- in the order of publication
    article TEXT NOT NULL REFERENCES articles (id) DEFERRABLE INITIALLY DEFERRED,
    revision INTEGER NOT NULL,
    headline TEXT NOT NULL,
    deck TEXT,
    dateline_raw TEXT,
    text TEXT,                       -- of an earlier edition; that of the last is in `articles`
    story_relation TEXT,
    story_because TEXT,              -- what changed
    modified_at TEXT,
    fetched_at TEXT,
    run_id TEXT,
    sequence INTEGER,
    UNIQUE (article, revision)
);

-- The headline and text of each article by the keys of their words (crawler/text/search_key.py). The categories keep
-- vowel signs in their words; without them each one would end a word. The index keeps no text of its own.
CREATE VIRTUAL TABLE search USING fts5 (
    headline, text, content = '', tokenize = "unicode61 categories 'L* N* M* Co'"
);

CREATE TABLE export (                -- one row: up to where the file is written, and from what
    cursor INTEGER NOT NULL,
    kind TEXT NOT NULL,              -- JSON: which articles are exported
    unnumbered TEXT NOT NULL,        -- JSON: the parts without sequence numbers
    layout TEXT NOT NULL             -- hash of these tables and of the key of `search`
);

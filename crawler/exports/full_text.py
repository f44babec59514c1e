"""Search the index of words in an SQLite file of articles."""

import os
import re
import sqlite3
from pathlib import Path
from urllib.parse import quote

from crawler.text.search_key import prefix_keys, search_key

_PIECE = re.compile(r'"([^"]*)"|([^\s"]+)')
"""A phrase in quotes, or a word."""


def search_query(words: str) -> str:
    """Return the query of FTS5 for what a person types: all of the words, phrases in quotes, beginnings with `*`.

    A text without words finds nothing.

    >>> search_query('ईरान "युद्ध विराम" इसरा*')
    '"इरान" AND "युद्ध विराम" AND ("इसरा" * OR "इजराइल" *)'
    """
    pieces = _PIECE.findall(words)
    queries = (_beginning(word) if word.endswith("*") else _phrase(phrase or word) for phrase, word in pieces)
    return " AND ".join(filter(None, queries)) or '""'


def open_for_search(path: Path) -> sqlite3.Connection:
    """Open a file that `scrapy export --to sqlite` wrote, for reading, with `search_query` as an SQL function."""
    database = sqlite3.connect(f"file:{quote(os.fsencode(path))}?mode=ro", uri=True)
    add_search_query(database)
    return database


def add_search_query(database: sqlite3.Connection) -> None:
    """Give a connection the SQL function `search_query`."""
    database.create_function("search_query", 1, search_query, deterministic=True)


def _phrase(text: str) -> str:
    key = search_key(text)
    return f'"{key}"' if key else ""


def _beginning(word: str) -> str:
    keys = [key for key in prefix_keys(word) if key]
    either = " OR ".join(f'"{key}" *' for key in keys)
    return f"({either})" if len(keys) > 1 else either

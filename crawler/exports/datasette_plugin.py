"""What Datasette shows of a database that `scrapy export --to sqlite` wrote: titles, facets, a search that folds words.

Datasette finds it by an entry point, so `datasette FILE` is all that is needed; it changes nothing for other databases,
and what a `--metadata` file says comes first.
"""

import json
import sqlite3
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from pluggy import HookimplMarker

from crawler.exports.full_text import add_search_query, search_query
from crawler.exports.out_file import DATABASE_MARK, is_database

_implements = HookimplMarker("datasette")  # what datasette.hookimpl is, without the time of importing Datasette


@_implements
def get_metadata(datasette: Any) -> dict[str, Any]:
    """Return titles, descriptions, facets and queries of our databases among those that are served."""
    paths = {name: each.path for name, each in datasette.databases.items() if each.path}
    return {"databases": {name: _metadata() for name, path in paths.items() if is_database(Path(path))}}


@_implements(trylast=True)
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Give a connection `search_query`, which Datasette's search uses too: by the name of the function it calls."""
    if conn.execute("PRAGMA application_id").fetchone()[0] == DATABASE_MARK:
        add_search_query(conn)
        conn.create_function("escape_fts", 1, search_query, deterministic=True)


@lru_cache(maxsize=1)
def _metadata() -> dict[str, Any]:
    found = json.loads(resources.files("crawler.exports").joinpath("datasette.json").read_text(encoding="utf-8"))
    return dict(found)

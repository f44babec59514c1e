"""The store of the tests of exports."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.store import open_store
from crawler.store.store import SqliteStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = open_store(f"sqlite:///{tmp_path}/v.db")
    yield store
    store.close()

"""Fixtures of all tests, and settings that work from any folder."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
_OF_SCALE = ("bulk", "store")
"""Folders of tests of engines and stores."""
os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "crawler.settings")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of engines and stores, and all that use PostgreSQL, as `scale`; other files mark their own."""
    for item in items:
        if item.path.parent.name in _OF_SCALE or _uses_postgres(item):
            item.add_marker(pytest.mark.scale)


def pytest_collection_finish() -> None:
    """Leave all modules and tests out of the garbage collections that follow: they stay until the end."""
    gc.freeze()


def _uses_postgres(item: pytest.Item) -> bool:
    given = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    return "postgres" in getattr(item, "fixturenames", ()) or given.get("new_address") == "postgresql"


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the project's root folder."""
    return ROOT


@pytest.fixture(scope="session")
def evidence() -> Path:
    """Return the folder of shared test data beside the checkout; skip the test if it is absent."""
    folder = ROOT.parent / "shared" / "evidence"
    if not folder.is_dir():
        pytest.skip("needs ../shared/evidence, which stands beside the founders' checkout only")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """Return a PostgreSQL server; skip the test where one cannot be started."""
    pytest.importorskip("psycopg", reason="needs psycopg, which the extra postgres installs")
    from tests.store.server import missing, running

    if reason := missing():
        pytest.skip(reason)
    with running() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def new_address(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Return a function that gives the address of a store that does not exist yet, once for each kind of database."""
    if request.param == "sqlite":
        numbers = count()
        return lambda: f"sqlite:///{tmp_path}/var/videsh{next(numbers) or ''}.db"
    fresh: Callable[[], str] = request.getfixturevalue("postgres").fresh
    return fresh


@pytest.fixture
def address(new_address: Callable[[], str]) -> str:
    """Return the address of a store that does not exist yet, once for each kind of database."""
    return new_address()


@pytest.fixture
def new_store(new_address: Callable[[], str]) -> Iterator[Callable[[], Any]]:
    """Return a function that opens a store that is empty, once for each kind of database; it closes them all."""
    from crawler.store import open_store

    with ExitStack() as opened:
        yield lambda: opened.enter_context(closing(open_store(new_address())))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return a Chromium driven by Playwright; skip the test where one of them is missing.

    It ends with the module: while it lives, Playwright keeps an event loop running in this process, and no other test
    could run one.
    """
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright, which the dev extra installs")
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("needs Chromium to open a page: apt-get install chromium fonts-noto-core")
    quietly = ("background-networking", "component-update", "gpu", "sync")
    arguments = ["--no-sandbox", "--no-first-run", *(f"--disable-{each}" for each in quietly)]
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=path, args=arguments)
        yield chromium
        chromium.close()

"""A browser for the tests of the edition's pages."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.edition.reading import QUIETLY


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright, which the dev extra installs")
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("needs Chromium to open the edition: apt-get install chromium fonts-noto-core")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=path, args=QUIETLY)
        yield chromium
        chromium.close()

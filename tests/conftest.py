"""Fixtures of all tests, and settings that work from any folder."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "crawler.settings")


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

"""The last resort is trafilatura if it is installed; else there is none."""

import sys

import pytest

from crawler.reading.fallback import _trafilatura, last_resort_lines
from crawler.reading.tree import parse
from tests.reading.markup import FIRST, SECOND, THIRD, URL, page, paragraphs


def test_trafilatura_reads_a_page_if_it_is_installed() -> None:
    pytest.importorskip("trafilatura")
    root = parse(page(paragraphs(FIRST * 2, SECOND * 2, THIRD * 2)).encode())
    assert root is not None

    assert FIRST in " ".join(line.text for line in last_resort_lines(root, URL))


def test_without_trafilatura_there_is_no_last_resort(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    monkeypatch.setattr("crawler.reading.fallback._trafilatura", _trafilatura.__wrapped__)  # nothing is remembered
    root = parse(page(paragraphs()).encode())
    assert root is not None

    assert last_resort_lines(root, URL) == []

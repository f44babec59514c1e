"""Run `scrapy extract` in the process of the tests, on a fixture page."""

import json
from pathlib import Path
from typing import Any

import pytest
from scrapy.utils.project import get_project_settings

from crawler.commands.extract import Command
from tests.commands.running import ROOT, Done

PAGES = ROOT / "tests" / "pages"
NEPAL = PAGES / "indiatv" / "nepal_bridge_bhasha.html"


def pair_of(page: Path) -> dict[str, Any]:
    pair: dict[str, Any] = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    return pair


def url_of(page: Path) -> str:
    return str(pair_of(page)["page"]["url"])


def extract(capsys: pytest.CaptureFixture[str], *arguments: str | Path, url: str | None = None) -> Done:
    """Run the command in this process, as it opens no socket and needs no reactor, and without other processes."""
    command = Command()
    command.settings = get_project_settings()
    options = type("Options", (), {"url": url})()
    command.run([str(each) for each in arguments], options)
    captured = capsys.readouterr()
    return Done(command.exitcode, captured.out, captured.err)

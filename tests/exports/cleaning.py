"""Run `scrapy clean` in tests."""

import argparse
from pathlib import Path
from typing import Any

from scrapy.utils.project import get_project_settings

from crawler.commands.clean import Command

LATER = "2026-12-31T00:00:00+00:00"


def clean(exports: Path, *, keep: str | None = "30d", at: str = LATER, yes: bool = True, **more: Any) -> int:
    """Run the command at a time, and return its exit code; `more` are settings, and `archives`."""
    command, archives = Command(), more.pop("archives", None)
    command.settings = get_project_settings()
    places = {"EXPORTS": str(exports), "CRAWL_TIME": at, "EDITION": str(exports.parent / "edition")}
    command.settings.update({**places, **more}, priority="cmdline")
    command.run([], argparse.Namespace(keep=keep, archives=archives, yes=yes))
    return int(command.exitcode)


def runs_of(exports: Path) -> list[str]:
    return sorted(path.name for path in exports.glob("date=*/run=*"))

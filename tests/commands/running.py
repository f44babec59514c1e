"""Runs the project's commands as a user does, in a process of their own."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Done:
    """A command that has ended."""

    code: int
    out: str
    err: str


def scrapy(*arguments: str | Path, folder: Path = ROOT) -> Done:
    """Run `scrapy` with some arguments, and return what came of it."""
    command = [sys.executable, "-m", "scrapy", *map(str, arguments)]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=120, check=False)
    return Done(done.returncode, done.stdout, done.stderr)

"""Newsroom runs over real sockets, in a process of their own: started, stopped, and looked at when they have ended."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.commands.running import ROOT
from tests.crawling.site import NOW
from tests.runs.replaying import lines, run_folders
from tests.site.publisher import Answer, Publisher

_QUICKLY = {
    "DOWNLOAD_DELAY": "0.02",
    "AUTOTHROTTLE_ENABLED": "0",
    "RETRY_TIMES": "1",
    "CONTACT": "tests@example.org",
    "LOG_LEVEL": "INFO",
}


@dataclass(frozen=True, slots=True)
class Done:
    """A run that has ended."""

    code: int
    text: str
    """What it printed and logged."""
    seconds: float
    """From its start to its end, or from the signal to its end."""
    folder: Path
    """The run's folder."""
    asked: list[str]

    @property
    def report(self) -> dict[str, Any]:
        """Return the run's report."""
        told: dict[str, Any] = json.loads((self.folder / "report.json").read_bytes())
        return told

    def delivered(self) -> Counter[str]:
        """Return how many articles and copies of each outlet the run delivered."""
        parts = self.folder.glob("[ac]*.jsonl")
        return Counter(record["outlet"] for path in parts for record in lines(path))


class Newsroom:
    """Runs of some outlets into one store and one folder of exports."""

    def __init__(self, folder: Path, *outlets: str) -> None:
        self.folder = folder
        self._outlets = outlets

    def run(self, answers: Mapping[str, Answer], *, stop_after: Collection[str] = (), **settings: str) -> Done:
        """Run to the end, or send SIGTERM half a second after each of `stop_after` was part of an address asked for."""
        told = _QUICKLY | {
            "STORE": f"sqlite:///{self.folder}/v.db",
            "EXPORTS": str(self.folder / "exports"),
            "CRAWL_TIME": NOW,
            **settings,
        }
        command = [sys.executable, "-m", "scrapy", "newsroom", *self._outlets]
        command += [part for name, value in told.items() for part in ("-s", f"{name}={value}")]
        with Publisher(answers, self.folder) as publisher:
            environment = {**os.environ, **publisher.environment}
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            )
            began = time.monotonic()
            if stop_after:
                while process.poll() is None and not _were_asked(stop_after, publisher.urls()):
                    time.sleep(0.02)
                time.sleep(0.5)
                began = time.monotonic()
                process.send_signal(signal.SIGTERM)
            text = process.communicate(timeout=120)[0]
            seconds = time.monotonic() - began
            last = max(run_folders(self.folder), key=lambda path: path.stat().st_mtime)
            return Done(process.returncode, text, seconds, last, publisher.urls())


def _were_asked(parts: Collection[str], urls: Collection[str]) -> bool:
    return all(any(part in url for url in urls) for part in parts)

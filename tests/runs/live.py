"""Newsroom runs over real sockets, in a process of their own: started, stopped, and looked at when they have ended."""

import json
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.commands.running import Running, start
from tests.crawling.site import NOW
from tests.runs.replaying import lines, run_folders
from tests.site.publisher import Answer, Publisher, Tunnel

_QUICKLY = {
    "DOWNLOAD_DELAY": "0.02",
    "AUTOTHROTTLE_ENABLED": "0",
    "RETRY_TIMES": "1",
    "CONTACT": "tests@example.org",
    "LOG_LEVEL": "INFO",
}
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process has used so far."""

    cpu: float = 0
    """Seconds of CPU."""
    megabytes: float = 0
    """The most memory that it has held."""


@dataclass(frozen=True, slots=True)
class Done:
    """A run that has ended."""

    code: int
    text: str
    """What it printed and logged."""
    seconds: float
    """From its start to its end, or from the signal to its end."""
    cost: Cost
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

    def run(
        self,
        answers: Mapping[str, Answer],
        *,
        stop_after: Collection[str] = (),
        tunnels: Mapping[str, Tunnel] | None = None,
        **settings: str,
    ) -> Done:
        """Run to the end, or send SIGTERM half a second after each of `stop_after` was part of an address asked for."""
        told = _QUICKLY | {
            "STORE": f"sqlite:///{self.folder}/v.db",
            "EXPORTS": str(self.folder / "exports"),
            "CRAWL_TIME": NOW,
            **settings,
        }
        arguments = [part for name, value in told.items() for part in ("-s", f"{name}={value}")]
        with Publisher(answers, self.folder, tunnels=tunnels) as publisher:
            process = start("newsroom", *self._outlets, *arguments, environment=publisher.environment)
            began = time.monotonic()
            cost = Cost()
            if stop_after:
                cost = _watch(process, lambda: _were_asked(stop_after, publisher.urls()))
                time.sleep(0.5)
                began = time.monotonic()
                process.send_signal(signal.SIGTERM)
            cost = _watch(process, lambda: False, cost)
            seconds = time.monotonic() - began
            done = process.wait()
        last = max(run_folders(self.folder), key=lambda path: path.stat().st_mtime)
        return Done(done.code, done.out + done.err, seconds, cost, last, publisher.urls())


def _watch(process: Running, is_enough: Callable[[], bool], cost: Cost = Cost()) -> Cost:
    """Wait until a process has ended or it is enough, and return what it has used."""
    while process.poll() is None and not is_enough():
        cost = _cost(process.pid) or cost
        time.sleep(0.05)
    return cost


def _cost(pid: int) -> Cost | None:
    """Return what a process has used so far, or None for one that has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return None
    peak = next((line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")), None)
    cpu = (int(fields[11]) + int(fields[12])) / _TICKS
    return Cost(cpu=cpu, megabytes=int(peak) / 1024) if peak else None


def _were_asked(parts: Collection[str], urls: Collection[str]) -> bool:
    return all(any(part in url for url in urls) for part in parts)

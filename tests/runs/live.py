"""Start newsroom runs over real sockets in processes of their own, stop them, and read their results."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Protocol

from tests.commands.running import LONGEST, ROOT, Running
from tests.commands.running import Done as Ended
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


@dataclass(frozen=True, slots=True)
class Cost:
    """The resources that a process has used."""

    cpu: float = 0
    """Seconds of CPU."""
    megabytes: float = 0
    """Peak memory."""


@dataclass(frozen=True, slots=True)
class Done:
    """The result of a finished run."""

    code: int
    text: str
    """Its output and log."""
    seconds: float
    """Time from its start, or from the signal, to its end."""
    cost: Cost
    folder: Path
    """The run's export folder."""
    asked: list[str]
    """The URLs that were requested, in order."""

    @property
    def report(self) -> dict[str, Any]:
        """Return the run's report."""
        report: dict[str, Any] = json.loads((self.folder / "report.json").read_bytes())
        return report

    def delivered(self) -> Counter[str]:
        """Return the number of articles and copies of each outlet that the run exported."""
        parts = self.folder.glob("[ac]*.jsonl")
        return Counter(record["outlet"] for path in parts for record in lines(path))


class Process(Protocol):
    """A running command."""

    @property
    def cost(self) -> Cost:
        """Return the resources that it has used, or zeros if they are not measured."""

    def poll(self) -> int | None:
        """Return its exit code, or None while it is running."""

    def send_signal(self, number: int) -> None:
        """Send it a signal."""

    def wait(self) -> Ended:
        """Wait for its end, and return its exit code and output."""


class Forked(Running):
    """A command in a fork of a process that has imported the project: it starts quickly, but is not measured."""

    cost = Cost()


class Measured:
    """A command in a new Python process, whose CPU time and peak memory are measured."""

    def __init__(self, arguments: tuple[str, ...], folder: Path, environment: Mapping[str, str]) -> None:
        self.cost = Cost()
        self._peak = 0.0
        self._files = [TemporaryFile() for _ in range(2)]  # noqa: SIM115  # open for as long as the command runs
        command = [sys.executable, "-m", "scrapy", *arguments]
        out, err = self._files
        environment = {**os.environ, **environment}
        self._process = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=err)

    def poll(self) -> int | None:
        """Return its exit code, or None while it is running."""
        if self._process.returncode is None:
            self._peak = _peak(self._process.pid) or self._peak
            ended, status, used = os.wait4(self._process.pid, os.WNOHANG)
            if ended:
                self._process.returncode = os.waitstatus_to_exitcode(status)
                self.cost = Cost(cpu=used.ru_utime + used.ru_stime, megabytes=self._peak)
        return self._process.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it is still running."""
        if self.poll() is None:
            os.kill(self._process.pid, number)

    def wait(self) -> Ended:
        """Wait for its end; return exit code and output. Kill it and raise TimeoutError after LONGEST seconds."""
        gives_up = time.monotonic() + LONGEST
        while self.poll() is None:
            if time.monotonic() > gives_up:
                self.send_signal(signal.SIGKILL)
                raise TimeoutError(f"did not end in {LONGEST} seconds")
            time.sleep(0.02)
        texts = []
        for file in self._files:
            file.seek(0)
            texts.append(file.read().decode())
            file.close()
        return Ended(self._process.returncode, *texts)


class Newsroom:
    """Runs of some outlets that share one store and one folder of exports."""

    def __init__(self, folder: Path, *outlets: str, process: Callable[..., Process] = Forked) -> None:
        self.folder = folder
        self._outlets = outlets
        self._process = process

    def run(
        self,
        answers: Mapping[str, Answer],
        *,
        stop_after: Collection[str] = (),
        tunnels: Mapping[str, Tunnel] | None = None,
        **settings: str,
    ) -> Done:
        """Run to the end, or send SIGTERM half a second after each text of `stop_after` occurred in a requested URL."""
        values = _QUICKLY | {
            "STORE": f"sqlite:///{self.folder}/v.db",
            "EXPORTS": str(self.folder / "exports"),
            "CRAWL_TIME": NOW,
            **settings,
        }
        arguments = [part for name, value in values.items() for part in ("-s", f"{name}={value}")]
        with Publisher(answers, self.folder, tunnels=tunnels) as publisher:
            process = self._process(("newsroom", *self._outlets, *arguments), ROOT, publisher.environment)
            began = time.monotonic()
            if stop_after:
                while process.poll() is None and not _were_asked(stop_after, publisher.urls()):
                    time.sleep(0.02)
                time.sleep(0.5)
                began = time.monotonic()
                process.send_signal(signal.SIGTERM)
            done = process.wait()
            seconds = time.monotonic() - began
        last = max(run_folders(self.folder), key=lambda path: path.stat().st_mtime)
        return Done(done.code, done.out + done.err, seconds, process.cost, last, publisher.urls())


def _were_asked(parts: Collection[str], urls: Collection[str]) -> bool:
    return all(any(part in url for url in urls) for part in parts)


def _peak(pid: int) -> float | None:
    """Return a process's peak memory in megabytes from /proc; `wait4` would include that of its parent."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return None
    peak = next((line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")), None)
    return int(peak) / 1024 if peak else None

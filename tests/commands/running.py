"""Run the project's commands in tests, each in its own process.

The processes are forked from one that has imported the project, which saves each the 1.3 seconds of imports. Tests of
the start of a program, or of a checkout with its own spiders, start a new Python with `scrapy_anew`.
"""

import atexit
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 120
"""Seconds after which a command that has not ended is killed."""
FORKS = multiprocessing.get_context("forkserver")
"""Forks from a process without threads; the process of a test has some, and a fork of it may wait for ever."""
_NUMBERS = count()
_FAST = ("-s", "FAST=1") if os.environ.get("VIDESH_FAST") else ()
"""`VIDESH_FAST=1 make test` runs every command of the tests as with the extra `fast`."""


FORKS.set_forkserver_preload(["tests.commands.warm"])


@dataclass(frozen=True, slots=True)
class Done:
    """The exit code and output of a command that has ended."""

    code: int
    out: str
    err: str


class Running:
    """A running command, like `subprocess.Popen`; its output is available when it has ended."""

    def __init__(self, arguments: tuple[str | Path, ...], folder: Path, environment: Mapping[str, str]) -> None:
        self._out, self._err = (_folder() / f"{next(_NUMBERS)}" for _ in range(2))
        passed = ([*map(str, arguments), *_FAST], folder, {**os.environ, **environment}, self._out, self._err)
        # A daemon: if a test fails before it waits, the command ends with the tests, which else would wait for it.
        self._process = FORKS.Process(target=_run, args=passed, daemon=True)
        self._process.start()
        assert self._process.pid is not None
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """Return the exit code, or None while the command runs."""
        return self._process.exitcode

    def said(self) -> str:
        """Return what the command has written to standard error so far."""
        return self._err.read_text(encoding="utf-8") if self._err.exists() else ""

    def send_signal(self, number: int) -> None:
        """Send a signal to the command if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def wait(self, timeout: float = LONGEST) -> Done:
        """Return the result; after `timeout` seconds, kill the command and raise TimeoutError."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()
            raise TimeoutError(f"did not end in {timeout} seconds: {self._err.read_text(encoding='utf-8')[-3000:]}")
        done = Done(self._process.exitcode, *(path.read_text(encoding="utf-8") for path in (self._out, self._err)))
        for path in (self._out, self._err):
            path.unlink()
        return done


def start(*arguments: str | Path, folder: Path = ROOT, environment: Mapping[str, str] | None = None) -> Running:
    """Start `scrapy` in a folder; `environment` adds variables to those of the tests."""
    return Running(arguments, folder, environment or {})


def scrapy(*arguments: str | Path, folder: Path = ROOT, environment: Mapping[str, str] | None = None) -> Done:
    """Run `scrapy` in a folder and return its result."""
    return start(*arguments, folder=folder, environment=environment).wait()


def scrapy_anew(*arguments: str | Path, folder: Path) -> Done:
    """Run `scrapy` in a folder with its own spiders, in a new Python that has imported nothing yet."""
    command = [sys.executable, "-m", "scrapy", *map(str, arguments)]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=LONGEST, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


@cache
def _folder() -> Path:
    """Return the folder of the commands' output; made on use, as each command's process imports this module too."""
    folder = TemporaryDirectory(prefix="videsh-commands-")
    atexit.register(folder.cleanup)  # else it warns at the end, and warnings are errors
    return Path(folder.name)


def _run(arguments: list[str], folder: Path, environment: dict[str, str], out: Path, err: Path) -> None:
    """Turn the forked process into a command: replace output, environment, folder and arguments, and run Scrapy."""
    for number, path in ((1, out), (2, err)):
        file = os.open(path, os.O_WRONLY | os.O_CREAT)
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.path[0] = str(folder)
    sys.argv = ["scrapy", *arguments]

    # Not at the top, so that the test process starts quickly.
    from scrapy.cmdline import execute

    import tests.commands.warm  # noqa: F401  raises what a server of forks hides: that it could not preload this

    execute()

"""What came of one deployment's check: it ran, it was not run, or it failed."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from subprocess import CalledProcessError


class NotRunError(Exception):
    """This machine cannot run the check; the message says why."""


class FailedError(Exception):
    """A deployment does not do what it should; the message says what it did."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a check."""

    name: str
    state: str
    """`ran`, `not run` or `FAILED`."""
    lines: tuple[str, ...]
    """What was seen, or why it was not run."""
    seconds: float


Check = Callable[[], Iterator[str]]
"""Checks a deployment, and yields a line for each thing that it saw."""


def outcome_of(name: str, check: Check) -> Outcome:
    """Run a check, and return its outcome; what it saw before it failed is kept."""
    lines: list[str] = []
    state, started = "ran", time.monotonic()
    try:
        lines.extend(check())
    except NotRunError as reason:
        state, lines = "not run", [str(reason)]
    except CalledProcessError as error:
        state = "FAILED"
        lines += [f"{' '.join(map(str, error.cmd))}: exit code {error.returncode}", *_last(error.stdout)]
    except FailedError as error:
        state = "FAILED"
        lines.append(str(error))
    except Exception as error:  # noqa: BLE001  # a fault of one check, which leaves the others alone
        state = "FAILED"
        lines.append(f"{type(error).__name__}: {error}")
    return Outcome(name, state, tuple(lines), time.monotonic() - started)


def _last(output: str | None) -> list[str]:
    return (output or "").splitlines()[-15:]

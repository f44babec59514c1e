"""The share of long tests to run: `make soak` runs a sample of each, `make soak-full` all of it.

A test marked `soak` takes its counts and cases from here. The environment variable SOAK_SHARE sets the share for all of
them, above 0 and up to 1.
"""

import os
from collections.abc import Sequence
from typing import TypeVar

Case = TypeVar("Case")

USUAL_SHARE = 0.1
"""The share of `make soak`, which may take 20 minutes for all long tests together."""


def read_share(text: str) -> float:
    """Return the share that a text names; raise ValueError unless it is a number above 0 and up to 1."""
    try:
        share = float(text)
    except ValueError:
        share = 0
    if not 0 < share <= 1:
        raise ValueError(f'SOAK_SHARE: "{text}" is not part of a whole; write a number above 0 and up to 1, as 0.1')
    return share


SHARE = read_share(os.environ.get("SOAK_SHARE", str(USUAL_SHARE)))


def times(whole: int, *, least: int = 1) -> int:
    """Return the number of repetitions to run of a test with `whole` repetitions, at least `least`."""
    return max(round(whole * SHARE), min(least, whole))


def sample(cases: Sequence[Case], *, least: int = 1) -> list[Case]:
    """Return the cases to run, spread evenly over all of them, and always the same ones."""
    count = times(len(cases), least=least)
    return [cases[number * len(cases) // count] for number in range(count)]

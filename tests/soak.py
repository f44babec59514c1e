"""How much of a long test is run: `make soak` runs a sample of each, `make soak-full` all of it.

A test marked `soak` takes its counts and its cases from here, so that one number governs all: the environment variable
SOAK_SHARE, the part of the whole that is run, above 0 and up to 1.
"""

import os
from collections.abc import Sequence
from typing import TypeVar

Case = TypeVar("Case")

USUAL_SHARE = 0.1
"""`make soak` has 20 minutes for all long tests together."""


def read_share(told: str) -> float:
    """Return the part of a whole that a text names."""
    try:
        share = float(told)
    except ValueError:
        share = 0
    if not 0 < share <= 1:
        raise ValueError(f'SOAK_SHARE: "{told}" is no part of a whole; write a number above 0 and up to 1, as 0.1')
    return share


SHARE = read_share(os.environ.get("SOAK_SHARE", str(USUAL_SHARE)))


def times(whole: int, *, least: int = 1) -> int:
    """Return how often to do what the full test does so many times."""
    return max(round(whole * SHARE), min(least, whole))


def sample(cases: Sequence[Case], *, least: int = 1) -> list[Case]:
    """Return the cases to try, spread evenly over all of them; the same ones each time."""
    count = times(len(cases), least=least)
    return [cases[number * len(cases) // count] for number in range(count)]

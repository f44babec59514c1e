"""The verdict on a slot, and the terminators that the rules distinguish."""

from dataclasses import dataclass

SPLITTERS = (":", "।", "|")
"""Terminators that end datelines; a comma, a full stop and a dash also occur in sentences."""
CLOSED = ("।", ".", "|")
"""Terminators that never follow a topic label."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a slot is a dateline."""

    accepted: bool
    why: str
    """The rule that accepts it, or the reason for which it is none."""

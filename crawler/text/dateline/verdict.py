"""What a slot is judged to be, and the marks by which it is judged."""

from dataclasses import dataclass

SPLITTERS = (":", "।", "|")
"""Terminators that close a dateline and nothing before it: not a comma, a stop or a dash, which sentences have too."""
CLOSED = ("।", ".", "|")
"""Terminators that no topic label has."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a slot is judged to be."""

    accepted: bool
    why: str
    """The rule that accepted it, or the reason against it."""

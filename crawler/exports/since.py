"""The point from which the rows of an export are new: a sequence number, or the runs since a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from crawler.exports.published import PublishedPart


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """The point from which rows are new; without a value, all are."""

    sequence: int = 0
    """The rows with a higher sequence number are new; 0: all are."""
    runs: frozenset[str] | None = None
    """The rows of these runs are new; None: those of all."""

    @classmethod
    def time(cls, moment: datetime, ended: Mapping[str, datetime | None]) -> Self:
        """Return the point from which the rows of the runs are new that ended at a time or later, or at an unknown one.

        `ended` says when each run ended. A run publishes nothing after its end, so no row is missed.
        """
        return cls(runs=frozenset(run for run, end in ended.items() if end is None or end >= moment))

    @property
    def is_the_beginning(self) -> bool:
        """Return whether all rows are new."""
        return not self.sequence and self.runs is None

    def has_new(self, part: PublishedPart) -> bool:
        """Return whether a part may hold new rows."""
        if self.runs is not None and part.run is not None and part.run not in self.runs:
            return False
        return not self.sequence or part.last_sequence is None or part.last_sequence > self.sequence

    def is_new(self, row: dict[str, Any]) -> bool:
        """Return whether a row is new."""
        if self.runs is not None and row.get("run_id") not in self.runs:
            return False
        return not self.sequence or (row.get("sequence") or 0) > self.sequence

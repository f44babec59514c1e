"""The point from which the rows of an export are new: a sequence number, or the runs since a time."""

from collections.abc import Iterable
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
    """The rows of these runs are new; None: of all."""

    @classmethod
    def time(cls, moment: datetime, parts: Iterable[PublishedPart]) -> Self:
        """Return the point from which the rows of the runs are new that ended at a time or later, or have not ended."""
        runs = (part.run for part in parts if part.ended is None or part.ended >= moment)
        return cls(runs=frozenset(run for run in runs if run is not None))

    def has_new(self, part: PublishedPart) -> bool:
        """Return whether a part may hold new rows."""
        if self.runs is not None and part.run is not None and part.run not in self.runs:
            return False
        return not self.sequence or (part.last_sequence or 0) > self.sequence

    def is_new(self, row: dict[str, Any]) -> bool:
        """Return whether a row is new."""
        if self.runs is not None and row.get("run_id") not in self.runs:
            return False
        return not self.sequence or (row.get("sequence") or 0) > self.sequence

"""What the jobs ask of an engine: tables that queries and steps of Python make, each stored as a whole."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

import pyarrow as pa

EngineStep = Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]
"""A function that an engine runs on parts of a table, each in some process; it is pickled on the way there."""


class Engine(Protocol):
    """Runs SQL and Python over tables that are larger than memory; a table is a name in its queries."""

    explode: str
    """The function of its SQL that makes a row of each value of a list."""

    def give(self, name: str, rows: pa.Table) -> None:
        """Make a table of a few rows."""

    def each(self, name: str, rows: pa.Table, step: EngineStep, schema: pa.Schema) -> None:
        """Make a table of what a step yields for each of a few rows; each row is a task of its own."""

    def keep(self, name: str, query: str) -> None:
        """Make a table of the rows of a query."""

    def step(self, name: str, query: str, step: EngineStep, schema: pa.Schema, *, by: str | None = None) -> None:
        """Make a table of what a step yields for the rows of a query; rows with one value of `by` come together."""

    def union(self, name: str, tables: Sequence[str]) -> None:
        """Make a table of the rows of others, which have the same columns."""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query, which are few."""

    def save(self, query: str, name: str) -> None:
        """Write the rows of a query, in its order, as Parquet into a folder of the output."""

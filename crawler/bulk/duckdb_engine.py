"""DuckDB as an engine: tables are Parquet files in a folder, and the steps of Python run in processes."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, ExitStack, closing
from pathlib import Path
from typing import Any, Self

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from crawler.bulk.engine import EngineStep
from crawler.bulk.engine_errors import EngineError
from crawler.bulk.groups import whole_groups
from crawler.bulk.processes import Processes, RowsPart

_ROWS = 2_048
"""Rows of a part at most, save where a group has more."""


class DuckDBEngine(AbstractContextManager["DuckDBEngine"]):
    """Runs a job on one machine; what does not fit into memory is spilled into the folder."""

    explode = "unnest"

    def __init__(self, folder: Path, *, processes: int, out: Path | None = None) -> None:
        self._folder = folder
        self._out = out
        self._threads = processes
        self._processes = Processes(processes)
        self._open = ExitStack()

    def __enter__(self) -> Self:
        config: dict[str, str | bool | int | float | list[str]] = {
            "temp_directory": str(self._folder / "spill"),
            "threads": self._threads,
        }
        self._database = self._open.enter_context(closing(duckdb.connect(config=config)))
        self._database.execute("SET preserve_insertion_order = false")
        self._open.callback(self._processes.close)
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._open.close()
        if isinstance(error, BrokenProcessPool):
            raise EngineError(
                "a process of the job was killed, as by a lack of memory: try a smaller --jobs"
            ) from error
        if isinstance(error, duckdb.Error | pa.ArrowException):
            raise EngineError(f"DuckDB's job failed: {str(error).splitlines()[0]}") from error

    def give(self, name: str, rows: pa.Table) -> None:
        """Make a table of a few rows."""
        pq.write_table(rows, self._path(name))
        self.union(name, [name])

    def each(self, name: str, rows: pa.Table, step: EngineStep, schema: pa.Schema) -> None:
        """Make a table of what a step yields for each of a few rows; each row is a task of its own."""
        self._write(name, step, ([part] for part in rows.to_batches(max_chunksize=1)), schema)

    def keep(self, name: str, query: str) -> None:
        """Make a table of the rows of a query."""
        self._database.execute(f"COPY ({query}) TO {_quoted(self._path(name))} (FORMAT parquet)")
        self.union(name, [name])

    def step(self, name: str, query: str, step: EngineStep, schema: pa.Schema, *, by: str | None = None) -> None:
        """Make a table of what a step yields for the rows of a query; rows with one value of `by` come together."""
        with closing(self._database.cursor()) as reading:  # one connection streams one result
            batches = reading.sql(f"{query} ORDER BY {by}" if by else query).to_arrow_reader(_ROWS)
            self._write(name, step, whole_groups(batches, by) if by else ([batch] for batch in batches), schema)

    def _write(self, name: str, step: EngineStep, parts: Iterable[RowsPart], schema: pa.Schema) -> None:
        with pq.ParquetWriter(self._path(name), schema) as writer:
            for batch in self._processes.run(step, parts):
                writer.write_batch(batch)
        self.union(name, [name])

    def union(self, name: str, tables: Sequence[str]) -> None:
        """Make a table of the rows of others, which have the same columns."""
        files = ", ".join(_quoted(self._path(table)) for table in tables)
        self._database.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{files}])")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query, which are few."""
        return list(self.stream(query))

    def stream(self, query: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query."""
        with closing(self._database.cursor()) as reading:
            reading.execute(query)
            while rows := reading.fetchmany(_ROWS):
                yield from rows

    def save(self, query: str, name: str) -> None:
        """Write the rows of a query, in its order, as Parquet into a folder of the output."""
        assert self._out is not None
        (self._out / name).mkdir()
        path = self._out / name / "part-0.parquet"
        self._database.execute(f"COPY ({query}) TO {_quoted(path)} (FORMAT parquet, COMPRESSION zstd)")

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.parquet"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"

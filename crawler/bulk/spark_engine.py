"""Spark as an engine: tables are Parquet that all machines reach, and the steps of Python run on executors."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession

from crawler.bulk.engine import EngineStep

_TYPES = {
    pa.string(): "string",
    pa.int64(): "bigint",
    pa.float64(): "double",
    pa.bool_(): "boolean",
    pa.binary(): "binary",
    pa.list_(pa.string()): "array<string>",
    pa.list_(pa.int64()): "array<bigint>",
}


class SparkEngine:
    """Runs a job on a cluster. Each table is written whole before it is read, so that no lost machine undoes it."""

    explode = "explode"

    def __init__(self, session: SparkSession, work: str, out: str) -> None:
        self._session = session
        self._work = work
        self._out = out

    def give(self, name: str, rows: pa.Table) -> None:
        """Make a table of a few rows."""
        values = [tuple(row.values()) for row in rows.to_pylist()]
        self._session.createDataFrame(values, _ddl(rows.schema)).createOrReplaceTempView(name)

    def each(self, name: str, rows: pa.Table, step: EngineStep, schema: pa.Schema) -> None:
        """Make a table of what a step yields for each of a few rows; each row is a task of its own."""
        numbers = self._session.range(0, rows.num_rows, 1, max(rows.num_rows, 1))
        self._store(name, numbers.mapInArrow(partial(_step_over, step, rows), _ddl(schema)))

    def keep(self, name: str, query: str) -> None:
        """Make a table of the rows of a query."""
        self._store(name, self._session.sql(query))

    def step(self, name: str, query: str, step: EngineStep, schema: pa.Schema, *, by: str | None = None) -> None:
        """Make a table of what a step yields for the rows of a query; rows with one value of `by` come together."""
        rows = self._session.sql(query)
        if by:
            rows = rows.repartition(by).sortWithinPartitions(by)
        self._store(name, rows.mapInArrow(step, _ddl(schema)))

    def _store(self, name: str, rows: DataFrame) -> None:
        path = self._path(name)
        rows.write.parquet(path)
        self._session.read.schema(rows.schema).parquet(path).createOrReplaceTempView(name)

    def union(self, name: str, tables: Sequence[str]) -> None:
        """Make a table of the rows of others, which have the same columns."""
        schema = self._session.table(tables[0]).schema
        self._session.read.schema(schema).parquet(*map(self._path, tables)).createOrReplaceTempView(name)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query, which are few."""
        return [tuple(row) for row in self._session.sql(query).collect()]

    def save(self, query: str, name: str) -> None:
        """Write the rows of a query, in its order, as Parquet into a folder of the output."""
        self._session.sql(query).write.parquet(f"{self._out}/{name}")

    def save_parts(self, query: str, name: str, format: str) -> None:
        """Write the rows of a query into a folder for each day and outlet; `text` has one column beside these."""
        self._session.sql(query).write.partitionBy("date", "outlet").format(format).save(f"{self._out}/{name}")

    def saved(self, paths: Sequence[str]) -> list[dict[str, Any]]:
        """Return the rows that were saved at some paths, which are few."""
        return [row.asDict() for row in self._session.read.parquet(*paths).collect()]

    def _path(self, name: str) -> str:
        return f"{self._work}/{name}"


def _step_over(step: EngineStep, rows: pa.Table, numbers: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    given = (number for batch in numbers for number in batch.column(0).to_pylist())
    return step(batch for number in given for batch in rows.slice(number, 1).to_batches())


def _ddl(schema: pa.Schema) -> str:
    return ", ".join(f"`{field.name}` {_TYPES[field.type]}" for field in schema)

"""Declare a shelf's rows to the programs that read their JSON Lines: DuckDB, polars, Spark, pandas and others."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from crawler.exports.field_types import Field, FieldType, ListOf, MapOf, Plain, Struct, fields_of
from crawler.shelves import Shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class _Language:
    """How a program writes types. `{}` stands for the type of the values, or for the fields of an object."""

    plain: Mapping[Plain, str]
    list_of: str
    map_of: str
    struct: str
    field: str = '"{}" {}'
    """A field of an object: its name and its type."""
    rows: str
    """The whole declaration: the name of the shelf and its fields, one a line."""
    row_field: str = '    "{}" {}'
    """One of these lines."""
    end: str = ",\n"
    """What stands between two of them."""

    def type_of(self, kind: FieldType) -> str:
        if isinstance(kind, ListOf):
            return self.list_of.format(self.type_of(kind.values))
        if isinstance(kind, MapOf):
            return self.map_of.format(self.type_of(kind.values))
        if isinstance(kind, Struct):
            inner = (self.field.format(each.name, self.type_of(each.type)) for each in kind.fields)
            return self.struct.format(", ".join(inner))
        return self.plain[kind]

    def declare(self, name: str, fields: Sequence[Field]) -> str:
        lines = self.end.join(self.row_field.format(each.name, self.type_of(each.type)) for each in fields)
        return self.rows.format(name=name, fields=lines)


def _plain(*names: str) -> dict[Plain, str]:
    return dict(zip(get_args(Plain), names, strict=True))


_DUCKDB = _Language(
    plain=_plain("VARCHAR", "BIGINT", "DOUBLE", "BOOLEAN", "TIMESTAMPTZ", "DATE"),
    list_of="{}[]",
    map_of="MAP(VARCHAR, {})",
    struct="STRUCT({})",
    rows="CREATE TABLE {name} (\n{fields}\n);\n",
)
_POSTGRES = _Language(
    plain=_plain("text", "bigint", "double precision", "boolean", "timestamptz", "date"),
    list_of="jsonb",
    map_of="jsonb",
    struct="jsonb",
    rows="CREATE TABLE {name} (\n{fields}\n);\n",
)
_SPARK = _Language(
    plain=_plain("STRING", "BIGINT", "DOUBLE", "BOOLEAN", "TIMESTAMP", "DATE"),
    list_of="ARRAY<{}>",
    map_of="MAP<STRING, {}>",
    struct="STRUCT<{}>",
    field="{}: {}",
    rows="{fields}\n",
    row_field="{} {}",
)
_POLARS = _Language(
    plain=_plain("pl.String", "pl.Int64", "pl.Float64", "pl.Boolean", 'pl.Datetime("us", "UTC")', "pl.Date"),
    list_of="pl.List({})",
    map_of="pl.String",  # polars has no maps: it reads them as the text of their JSON
    struct="pl.Struct({{{}}})",
    field='"{}": {}',
    rows="import polars as pl\n\nSCHEMA = pl.Schema(\n    {{\n{fields},\n    }}\n)\n",
    row_field='        "{}": {}',
)
_PANDAS = _Language(
    plain=_plain('"string"', '"Int64"', '"float64"', '"boolean"', '"datetime64[us, UTC]"', '"datetime64[s]"'),
    list_of='"object"',
    map_of='"object"',
    struct='"object"',
    rows="DTYPES = {{\n{fields},\n}}\n",
    row_field='    "{}": {}',
)
_BIGQUERY: dict[Plain, str] = _plain("STRING", "INTEGER", "FLOAT", "BOOLEAN", "TIMESTAMP", "DATE")


def _declare_to_bigquery(name: str, fields: Sequence[Field]) -> str:
    return json.dumps([_bigquery(each) for each in fields], ensure_ascii=False, indent=2) + "\n"


def _bigquery(field: Field) -> dict[str, Any]:
    kind = field.type.values if isinstance(field.type, ListOf) else field.type
    column: dict[str, Any] = {
        "name": field.name,
        "type": "RECORD" if isinstance(kind, Struct) else _BIGQUERY[kind] if isinstance(kind, str) else "JSON",
        "mode": "REPEATED" if isinstance(field.type, ListOf) else "NULLABLE",
        "description": field.meaning,
    }
    return column | ({"fields": [_bigquery(each) for each in kind.fields]} if isinstance(kind, Struct) else {})


READERS: dict[str, Callable[[str, Sequence[Field]], str]] = {
    "duckdb": _DUCKDB.declare,
    "polars": _POLARS.declare,
    "spark": _SPARK.declare,
    "pandas": _PANDAS.declare,
    "postgres": _POSTGRES.declare,
    "bigquery": _declare_to_bigquery,
}
"""The programs that rows can be declared to, each with what writes the declaration."""


def declaration(shelf: Shelf, reader: str) -> str:
    """Return the declaration of a shelf's rows for a program of READERS, with a newline at its end.

    That is an SQL statement for DuckDB and PostgreSQL, Python for polars and pandas, DDL for Spark, JSON for BigQuery.
    """
    return READERS[reader](shelf.replace("-", "_"), fields_of(shelf.row_schema))

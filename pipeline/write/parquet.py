"""Parquet: a file a table with Arrow's types, for pandas, Polars, DuckDB, Spark; days are days and lists are lists.

A table goes to its file a group of rows at a time. What a column means stands in the metadata of its field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.fields import Column
from pipeline.records import TABLES, columns
from pipeline.write.tables import Style, Tables, replaced, whole

if TYPE_CHECKING:
    import pyarrow as pa

_AT_ONCE = 20_000  #: rows: more would take more memory, fewer would make files larger
_COMPRESSION = "zstd"


def write(tables: Tables, out: Path, _style: Style) -> list[Path]:
    """Write one Parquet file a table; returns their paths."""
    return [_write_table(tables, table, out / f"{table}.parquet") for table in TABLES]


def _write_table(tables: Tables, table: str, path: Path) -> Path:
    import pyarrow.parquet as pq  # noqa: PLC0415 (in the extra `parquet`)

    described = columns(TABLES[table])
    schema = _schema(table, described)
    rows = map(attrgetter(*(column.name for column in described)), tables.rows(table))
    with replaced(path) as new, pq.ParquetWriter(new, schema, compression=_COMPRESSION) as writer:
        while some := list(islice(rows, _AT_ONCE)):
            writer.write_batch(_batch(schema, described, some))
    return path


def _batch(schema: pa.Schema, described: Iterable[Column], rows: list[tuple[Any, ...]]) -> pa.RecordBatch:
    import pyarrow as pa  # noqa: PLC0415

    values = (_values(column, cells) for column, cells in zip(described, zip(*rows, strict=True), strict=True))
    return pa.record_batch([pa.array(v, field.type) for v, field in zip(values, schema, strict=True)], schema=schema)


def _values(column: Column, cells: Iterable[Any]) -> Iterator[Any]:
    """The cells of a column as Arrow takes them."""
    if column.type == "date":
        return (None if cell is None else date.fromisoformat(cell) for cell in cells)
    if column.type == "list":
        return ([whole(part) for part in cell] for cell in cells)
    if column.type == "string":
        return (None if cell is None else whole(cell) for cell in cells)
    return iter(cells)


def _schema(table: str, described: Iterable[Column]) -> pa.Schema:
    import pyarrow as pa  # noqa: PLC0415

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "date": pa.date32(),
        "list": pa.list_(pa.string()),
    }
    fields = [pa.field(c.name, types[c.type], metadata=_about(c)) for c in described]
    return pa.schema(fields, metadata={"description": (TABLES[table].__doc__ or "").strip()})


def _about(column: Column) -> dict[str, str]:
    said = {"title": column.title, "description": column.description, "unit": column.unit}
    return {name: text for name, text in said.items() if text}

"""Room 7, store -> files. A new format is a file here, with a `write(tables, out, dialect)`, and a line below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.write import csv, json, jsonl, schema
from pipeline.write.csv import check_dialect
from pipeline.write.tables import Lists, Tables

FORMATS = {
    "csv": csv.write,
    "json": json.write,
    "jsonl": jsonl.write,
}

__all__ = ["FORMATS", "Lists", "Tables", "check_dialect", "write"]


def write(
    tables: Tables | Mapping[str, Iterable[Any]],
    out: str | Path,
    formats: Iterable[str] = tuple(FORMATS),
    csv_dialect: str = "standard",
) -> list[Path]:
    """Write all tables to the folder `out` in each of `formats`, and what their columns mean to datapackage.json.

    `tables` is a ledger, or {table: records}. The same records give the same bytes; each file appears whole. Returns
    the paths of the files. Raises UsageError where a format or dialect does not exist, WriteError where a file cannot
    be written.
    """
    wanted = tuple(formats)
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown:
        raise UsageError(f"no format {', '.join(unknown)}; there are: {', '.join(FORMATS)}")
    check_dialect(csv_dialect)
    given: Tables = Lists(tables) if isinstance(tables, Mapping) else tables
    written = [path for name in wanted for path in FORMATS[name](given, Path(out), csv_dialect)]
    return [*written, schema.write(Path(out), csv_dialect)]

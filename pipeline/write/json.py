"""JSON: an array of records a table, the texts to the letter."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.records import TABLES, columns, row
from pipeline.write.tables import Tables, encodable, replacing


def write(tables: Tables, out: Path, dialect: str = "standard") -> list[Path]:
    """Write one JSON file a table; returns their paths. `dialect` is for CSV only."""
    return [_write_table(tables, table, out / f"{table}.json") for table in TABLES]


def _write_table(tables: Tables, table: str, path: Path) -> Path:
    # one record after the other, so that a large table is never whole in memory
    lists = any(column.type == "list" for column in columns(TABLES[table]))
    encoded = _indented if lists else _flat
    with replacing(path) as handle:
        before = "[\n"
        for record in tables.rows(table):
            handle.write(before + encodable(encoded(row(record))))
            before = ",\n"
        handle.write("[]\n" if before == "[\n" else "\n]\n")
    return path


_FLAT = json.JSONEncoder(ensure_ascii=False, separators=(",\n    ", ": "))
_INDENTED = json.JSONEncoder(ensure_ascii=False, indent=2)


def _flat(cells: dict[str, object]) -> str:
    """A record without lists, as `_indented` would write it, by the encoder in C, which knows no indentation."""
    return "  {\n    " + _FLAT.encode(cells)[1:-1] + "\n  }"


def _indented(cells: dict[str, object]) -> str:
    return "\n".join("  " + line for line in _INDENTED.encode(cells).split("\n"))

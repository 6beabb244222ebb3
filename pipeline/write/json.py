"""JSON: an array of records a table, the texts to the letter."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.entries import Entry, in_rows
from pipeline.records import TABLES, columns
from pipeline.write.tables import Style, Tables, replacing


def write(tables: Tables, out: Path, _style: Style) -> list[Path]:
    """Write one JSON file a table; returns their paths."""
    return [_write_table(tables, table, out / f"{table}.json") for table in TABLES]


def _write_table(tables: Tables, table: str, path: Path) -> Path:
    described = columns(TABLES[table])
    lists = [at for at, column in enumerate(described) if column.type == "list"]
    record = "  {\n    " + ",\n    ".join(f'"{column.name}": %s' for column in described) + "\n  }"
    with replacing(path) as handle:
        before = "[\n"
        for entry in tables.entries(table):
            rows = in_rows(_indented(entry, lists, len(described)), table)
            handle.write(before + ",\n".join([record % row for row in rows]))
            before = ",\n"
        handle.write("[]\n" if before == "[\n" else "\n]\n")
    return path


def _indented(entry: Entry, lists: list[int], width: int) -> list[str]:
    """The cells, each part of a list on a line of its own."""
    cells = entry.lines()
    for at in lists:
        cells[at::width] = [_lines(cell) for cell in cells[at::width]]
    return cells


def _lines(cell: str) -> str:
    return json.dumps(json.loads(cell), ensure_ascii=False, indent=2).replace("\n", "\n    ")

"""JSON: an array of records a table, the texts to the letter."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

from pipeline.records import TABLES, columns, row
from pipeline.write.tables import Style, Tables, replacing


def write(tables: Tables, out: Path, _style: Style) -> list[Path]:
    """Write one JSON file a table; returns their paths."""
    return [_write_table(tables, table, out / f"{table}.json") for table in TABLES]


def _write_table(tables: Tables, table: str, path: Path) -> Path:
    lists = any(column.type == "list" for column in columns(TABLES[table]))
    encoded = _indented if lists else _flat
    records = map(row, tables.rows(table))
    with replacing(path) as handle:
        before = "[\n"
        # some records after the others, so that a large table is never whole in memory
        while some := list(islice(records, _AT_ONCE)):
            handle.write(before + encoded(some))
            before = ",\n"
        handle.write("[]\n" if before == "[\n" else "\n]\n")
    return path


_AT_ONCE = 200
_FLAT = json.JSONEncoder(ensure_ascii=False, separators=(",\n    ", ": "))
_INDENTED = json.JSONEncoder(ensure_ascii=False, indent=2)


def _flat(records: list[dict[str, object]]) -> str:
    """Records without lists, as `_indented` would write them, by the encoder in C, which knows no indentation.

    A line break in a text is two letters in JSON, so the line breaks found here are those between cells and records.
    """
    cells = _FLAT.encode(records)[2:-2].replace("},\n    {", "\n  },\n  {\n    ")
    return "  {\n    " + cells + "\n  }"


def _indented(records: list[dict[str, object]]) -> str:
    return ",\n".join("  " + _INDENTED.encode(cells).replace("\n", "\n  ") for cells in records)

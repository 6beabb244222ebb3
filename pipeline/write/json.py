"""JSON: an array of records a table, the texts to the letter."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.entries import labelled
from pipeline.records import TABLES, columns
from pipeline.write.tables import Style, Tables, replacing


def write(tables: Tables, out: Path, _style: Style) -> list[Path]:
    """Write one JSON file a table; returns their paths."""
    return [_write_table(tables, table, out / f"{table}.json") for table in TABLES]


def _write_table(tables: Tables, table: str, path: Path) -> Path:
    described = columns(TABLES[table])
    lists = [at for at, column in enumerate(described) if column.type == "list"]
    head, *others = (f'"{column.name}": ' for column in described)
    labels = ["\n  },\n  {\n    " + head, *(",\n    " + name for name in others)]
    with replacing(path) as handle:
        before = "["
        for entry in tables.entries(table):
            cells = entry.lines()
            for at in lists:
                cells[at :: len(labels)] = map(_indented, cells[at :: len(labels)])
            # no record ends before the first one
            handle.write(before + labelled(cells, labels)[len(before and "\n  },") :])
            before = ""
        handle.write("[]\n" if before else "\n  }\n]\n")
    return path


def _indented(cell: str) -> str:
    """A list in which each part is a line of its own."""
    return json.dumps(json.loads(cell), ensure_ascii=False, indent=2).replace("\n", "\n    ")

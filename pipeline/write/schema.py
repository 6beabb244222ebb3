"""datapackage.json: what each column of the CSV files means, as a Data Package v2 (https://datapackage.org)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.fields import Column
from pipeline.records import TABLES, columns
from pipeline.write.csv import DIALECTS
from pipeline.write.tables import replacing

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def write(out: Path, dialect: str = "standard") -> Path:
    """Write datapackage.json beside the CSV files in that dialect; returns its path."""
    path = out / "datapackage.json"
    with replacing(path) as handle:
        handle.write(json.dumps(schema(dialect), ensure_ascii=False, indent=2) + "\n")
    return path


def schema(dialect: str = "standard") -> dict[str, Any]:
    """The description of all tables: for each its file, how it is written, and its fields."""
    delimiter, mark = DIALECTS[dialect]
    resources = [_resource(table, kind, delimiter, mark) for table, kind in TABLES.items()]
    return {"$schema": _PROFILE, "name": "greffier", "resources": resources}


def _resource(table: str, kind: type, delimiter: str, mark: str) -> dict[str, Any]:
    fields = [_field(column, mark) for column in columns(kind)]
    return {
        "name": table,
        "path": f"{table}.csv",
        "description": (kind.__doc__ or "").strip(),
        "format": "csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": delimiter, "lineTerminator": "\r\n"},
        "schema": {"fields": fields, "missingValues": [""]},
    }


def _field(column: Column, mark: str) -> dict[str, Any]:
    field = {"name": column.name, "type": column.type, "title": column.title, "description": column.description}
    if column.unit:
        field["unit"] = column.unit
    if column.type == "number" and mark != ".":
        field["decimalChar"] = mark
    return field | ({"delimiter": "; "} if column.type == "list" else {})

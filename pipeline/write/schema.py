"""datapackage.json: what each column of the CSV files means and can be, as a Data Package v2 (https://datapackage.org)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.fields import Column
from pipeline.records import TABLES, columns
from pipeline.write.csv import DIALECTS
from pipeline.write.keys import KEYS, constraints, references
from pipeline.write.tables import replacing

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def write(out: Path, dialect: str = "standard") -> Path:
    """Write datapackage.json beside the CSV files in that dialect; returns its path."""
    path = out / "datapackage.json"
    with replacing(path) as handle:
        handle.write(json.dumps(schema(dialect), ensure_ascii=False, indent=2) + "\n")
    return path


def schema(dialect: str = "standard") -> dict[str, Any]:
    """The description of all tables: for each its file, how it is written, its fields, keys and references."""
    delimiter, mark = DIALECTS[dialect]
    resources = [_resource(table, kind, delimiter, mark) for table, kind in TABLES.items()]
    return {"$schema": _PROFILE, "name": "greffier", "resources": resources}


def _resource(table: str, kind: type, delimiter: str, mark: str) -> dict[str, Any]:
    return {
        "name": table,
        "type": "table",
        "path": f"{table}.csv",
        "title": table.replace("_", " ").capitalize(),
        "description": (kind.__doc__ or "").strip(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": delimiter, "lineTerminator": "\r\n"},
        "schema": _schema(table, kind, mark),
    }


def _schema(table: str, kind: type, mark: str) -> dict[str, Any]:
    limits = constraints(table)
    described: dict[str, Any] = {
        "fields": [_field(column, mark, limits.get(column.name)) for column in columns(kind)],
        "missingValues": [""],
    }
    if table in KEYS:
        described["primaryKey"] = [KEYS[table]]
    referred = [
        {"fields": [column], "reference": {"resource": target, "fields": [KEYS[target]]}}
        for column, target in references(table)
    ]
    return described | ({"foreignKeys": referred} if referred else {})


def _field(column: Column, mark: str, limits: dict[str, Any] | None) -> dict[str, Any]:
    field = {"name": column.name, "type": column.type, "title": column.title, "description": column.description}
    if column.unit:
        field["unit"] = column.unit
    if column.type == "number" and mark != ".":
        field["decimalChar"] = mark
    if column.type == "list":
        field["delimiter"] = "; "
    return field | ({"constraints": limits} if limits else {})

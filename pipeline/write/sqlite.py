"""tables.sqlite: one database with keys, indexes, full-text search and views; `datasette tables.sqlite` shows it.

It has nothing to do with the ledger, greffier.sqlite, which Greffier alone reads and writes. Lists are JSON arrays,
days are text under the declared type DATE, which SQLite's functions take and some readers turn into days.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from operator import attrgetter
from pathlib import Path
from typing import Any

from pipeline.fields import Column
from pipeline.lexicon.titles import french_titles
from pipeline.records import TABLES, columns
from pipeline.write.evidence import EVIDENCED, with_evidence
from pipeline.write.headings import EVIDENCE, with_evidence_column
from pipeline.write.keys import KEYS, references
from pipeline.write.tables import Style, Tables, replaced, whole

FILE_NAME = "tables.sqlite"
_VIEWS = Path(__file__).with_name("views.sql")
_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "date": "DATE", "list": "TEXT"}
#: columns that people look rows up by, beside keys and references
_LOOKED_UP = ("country", "holder_country", "party_country", "predicate", "kind", "label", "role_id", "role_category",
              "subject_id", "object_id", "date_start", "status")  # fmt: skip
#: table -> the columns whose words can be searched, whatever their case and accents
_SEARCHED = {
    "documents": ("title",),
    **dict.fromkeys(EVIDENCED, (EVIDENCE.name,)),
    "entities": ("name", "aliases"),
}


def write(tables: Tables, out: Path, _style: Style) -> list[Path]:
    """Write tables.sqlite; returns its path."""
    path = out / FILE_NAME
    with replaced(path) as new:
        try:
            with closing(sqlite3.connect(new, isolation_level=None)) as db:
                _fill(db, tables)
        except sqlite3.DatabaseError as error:
            raise OSError(str(error)) from error
    return [path]


def _fill(db: sqlite3.Connection, tables: Tables) -> None:
    # a file that is not finished is thrown away: nothing need be undone, or be safe on the disk
    db.executescript("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")
    for table in TABLES:
        db.execute(_made(table))
        marks = ", ".join("?" * len(with_evidence_column(table)))
        db.executemany(f'INSERT INTO "{table}" VALUES ({marks})', _rows(tables, table))
    for statement in (*_indexes(), *_searches()):
        db.execute(statement)
    _describe(db)
    db.execute("COMMIT")
    db.executescript(_VIEWS.read_text("utf-8"))
    db.execute("PRAGMA optimize")


def _made(table: str) -> str:
    """The statement that makes a table."""
    referred = {r.column: r.table for r in references(table)}
    lines = []
    for column in with_evidence_column(table):
        line = f'"{column.name}" {_TYPES[column.type]}'
        line += " PRIMARY KEY" if KEYS.get(table) == column.name else ""
        if target := referred.get(column.name):
            line += f' REFERENCES "{target}" ("{KEYS[target]}")'
        lines.append(line)
    return f'CREATE TABLE "{table}" (\n  ' + ",\n  ".join(lines) + "\n)"


def _rows(tables: Tables, table: str) -> Iterator[list[Any]]:
    described = with_evidence_column(table)
    read = attrgetter(*(column.name for column in described if column is not EVIDENCE))
    cells = [_cell(column) for column in described]
    at = described.index(EVIDENCE) if EVIDENCE in described else None
    for record, evidence in with_evidence(tables, table):
        values = list(read(record))
        if at is not None:
            values.insert(at, "".join(evidence) if evidence else None)
        yield [None if value is None else cell(value) for cell, value in zip(cells, values, strict=True)]


def _cell(column: Column) -> Callable[[Any], Any]:
    """What makes a cell of a value that is not None."""
    if column.type == "list":
        return lambda parts: json.dumps([whole(part) for part in parts], ensure_ascii=False)
    return whole if column.type == "string" else lambda value: value


def _indexes() -> Iterator[str]:
    for table in TABLES:
        referred = [r.column for r in references(table)]
        names = [c.name for c in columns(TABLES[table]) if c.name in referred or c.name in _LOOKED_UP]
        yield from (f'CREATE INDEX "{table}_by_{name}" ON "{table}" ("{name}")' for name in names)


def _searches() -> Iterator[str]:
    """An index of words for each table that has text to search, by the name under which Datasette looks for it."""
    for table, names in _SEARCHED.items():
        listed = ", ".join(names)
        yield (
            f"CREATE VIRTUAL TABLE {table}_fts USING fts5"
            f'({listed}, content="{table}", tokenize="unicode61 remove_diacritics 2")'
        )
        yield f"INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild')"


def _describe(db: sqlite3.Connection) -> None:
    """The table `columns`: what each column means."""
    db.execute(
        'CREATE TABLE "columns" ("table" TEXT, "column" TEXT, title TEXT, title_fr TEXT, description TEXT, unit TEXT)'
    )
    for table, kind in TABLES.items():
        titles = french_titles(table)
        rows = [(table, c.name, c.title, titles[c.name], c.description, c.unit or None) for c in columns(kind)]
        db.executemany('INSERT INTO "columns" VALUES (?, ?, ?, ?, ?, ?)', rows)

"""CSV for people and their spreadsheets: UTF-8 with byte order mark, `\\r\\n`, and no cell that a spreadsheet runs.

A text that begins with = + - @, tab or carriage return gets an apostrophe in front, since spreadsheets would take it
for a formula: who needs such a cell to the letter takes the JSON. Rows come as JSON, and most of their cells have been
there before, so that they are looked up and not made.
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pipeline.entries import NULL, in_rows
from pipeline.errors import UsageError
from pipeline.records import TABLES, columns
from pipeline.remembered import Remembered
from pipeline.spreadsheets import guarded, printable
from pipeline.write.tables import Style, Tables, replacing

_BOM, _END = "\ufeff", "\r\n"
_MOST = 20_000  #: cells that are remembered


class Dialect(NamedTuple):
    """What stands between cells, and before the decimals of a number."""

    delimiter: str
    mark: str


DIALECTS = {"standard": Dialect(",", "."), "excel-fr": Dialect(";", ",")}


def write(tables: Tables, out: Path, style: Style) -> list[Path]:
    """Write one CSV file a table; returns their paths. Raises UsageError where there is no such dialect."""
    check_dialect(style.dialect)
    return [_write_table(tables, table, out / f"{table}.csv", DIALECTS[style.dialect]) for table in TABLES]


def check_dialect(dialect: str) -> None:
    """Raises UsageError where there is no such dialect."""
    if dialect not in DIALECTS:
        raise UsageError(f"no CSV dialect {dialect!r}; there are: {', '.join(DIALECTS)}")


def _write_table(tables: Tables, table: str, path: Path, dialect: Dialect) -> Path:
    between, written = dialect.delimiter.join, Remembered(partial(_made, dialect), _MOST).__getitem__
    with replacing(path) as handle:
        handle.write(_BOM + between(column.name for column in columns(TABLES[table])) + _END)
        for entry in tables.entries(table):
            rows = in_rows(map(written, entry.lines()), table)
            handle.write(_END.join(map(between, rows)) + _END)
    return path


def _made(dialect: Dialect, cell: str) -> str:
    """A cell as CSV: what begins with a quotation mark is a text, what has a point a number, else whole or empty."""
    if cell.startswith('"'):
        return _quoted(safe(json.loads(cell) if "\\" in cell else cell[1:-1]), dialect)
    if cell.startswith("["):
        return _quoted(safe("; ".join(json.loads(cell))), dialect)
    if cell == NULL:
        return ""
    return cell if cell.isdecimal() else number(json.loads(cell), dialect.mark)


def _quoted(text: str, dialect: Dialect) -> str:
    """The text in quotation marks where it would not be one cell without."""
    if dialect.delimiter in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def safe(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula and every one can show."""
    return guarded(printable(text))


def number(value: float | None, mark: str = ".") -> str:
    """A number as people write it: whole ones without decimals; empty where unknown."""
    if value is None:
        return ""
    whole = int(value) if float(value).is_integer() else value
    return repr(whole).replace(".", mark)

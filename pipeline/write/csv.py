"""CSV for people and their spreadsheets: UTF-8 with byte order mark, `\\r\\n`, and no cell that a spreadsheet runs.

A text that begins with = + - @, tab or carriage return gets an apostrophe in front, since spreadsheets would take it
for a formula: who needs such a cell to the letter takes the JSON. Rows come as JSON, in which most texts are what they
are in CSV but for their quotation marks, so that they need not be read to be written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from pipeline.entries import NULL
from pipeline.errors import UsageError
from pipeline.fields import Column
from pipeline.records import TABLES, columns
from pipeline.spreadsheets import FORMULA, guarded, printable
from pipeline.write.tables import Style, Tables, replacing

_BOM, _END = "\ufeff", "\r\n"
_BEGUN = [f'"{begun}' for begun in FORMULA if begun.isprintable()]


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
    described = columns(TABLES[table])
    between = dialect.delimiter.join
    with replacing(path) as handle:
        handle.write(_BOM + between(column.name for column in described) + _END)
        for entry in tables.entries(table):
            cells = entry.lines()
            plain = _is_plain(cells)
            made = [_made(cells[at :: len(described)], column, plain, dialect) for at, column in enumerate(described)]
            handle.write(_END.join(map(between, zip(*made, strict=True))) + _END)
    return path


def _made(cells: list[str], column: Column, plain: bool, dialect: Dialect) -> list[str]:
    """The cells of a column, which are JSON, as those of CSV."""
    if column.type == "integer":
        return ["" if cell == NULL else cell for cell in cells]
    if column.type == "number":
        return ["" if cell == NULL else number(float(cell), dialect.mark) for cell in cells]
    if column.type == "list":
        return [_quoted(safe("; ".join(json.loads(cell))), dialect) for cell in cells]
    return _plain(cells, dialect) if plain or _is_plain(cells) else _texts(cells, dialect)


def _is_plain(cells: Iterable[str]) -> bool:
    """Whether all texts are safe, and as in JSON: in quotation marks, of which they have none inside."""
    found = "".join(cells)
    return found.isprintable() and "\\" not in found and not any(begun in found for begun in _BEGUN)


def _plain(cells: Iterable[str], dialect: Dialect) -> list[str]:
    """Plain texts: only where the delimiter is in one, it is one cell by its quotation marks."""
    delimiter = dialect.delimiter
    return ["" if cell == NULL else cell if delimiter in cell else cell[1:-1] for cell in cells]


def _texts(cells: Iterable[str], dialect: Dialect) -> list[str]:
    return ["" if cell == NULL else _quoted(safe(json.loads(cell)), dialect) for cell in cells]


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

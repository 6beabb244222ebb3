"""Rows as text: {column: cell}, in the one form that rows of all files and of the ledger are compared in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

from pipeline.records import TABLES, columns
from pipeline.spreadsheets import printable, unguarded

Row = dict[str, str]

#: what stands between the parts of a list
_BETWEEN = "; "
_SPACES = {ord(space): None for space in " \u00a0\u202f\u2009"}


def as_row(table: str, cells: Mapping[str, Any]) -> Row:
    """The cells of a row of `table`, be they values or text, as text: empty where unknown."""
    types = column_types(table)
    return {name: as_cell(value, types.get(name, "string")) for name, value in cells.items()}


def as_cell(value: Any, type: str = "string") -> str:
    """One cell as text: lists with `; ` between the parts, numbers with a point and without a useless zero."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        value = _BETWEEN.join(map(str, value))
    return cell_reader(type)(str(value))


def cell_reader(type: str) -> Callable[[str], str]:
    """What brings the cells of a column of this type into the form that they are compared in."""
    return _number if type in ("integer", "number") else _plain


def _plain(cell: str) -> str:
    bare = unguarded(cell)
    return bare if bare.isprintable() else printable(bare.replace("\r\n", "\n").replace("\r", "\n"))


def offset(row: Row, name: str = "start_char") -> int:
    """The offset in a cell, 0 where there is none."""
    cell = row.get(name, "")
    return int(cell) if cell.isascii() and cell.isdigit() else 0


@cache
def column_types(table: str) -> dict[str, str]:
    """{column: type} of a table, none where this version of Greffier has no such table."""
    return {column.name: column.type for column in columns(TABLES[table])} if table in TABLES else {}


@lru_cache(100_000)
def _number(cell: str) -> str:
    """A number as it is compared, however a spreadsheet shows it; what is none stays as it is."""
    try:
        found = float(cell.translate(_SPACES).replace(",", "."))
    except ValueError:
        return cell
    return repr(int(found)) if found.is_integer() else repr(found)

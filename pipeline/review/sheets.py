"""Tables read back from files, whoever saved them: CSV of any dialect, JSON, XLSX and ODS, titles as header.

Spreadsheets are read by python-calamine: 100,000 rows of 19 cells in 5.7 s, openpyxl takes 49 s and reads no ODS.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import chain, repeat
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.errors import UsageError
from pipeline.review.headers import named, table_of
from pipeline.review.rows import Row, as_row, cell_reader, column_types

_DELIMITERS = ",;\t"
_LONGEST = 1 << 30  #: characters of a cell
#: lines of a file or sheet: their numbers and cells
_Cells = Iterator[tuple[int, Sequence[str]]]


class Line(NamedTuple):
    """A row, and the number of its line in the file (in a JSON file, of the record), from 1."""

    number: int
    row: Row


class Sheet(NamedTuple):
    """The rows of one table in a file, read as they are asked for; `name` says which sheet it is, if it has several."""

    path: Path
    table: str
    lines: Iterator[Line]
    name: str = ""


def sheet(path: Path, table: str) -> Sheet:
    """The rows of the file `path`, .csv or .json, as those of `table`. Raises UsageError where it cannot be read."""
    read = READERS.get(path.suffix.lower())
    if read is None:
        raise UsageError(f"{path}: tables are read from files that end in {', '.join(READERS)}")
    return Sheet(path, table, read(path, table))


def sheets(path: Path) -> list[Sheet]:
    """The tables in a file that somebody edited, .csv, .xlsx or .ods, known by their headers.

    Sheets that are no table are passed over. Raises UsageError where the file cannot be read or has no table.
    """
    try:
        found = list(_tables(path))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror or error})") from error
    if not found:
        raise UsageError(f"{path}: no sheet has the header of a table, such as document, person, role … of officials")
    return found


def lines_of(path: Path, table: str = "") -> Iterator[Line]:
    """The lines of a CSV file under their header, whatever its delimiter and encoding. Raises OSError."""
    cells = _csv(path)
    header = next(cells, (1, ()))[1]
    return _under(header, cells, table)


def _tables(path: Path) -> Iterator[Sheet]:
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".xlsx", ".ods"):
        raise UsageError(f"{path}: expected a table that was saved as .csv, .xlsx or .ods")
    for name, cells in [("", _csv(path))] if suffix == ".csv" else _workbook(path):
        header = next(cells, (1, ()))[1]
        if table := table_of(header, name or path.stem):
            yield Sheet(path, table, _under(header, cells, table), name)


def _under(header: Sequence[str], lines: _Cells, table: str) -> Iterator[Line]:
    """The lines below a header, empty ones left out."""
    names, types = named(header, table), column_types(table)
    readers = [cell_reader(types.get(name, "string")) for name in names]
    for number, cells in lines:
        if any(cells):
            whole = chain(cells, repeat("")) if len(cells) < len(names) else cells
            yield Line(number, {n: read(cell) for n, read, cell in zip(names, readers, whole, strict=False)})


def _csv(path: Path) -> _Cells:
    csv.field_size_limit(_LONGEST)
    with path.open(encoding=_encoding(path), errors="replace", newline="") as handle:
        head = handle.readline()
        lines = csv.reader(chain([head], handle), delimiter=max(_DELIMITERS, key=head.count))
        before = 0
        for cells in lines:
            number, before = before + 1, lines.line_num
            yield number, cells


def _workbook(path: Path) -> Iterator[tuple[str, _Cells]]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 (slow to import)

    try:
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            found = book.get_sheet_by_name(name)
            first = (found.start or (0, 0))[0] + 1
            yield name, ((at, [_text(cell) for cell in cells]) for at, cells in enumerate(found.iter_rows(), first))
    except CalamineError as error:
        raise UsageError(f"{path}: is no spreadsheet, or is damaged or encrypted ({error})") from error


def _text(cell: Any) -> str:
    """What a cell of a spreadsheet shows, days in the form of ISO 8601."""
    if isinstance(cell, datetime) and cell.time() == cell.time().min:
        return cell.date().isoformat()
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _json(path: Path, table: str) -> Iterator[Line]:
    try:
        records = json.loads(path.read_bytes())
    except ValueError as error:
        raise UsageError(f"{path}: is no JSON ({error})") from error
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise UsageError(f"{path}: expected an array of objects, as `greffier run` writes it")
    for number, record in enumerate(records, 1):
        yield Line(number, as_row(table, record))


def _encoding(path: Path) -> str:
    """UTF-8, if the whole file is that, else Windows-1252, which spreadsheets on Windows write."""
    try:
        with path.open(encoding="utf-8") as handle:
            while handle.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


#: what reads a table, by the suffix of its file
READERS = {".csv": lines_of, ".json": _json}

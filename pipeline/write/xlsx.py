"""tables.xlsx: a sheet a table, for people: real dates and numbers, filters, each fact in bold in its sentence.

XlsxWriter writes row after row, so that a table of a million rows needs no more memory than one of a thousand. No cell
is a formula, and text that a spreadsheet would take for one has an apostrophe in front, as in the CSV files, for those
who save a sheet as CSV.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import chain, count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.records import TABLES
from pipeline.write.cells import Cells, Formats, Row
from pipeline.write.evidence import with_evidence
from pipeline.write.headings import EVIDENCE, Heading, headings, sheet_name
from pipeline.write.tables import Style, Tables, replaced

FILE_NAME = "tables.xlsx"
ROWS = 1_048_576  #: what a sheet can hold, its head included
#: the same bytes whenever it is written
_CREATED = datetime(2000, 1, 1)
_LOOKED_AT = 200  #: rows that say how wide a column is
_NARROWEST, _WIDEST, _SENTENCE = 8, 40, 90  #: characters, the last one of the column with sentences
#: points; three lines show nine in ten sentences whole, and not every spreadsheet finds heights by itself
_HEAD_HEIGHT, _SENTENCE_HEIGHT = 18, 45


def write(tables: Tables, out: Path, style: Style) -> list[Path]:
    """Write tables.xlsx; returns its path."""
    from xlsxwriter import Workbook  # noqa: PLC0415 (only those who want this format need it)
    from xlsxwriter.exceptions import XlsxFileError  # noqa: PLC0415

    path = out / FILE_NAME
    with replaced(path) as new, TemporaryDirectory(prefix=f".{FILE_NAME}.", suffix=".new", dir=out) as scratch:
        book = Workbook(str(new), {"constant_memory": True, "tmpdir": scratch})
        book.set_properties({"title": "Greffier", "created": _CREATED})
        formats = Formats.of(book)
        for table in TABLES:
            _write_table(book, formats, tables, table, style)
        try:
            book.close()
        except XlsxFileError as error:
            raise OSError(str(error)) from error
    return [path]


def _write_table(book: Any, formats: Formats, tables: Tables, table: str, style: Style) -> None:
    """A sheet, and as many more as the rows of the table need."""
    rows, described = with_evidence(tables, table), headings(table, style.headers)
    for number in count(1):
        sheet = book.add_worksheet(sheet_name(table, style.headers, number))
        _write_sheet(sheet, formats, described, islice(rows, ROWS - 1), style)
        following = next(rows, None)
        if following is None:
            return
        rows = chain([following], rows)


def _write_sheet(sheet: Any, formats: Formats, described: list[Heading], rows: Iterator[Row], style: Style) -> None:
    cells, first = (
        Cells(sheet, formats, [heading.column for heading in described], style.link),
        [*islice(rows, _LOOKED_AT)],
    )
    widths = _widths(described, [cells.values(row) for row in first])
    for at, (heading, width) in enumerate(zip(described, widths, strict=True)):
        sheet.set_column(at, at, width, formats.of_column(heading.column))
        sheet.write_string(0, at, heading.title, formats.head)
        if heading.column is EVIDENCE:
            sheet.set_default_row(_SENTENCE_HEIGHT)
    sheet.set_row(0, _HEAD_HEIGHT)
    sheet.freeze_panes(1, 0)
    _lay_out_for_print(sheet)
    at = 0
    for at, row in enumerate(chain(first, rows), 1):
        cells.write(at, row)
    sheet.autofilter(0, 0, at, len(described) - 1)


def _lay_out_for_print(sheet: Any) -> None:
    """A4 across, all columns on one page, the head on each."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _widths(described: list[Heading], rows: list[list[Any]]) -> Iterator[int]:
    """How many characters wide the columns are: as wide as the widest cell looked at, within bounds."""
    for at, heading in enumerate(described):
        if heading.column is EVIDENCE:
            yield _SENTENCE
        else:
            longest = max((_shown(row[at]) for row in rows), default=0)
            # the button of the filter stands beside the title
            yield max(_NARROWEST, min(_WIDEST, max(longest, len(heading.title) + 2) + 1))


def _shown(value: Any) -> int:
    """The characters of a value's first line."""
    text = "; ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
    return len(text.partition("\n")[0])

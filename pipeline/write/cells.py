"""The cells of a sheet: numbers and days as such, and text as text, whatever it looks like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from pipeline.fields import Column
from pipeline.spreadsheets import printable
from pipeline.write.csv import safe
from pipeline.write.evidence import Evidence
from pipeline.write.headings import EVIDENCE

#: spreadsheets count days from 1900 on, and LibreOffice and Excel disagree on its first two months
_FIRST_DAY = "1900-03-01"
_LINKS = 65_530  #: that a sheet can hold
_UNITS = 32_767  #: of UTF-16, that a cell can hold
_CUT = "…"

Row = tuple[Any, Evidence | None]
#: writes a value to a cell: line, column, value
Put = Callable[[int, int, Any], object]


class Formats(NamedTuple):
    """How cells look; all stand at the top, since sentences need several lines."""

    head: Any
    number: Any
    text: Any
    wrapped: Any
    day: Any
    link: Any
    bold: Any

    @classmethod
    def of(cls, book: Any) -> Formats:
        """Those of a workbook."""
        top = {"valign": "top"}
        text = {**top, "align": "left", "indent": 1}  # apart from a number at the right of the column before
        return cls(
            head=book.add_format({"bold": True, "bottom": 1, "bg_color": "#E7ECF2", "align": "left", "indent": 1}),
            number=book.add_format(top),
            text=book.add_format(text),
            wrapped=book.add_format({**text, "text_wrap": True}),
            day=book.add_format({**text, "num_format": "yyyy-mm-dd"}),
            link=book.add_format({**text, "font_color": "#0563C1", "underline": 1}),
            bold=book.add_format({"bold": True}),
        )

    def of_column(self, column: Column) -> Any:
        """What cells of a column look like that have no format of their own."""
        if column is EVIDENCE:
            return self.wrapped
        return self.number if column.type in ("integer", "number") else self.text


class Cells:
    """Writes rows to a sheet; values that are None leave their cell empty."""

    def __init__(
        self, sheet: Any, formats: Formats, described: Sequence[Column], link: Callable[[str], str | None]
    ) -> None:
        self._sheet, self._formats, self._link = sheet, formats, link
        self._links = 0
        self._at = described.index(EVIDENCE) if EVIDENCE in described else None
        self._read = attrgetter(*(column.name for column in described if column is not EVIDENCE))
        self._puts = [self._put(column) for column in described]

    def values(self, row: Row) -> list[Any]:
        """The values of a row, in the order of the columns."""
        record, evidence = row
        values = list(self._read(record))
        if self._at is not None:
            values.insert(self._at, evidence)
        return values

    def write(self, line: int, row: Row) -> None:
        """Write a row to a line, from 0."""
        for column, (put, value) in enumerate(zip(self._puts, self.values(row), strict=True)):
            if value is not None:
                put(line, column, value)

    def _put(self, column: Column) -> Put:
        if column is EVIDENCE:
            return self._evidence
        if column.name == "document":
            return self._document
        known = {"integer": self._sheet.write_number, "number": self._sheet.write_number, "date": self._day}
        return known.get(column.type) or (self._list if column.type == "list" else self._text)

    def _text(self, line: int, column: int, text: str) -> None:
        self._sheet.write_string(line, column, cell_text(text))

    def _list(self, line: int, column: int, parts: Sequence[str]) -> None:
        if parts:
            self._text(line, column, "; ".join(parts))

    def _day(self, line: int, column: int, day: str) -> None:
        if len(day) == len(_FIRST_DAY) and day >= _FIRST_DAY:
            self._sheet.write_datetime(line, column, date.fromisoformat(day), self._formats.day)
        else:
            self._text(line, column, day)

    def _document(self, line: int, column: int, name: str) -> None:
        address = self._link(name) if self._links < _LINKS else None
        if address is None:
            self._text(line, column, name)
            return
        self._links += 1
        url = address if "://" in address else f"external:{address}"
        self._sheet.write_url(line, column, url, self._formats.link, cell_text(name))

    def _evidence(self, line: int, column: int, evidence: Evidence) -> None:
        before, words, behind = (printable(part) for part in evidence)
        if not (words and before + behind):
            self._text(line, column, before + words + behind)
            return
        lead = safe(before or words)
        parts = [lead, self._formats.bold, words] if before else [self._formats.bold, lead]
        parts += [behind] if behind else []
        self._sheet.write_rich_string(line, column, *parts, self._formats.wrapped)


def cell_text(text: str) -> str:
    """Text as a cell that no spreadsheet takes for a formula and that has room in it, with line breaks as there."""
    text = safe(text).replace("\r\n", "\n").replace("\r", "\n")
    if text.startswith("<r>") and text.endswith("</r>"):  # what XlsxWriter would take for formats of its own
        text = "'" + text
    if len(text.encode("utf-16-le")) // 2 > _UNITS:
        text = text.encode("utf-16-le")[: 2 * (_UNITS - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
    return text

"""The file of corrections: what a reviewer said of rows, kept so that it holds for the rows of later runs.

    table,document,text,before,after,start_char,end_char,review,changes,found
    officials,a.txt,juge Awa Diop,La,est à Lomé.,3,16,corrected,country=TG,person=Awa Diop; role=juge

`review` is ok, wrong, corrected or added; `changes` are the cells that a corrected or added row is to have; `found` are
the cells that the reviewer saw. A cell is written as `column=value`, a value with a semicolon as a JSON string.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.records import TABLES
from pipeline.review.content import content, value_of
from pipeline.review.evidence import Evidence
from pipeline.review.headers import named
from pipeline.review.rows import Row, as_cell, column_types
from pipeline.review.sheets import Line, lines_of
from pipeline.spreadsheets import guarded

COLUMNS = ("table", "document", "text", "before", "after", "start_char", "end_char", "review", "changes", "found")
VERDICTS = ("ok", "wrong", "corrected", "added")
#: the tables whose rows can be corrected: those with words of a document
REVIEWED = tuple(table for table in TABLES if table not in ("documents", "entities"))
_CELL = re.compile(r'\s*([^=;"]+?)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*?)\s*(?:;|$)')


@dataclass(frozen=True, slots=True)
class Correction:
    """What was said of one row. `where` names file and line, and makes no difference between two corrections."""

    table: str
    document: str
    evidence: Evidence
    review: str
    changes: Mapping[str, str] = field(default_factory=dict)
    found: Mapping[str, str] = field(default_factory=dict)
    where: str = field(default="", compare=False)

    @property
    def row(self) -> tuple[Any, ...]:
        """What is the same in two corrections of one row; of all rows that are added on the same words."""
        return self.table, self.document, self.evidence, cells_text(self.found)

    @property
    def key(self) -> tuple[Any, ...]:
        """What is the same in two corrections that say the same."""
        return (*self.row, self.review, cells_text(self.changes))

    def told(self) -> str:
        """The correction in a few words, for messages."""
        return f"{self.where}: {self.table}, {self.document}, « {' '.join(self.evidence.text.split())} »"


def read_corrections(path: Path) -> list[Correction]:
    """The lines of a file of corrections, whichever delimiter and encoding a spreadsheet has saved it with.

    Columns that are not in COLUMNS are the user's own; only table, document, text and review must be filled. Raises
    UsageError, naming file and line, where there is no such file or a line is not as it should be.
    """
    try:
        return [_correction(path, line) for line in lines_of(path) if any(line.row.values())]
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be read ({error.strerror or error}); expected a file of corrections"
        ) from error


def write_corrections(corrections: Iterable[Correction], path: Path) -> None:
    """Write a file of corrections, sorted by table and place. Raises UsageError where it cannot be written."""
    with StringIO(newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(map(_cells, sorted(corrections, key=_order)))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\ufeff" + lines.getvalue(), "utf-8", newline="")
        except OSError as error:
            raise UsageError(f"{path}: cannot be written ({error.strerror or error})") from error


def cells_of(text: str, table: str, where: str) -> dict[str, str]:
    """The cells that a text such as `person=Awa Diop; country=TG` names. Raises UsageError, beginning with `where`."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        cell = _CELL.match(text, at)
        name = named([cell[1]], table)[0] if cell else ""
        if cell is None or name not in content(table):
            raise UsageError(
                f"{where}: expected column=value; column=value, with columns of {table} ({', '.join(content(table))}); "
                f"got {text[at:].strip()!r}"
            )
        try:
            found[name] = checked(table, name, json.loads(cell[2]) if cell[2].startswith('"') else cell[2])
        except (UsageError, ValueError) as error:
            raise UsageError(f"{where}: {error}") from error
        at = cell.end()
    return found


def checked(table: str, name: str, cell: str) -> str:
    """A cell in the form that rows have. Raises UsageError where it is no value of its column."""
    try:
        return as_cell(value_of(table, name, cell), column_types(table)[name])
    except ValueError as error:
        raise UsageError(f"{name}: {error}") from error


def plain(one: Correction) -> dict[str, Any]:
    """A correction as plain values, which JSON keeps; `unplain` makes one of them."""
    return {**asdict(one), "evidence": list(one.evidence)}


def unplain(values: Mapping[str, Any]) -> Correction:
    """The correction of plain values."""
    return Correction(**{**values, "evidence": Evidence(*values["evidence"])})


def cells_text(cells: Mapping[str, str]) -> str:
    """Cells as a text that `cells_of` reads."""
    return "; ".join(f"{name}={_quoted(value)}" for name, value in cells.items())


def _quoted(value: str) -> str:
    plain = ";" not in value and '"' not in value and value == " ".join(value.split())
    return value if plain else json.dumps(value, ensure_ascii=False)


def _correction(path: Path, line: Line) -> Correction:
    where, row = f"{path}, line {line.number}", line.row
    for column, known in (("table", REVIEWED), ("review", VERDICTS)):
        if row.get(column, "") not in known:
            raise UsageError(f"{where}: expected {column} to be one of {', '.join(known)}; got {row.get(column, '')!r}")
    for column in ("document", "text"):
        if not row.get(column):
            raise UsageError(f"{where}: expected {column} to be filled")
    changes = cells_of(row.get("changes", ""), row["table"], where)
    if not changes and row["review"] in ("corrected", "added"):
        raise UsageError(f"{where}: expected changes, such as country=TG, where review is {row['review']}")
    told = Evidence(row["text"], row.get("before", ""), row.get("after", ""), *(_offset(row, n, where) for n in _PLACE))
    found = cells_of(row.get("found", ""), row["table"], where)
    return Correction(row["table"], row["document"], told, row["review"], changes, found, where)


_PLACE = ("start_char", "end_char")


def _offset(row: Row, name: str, where: str) -> int | None:
    cell = row.get(name, "")
    if cell and not (cell.isascii() and cell.isdigit()):
        raise UsageError(f"{where}: expected {name} to be a number or empty; got {cell!r}")
    return int(cell) if cell else None


def _cells(one: Correction) -> list[Any]:
    place = one.evidence
    told = [
        one.table,
        one.document,
        place.text,
        place.before,
        place.after,
        place.start_char,
        place.end_char,
        one.review,
    ]
    return [*map(_safe, told), _safe(cells_text(one.changes)), _safe(cells_text(one.found))]


def _safe(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; `as_cell` takes the apostrophe away again."""
    return guarded(cell) if isinstance(cell, str) else cell


def _order(one: Correction) -> tuple[Any, ...]:
    place = one.evidence
    return REVIEWED.index(one.table), one.document, place.start_char or 0, place.text, one.review, cells_text(one.found)

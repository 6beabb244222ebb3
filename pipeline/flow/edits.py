"""The files of the output folder beside what the last run wrote there: which of them somebody has changed, and how."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import UsageError
from pipeline.flow.digests import digest
from pipeline.flow.writing import as_written
from pipeline.records import TABLES, row
from pipeline.review import READABLE, Row, as_row, differences, sheet, sheets
from pipeline.store import Ledger
from pipeline.write import Tables

_BOOK = ".xlsx"  #: a file with all tables


class Finding(NamedTuple):
    """Something that is not as the run left it. `kind` says what:

    changed, vanished, unreadable: the source of a document; new: a file that was not there; text: the same bytes give
    another text; row: a row of the ledger does not stand where it says; table: a file that was written is gone or
    other; came, went, edited: a row of such a file; unwritten: the tables are older than the ledger.
    """

    kind: str
    where: str
    message: str


def edits(ledger: Ledger, out: Path) -> tuple[int, list[Finding]]:
    """How many files the last run wrote, and which of them are not as it wrote them, row by row where they are read."""
    about = ledger.written()
    if not about:
        return 0, [Finding("unwritten", str(out), "the tables are older than what was read; run again")]
    changed = [name for name, written in about["digests"].items() if digest(out / name) != written]
    tables = as_written(ledger) if changed else None
    return len(about["digests"]), [found for name in changed for found in _about(out / name, tables)]


def _about(path: Path, tables: Tables | None) -> Iterator[Finding]:
    if not path.is_file():
        yield Finding("table", path.name, "it is not there any more; the next run writes it")
    elif tables is None or path.suffix not in (*READABLE, _BOOK) or (path.suffix != _BOOK and path.stem not in TABLES):
        yield Finding("table", path.name, "it is not as it was written")
    else:
        yield from _rows(path, tables) or [Finding("table", path.name, "saved anew; all cells are as written")]


def _rows(path: Path, tables: Tables) -> list[Finding]:
    now: dict[str, list[Row]] = defaultdict(list)
    try:
        for found in sheets(path) if path.suffix == _BOOK else [sheet(path, path.stem)]:
            now[found.table] += (line.row for line in found.lines)
    except UsageError as error:
        return [Finding("table", path.name, str(error))]
    return [found for table, rows in now.items() for found in _changes(path, tables, table, rows)]


def _changes(path: Path, tables: Tables, table: str, now: list[Row]) -> Iterator[Finding]:
    """The rows of a table that are not as they were written, sorted as they were or not."""
    found = differences(table, rows_of(tables, table), sorted(now, key=_order(table)), frozenset())
    where = f"{path.name}, {table}" if path.suffix == _BOOK else path.name
    for change in (change for one in found for change in one.changes):
        yield Finding("edited" if change.kind == "changed" else change.kind, where, change.told())


def _order(table: str) -> itemgetter[str]:
    return itemgetter("entity_id" if table == "entities" else "document")


def rows_of(tables: Tables, table: str) -> Iterator[Row]:
    """The records of a table as rows of text."""
    return (as_row(table, row(record)) for record in tables.rows(table))

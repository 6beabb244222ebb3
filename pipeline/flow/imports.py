"""From a table that a reviewer edited to the file of corrections."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.errors import UsageError
from pipeline.flow.corrected import Corrected
from pipeline.flow.writing import as_written
from pipeline.review import (
    REVIEWED,
    Correction,
    Imported,
    Line,
    Sheet,
    imported,
    read_corrections,
    sheets,
    write_corrections,
)
from pipeline.store import FILE_NAME, opened

_PLACE = ("document", "text", "start_char", "end_char")


class Imports(NamedTuple):
    """How many corrections of each kind a table gave, how many the file has now, and what could not be kept."""

    counts: dict[str, int]
    kept: int
    problems: list[str]


def import_corrections(file: str | Path, to: str | Path, out: str | Path | None = None) -> Imports:
    """Keep what a reviewer changed in the table `file` in the file of corrections `to`, beside what it holds already.

    `file` is a table of the run in `out` (default: the folder that it is in), edited in a spreadsheet and saved as
    .csv, .xlsx or .ods. Its lines are compared with the rows as the last run wrote them. Raises UsageError where a file
    cannot be read or is no table, where `out` has no ledger, or where documents have changed since its tables were
    written.
    """
    file, to = Path(file), Path(to)
    found = [sheet for sheet in sheets(file) if sheet.table in REVIEWED]
    if not found:
        raise UsageError(f"{file}: only rows with words of a document are reviewed: {', '.join(REVIEWED)}")
    with opened(_run_of(file) if out is None else out) as ledger:
        written = as_written(ledger)
        if written is None:
            raise UsageError(f"{ledger.path.parent}: the tables are older than what was read; run again, then review")
        made = [one for sheet in found for one in _imported(written, sheet)]
    old = read_corrections(to) if to.exists() else []
    kept = _merged(old, made, {one.key for one in written.corrections})
    write_corrections(kept, to)
    counts = Counter(one.review for each in made for one in each.corrections)
    return Imports(dict(counts), len(kept), [problem for each in made for problem in each.problems])


def _run_of(file: Path) -> Path:
    if not (file.parent / FILE_NAME).exists():
        raise UsageError(f"{file.parent} has no {FILE_NAME}; say with --run which run {file.name} is a table of")
    return file.parent


def _imported(written: Corrected, sheet: Sheet) -> Iterator[Imported]:
    """What the lines of a sheet say, a document at a time."""
    where = f"{sheet.path}, sheet {sheet.name}" if sheet.name else str(sheet.path)
    lines = _by_document(sheet, where)
    rows = dict.fromkeys(lines, ()) | {name: found for name, found in written.reviewed(sheet.table) if name in lines}
    texts = {d.document: d.text for d in written.rows("documents") if d.document in lines}
    for document, of_document in lines.items():
        if document in texts:
            yield imported(sheet.table, texts[document], rows[document], of_document, where)
        else:
            told = f"there is no document {document!r} in the run"
            yield Imported([], [], [f"{where}, line {line.number}: {told}" for line in of_document])


def _by_document(sheet: Sheet, where: str) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = defaultdict(list)
    for line in sheet.lines:
        if missing := [name for name in _PLACE if name not in line.row]:
            raise UsageError(f"{where}: the column {missing[0]} is missing; expected {', '.join(_PLACE)} to be left in")
        found[line.row["document"]].append(line)
    return found


def _merged(old: Iterable[Correction], made: Iterable[Imported], applied: set[Any]) -> list[Correction]:
    """The corrections of the file and the new ones, each in the place of what was said of the same row before.

    Of rows that were added, those that no run has written yet give way to new ones on the same words.
    """
    replaced = {one.key for each in made for one in each.replaced}
    new = {one.key: one for each in made for one in each.corrections}
    rows = {one.row for one in new.values()}
    kept = [one for one in old if one.key not in replaced and (one.row not in rows or one.key in applied - replaced)]
    return [*({one.key: one for one in kept if one.review == "added" or one.row not in rows} | new).values()]

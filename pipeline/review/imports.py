"""From the lines of a table that a reviewer edited to corrections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.errors import UsageError
from pipeline.lexicon import fold, mapping
from pipeline.records import row
from pipeline.review.applying import Reviewed
from pipeline.review.content import content, is_same, seen
from pipeline.review.corrections import Correction, cells_of, checked
from pipeline.review.evidence import Evidence, evidence, place
from pipeline.review.pairing import one_to_one
from pipeline.review.rows import Row, as_row, offset
from pipeline.review.sheets import Line

#: the columns that say where a line stands, and must be there
PLACE = ("document", "text", "start_char", "end_char")


class Imported(NamedTuple):
    """What the lines of a document say: new corrections, those whose place they take, and what cannot be kept."""

    corrections: list[Correction]
    replaced: list[Correction]
    problems: list[str]


def imported(table: str, text: str, rows: Sequence[Reviewed], lines: Iterable[Line], where: str) -> Imported:
    """The corrections in the edited lines of a document, beside its rows as they were written.

    `text` is the document's, `where` names the file. A line without changes and without a word under `review` says
    nothing, nor does a row whose line is not there.
    """
    found = Imported([], [], [])
    for line, written in _paired(table, rows, lines):
        try:
            made = _corrected(table, text, written, line) if written else _missing(table, text, line)
        except UsageError as error:
            found.problems.append(f"{where}, line {line.number}: {error}")
            continue
        found.problems.extend(f"{where}, line {line.number}: {told}" for told in _ignored(table, written, line))
        old = written.correction if written else None
        if made is not None and made != old:
            found.corrections.extend([made] if made.review != "wrong" or (written and written.found) else [])
            found.replaced.extend([old] if old else [])
    return found


def _paired(table: str, rows: Sequence[Reviewed], lines: Iterable[Line]) -> Iterator[tuple[Line, Reviewed | None]]:
    """Each line with the row at its place that it is most like, None where there is none left."""
    written: dict[tuple[str, str], list[tuple[Reviewed, Row]]] = defaultdict(list)
    for one in rows:
        if one.record is not None:
            cells = as_row(table, row(one.record))
            written[cells["start_char"], cells["end_char"]].append((one, cells))
    edited: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        edited[line.row["start_char"], line.row["end_char"]].append(line)
    for where, here in edited.items():
        yield from _most_alike(table, here, written.get(where, []))


def _most_alike(
    table: str, lines: list[Line], rows: list[tuple[Reviewed, Row]]
) -> Iterator[tuple[Line, Reviewed | None]]:
    unlike = sorted(
        (len(_edits(table, cells, line)), n, i) for n, line in enumerate(lines) for i, (_, cells) in enumerate(rows)
    )
    taken = one_to_one((n, i) for _, n, i in unlike)
    for n, line in enumerate(lines):
        yield line, rows[taken[n]][0] if n in taken else None


def _edits(table: str, written: Row, line: Line) -> dict[str, str]:
    """The cells of a line that are not what was written."""
    cells = {name: line.row[name] for name in content(table) if name in line.row}
    return {name: cell for name, cell in cells.items() if not is_same(name, written[name], cell)}


def _corrected(table: str, text: str, written: Reviewed, line: Line) -> Correction | None:
    """What a line says of the row that was written, None where it says nothing new. Raises UsageError."""
    verdict, changes = _said(table, line)
    changes = _checked(table, _edits(table, as_row(table, row(written.record)), line)) | changes
    old, record = written.correction, written.record
    cells = as_row(table, row(written.found)) if written.found else {}
    found = {name: cells[name] for name in seen(table) if cells.get(name)}
    shown = old.evidence if old and not written.found else evidence(text, record.start_char, record.end_char)
    if verdict == "wrong":
        return Correction(table, record.document, shown, "wrong", {}, found)
    if not changes:
        return Correction(table, record.document, shown, "ok", {}, found) if verdict == "ok" and not old else None
    changes = {**(old.changes if old else {}), **changes}
    if not written.found:
        return Correction(table, record.document, shown, "added", {n: c for n, c in changes.items() if c}, {})
    other = {name: cell for name, cell in changes.items() if not is_same(name, cells[name], cell)}
    return Correction(table, record.document, shown, "corrected" if other else "ok", other, found)


def _missing(table: str, text: str, line: Line) -> Correction:
    """The correction that adds the row of a line. Raises UsageError where it does not stand in the document."""
    verdict, changes = _said(table, line)
    cells = line.row
    if cells["start_char"] and verdict not in ("ok", "added"):
        raise UsageError("no such row was written there; if it is a fact that is missing, write « added » under review")
    if verdict == "wrong":
        raise UsageError("no such row was written, so that it cannot be wrong")
    start = offset(cells) if cells["start_char"] else None
    where = place(Evidence(cells["text"], start_char=start), text)
    if where is None or start not in (None, where[0]):
        words = " ".join(cells["text"].split())
        raise UsageError(f"« {words} » does not stand in {cells['document']}; expected its words under text")
    filled = {name: cells[name] for name in content(table) if cells.get(name)}
    changes = _checked(table, filled) | changes
    if not changes:
        raise UsageError(f"expected one or more of {', '.join(seen(table))} to be filled")
    return Correction(table, cells["document"], evidence(text, *where), "added", changes)


def _said(table: str, line: Line) -> tuple[str | None, dict[str, str]]:
    """What stands under `review`: a verdict, or new values of cells. Raises UsageError where it is neither."""
    cell = line.row.get("review", "").strip()
    if not cell:
        return None, {}
    if verdict := mapping("review_words").get(" ".join(fold(cell).split())):
        return verdict, {}
    return None, cells_of(cell, table, "review: ok, wrong or new values")


def _checked(table: str, changes: Mapping[str, str]) -> dict[str, str]:
    """The changed cells in the form that rows have. Raises UsageError where one is no value of its column."""
    return {name: checked(table, name, cell) for name, cell in changes.items()}


def _ignored(table: str, written: Reviewed | None, line: Line) -> Iterator[str]:
    """What to say of edited cells that corrections are not made of."""
    if written is None:
        return
    for name, cell in as_row(table, row(written.record)).items():
        if name in content(table) or name == "review" or is_same(name, cell, line.row.get(name, cell)):
            continue
        why = "greffier run --identities says who is who" if name.endswith("_id") else "its cells are Greffier's own"
        yield f"{name} is not corrected ({why}): {cell!r} stays"

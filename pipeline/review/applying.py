"""Corrections and the rows of a document: which correction is about which row, and what becomes of both."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from pipeline.fields import replace
from pipeline.records import TABLES, Document, row
from pipeline.review.content import dependent, is_same, seen, value_of
from pipeline.review.corrections import Correction
from pipeline.review.evidence import place
from pipeline.review.pairing import NAMING, one_to_one
from pipeline.review.rows import Row, as_row

#: the rule of a row that a reviewer has added
REVIEWER = "reviewer"


class Reviewed(NamedTuple):
    """A row as it is to be written, and what it is made of: the row as it was found, the correction that it bears.

    `record` is None where the row is wrong, `found` where a reviewer added it.
    """

    record: Any
    found: Any = None
    correction: Correction | None = None


def applied(
    table: str, document: Document, rows: Sequence[Any], corrections: Sequence[Correction]
) -> tuple[list[Reviewed], list[str]]:
    """The rows of a document with its corrections, sorted by place, and which corrections find nothing there.

    A row bears one correction: the one whose words and cells are most like its own.
    """
    places = [place(one.evidence, document.text) for one in corrections]
    cells = [as_row(table, row(one)) for one in rows]
    taken = assigned(rows, places, lambda n, i: _likeness(corrections[n], shared(places[n], rows[i]), cells[i]))
    result = [
        _reviewed(record, cells[i], corrections[taken[i]]) if i in taken else Reviewed(record, record)
        for i, record in enumerate(rows)
    ]
    borne = set(taken.values())
    left = [(one, places[n]) for n, one in enumerate(corrections) if n not in borne]
    result += [_added(one, where, document) for one, where in left if where and one.review == "added"]
    return sorted(result, key=_order), list(_unused(left))


def assigned(
    rows: Sequence[Any], places: Sequence[tuple[int, int] | None], likeness: Callable[[int, int], float]
) -> dict[int, int]:
    """{row: correction}, one to one, the most alike first; only rows at the place of a correction can be its own.

    `likeness(correction, row)` is 0 where they are not alike at all.
    """
    order = sorted(range(len(rows)), key=lambda i: rows[i].start_char or 0)
    starts = [rows[i].start_char or 0 for i in order]
    longest = max(((row.end_char or 0) - (row.start_char or 0) for row in rows), default=0)
    alike: dict[tuple[int, int], float] = {}
    for n, where in enumerate(places):
        if where is not None:
            near = order[bisect(starts, where[0] - longest - 1) : bisect(starts, where[1])]
            alike |= {(n, i): found for i in near if (found := likeness(n, i))}
    pairs = one_to_one(sorted(alike, key=lambda pair: (-alike[pair], pair)))
    return {i: n for n, i in pairs.items()}


def _likeness(one: Correction, overlap: float, cells: Row) -> float:
    """How sure it is that a correction is about a row that shares words with it: 0 where it is not."""
    if overlap <= 0:
        return 0.0
    if one.review == "added":
        return overlap if all(is_same(name, value, cells[name]) for name, value in one.changes.items()) else 0.0
    same = [is_same(name, one.found.get(name, ""), cells[name]) for name in seen(one.table)]
    if not one.found or all(same):
        return 2 + overlap
    if one.review != "corrected" or not is_named_alike(one, cells):
        return 0.0
    return overlap + sum(same) / len(same)


def shared(where: tuple[int, int] | None, record: Any) -> float:
    """The share of the characters of both places that they have in common; 0 or less where they have none."""
    if where is None:
        return 0.0
    start, end = record.start_char or 0, record.end_char or 0
    return float(min(where[1], end) - max(where[0], start)) / max(where[1] - where[0], end - start, 1)


def is_named_alike(one: Correction, cells: Row) -> bool:
    """Whether a row that is not the one that the reviewer saw is still about the same."""
    named = [name for name in NAMING.get(one.table, ()) if name in seen(one.table)]
    return not named or any(
        cells[name] and cells[name] in (one.found.get(name, ""), one.changes.get(name, "")) for name in named
    )


def _reviewed(record: Any, cells: Row, one: Correction) -> Reviewed:
    if one.review == "wrong":
        return Reviewed(None, record, one)
    other = {name: value for name, value in one.changes.items() if not is_same(name, value, cells[name])}
    if not other:
        return Reviewed(replace(record, review="ok"), record, one)
    return Reviewed(replace(record, **_values(one.table, other), review="corrected"), record, one)


def _values(table: str, changes: dict[str, str]) -> dict[str, Any]:
    """The values of changed cells, and none for what hangs on them."""
    hanging = (name for column in changes for name in dependent(table, column))
    return {**dict.fromkeys(hanging), **{name: value_of(table, name, cell) for name, cell in changes.items()}}


def _added(one: Correction, where: tuple[int, int], document: Document) -> Reviewed:
    start, end = where
    values = {name: value_of(one.table, name, cell) for name, cell in one.changes.items()}
    record = TABLES[one.table](
        document=one.document,
        **values,
        sentence=bisect(document.sentence_starts, start) or None,
        text=document.text[start:end],
        start_char=start,
        end_char=end,
        rule=REVIEWER,
        review="added",
    )
    return Reviewed(record, None, one)


def _order(one: Reviewed) -> tuple[int, int]:
    record = one.record or one.found
    return record.start_char or 0, record.end_char or 0


def _unused(left: Iterable[tuple[Correction, tuple[int, int] | None]]) -> Iterator[str]:
    """What to say of corrections that are about no row; a wrong row that is not found any more is as it should be."""
    for one, where in left:
        if where is None:
            yield f"{one.told()}: these words are not there any more"
        elif one.review in ("ok", "corrected"):
            seen_cells = "; ".join(f"{name}={value}" for name, value in one.found.items())
            yield f"{one.told()}: no row stands there as the reviewer saw it ({seen_cells or 'any'})"

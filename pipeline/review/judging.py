"""Corrections as annotated facts: which rows of a document are right by what a reviewer said of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pipeline.records import Document, row
from pipeline.review.applying import assigned, is_named_alike, shared
from pipeline.review.content import is_same, seen
from pipeline.review.corrections import Correction
from pipeline.review.evidence import place
from pipeline.review.rows import Row, as_row


class Judged(NamedTuple):
    """The rows that were reviewed, each as (rule, right in all cells), how many facts there are, and how many found."""

    rows: list[tuple[str, bool]]
    facts: int
    found: int


def judged(table: str, document: Document, rows: Sequence[Any], corrections: Sequence[Correction]) -> Judged:
    """Judge the rows of a document, as Greffier found them, by its corrections; other rows count nowhere.

    Facts are the rows that are ok, corrected or added, where their words still stand. A row is a fact where it shares
    words with it and a cell that names it, and right where all cells are as the reviewer wants them.
    """
    cells = [as_row(table, row(one)) for one in rows]
    places = [(one, where) for one in corrections if (where := place(one.evidence, document.text))]
    facts = [(one, where) for one, where in places if one.review != "wrong"]
    wrong = [(one, where) for one, where in places if one.review == "wrong"]
    taken = assigned(
        rows, [where for _, where in facts], lambda n, i: _likeness(facts[n][0], shared(facts[n][1], rows[i]), cells[i])
    )
    left = assigned(
        rows,
        [where for _, where in wrong],
        lambda n, i: _wrongness(wrong[n][0], shared(wrong[n][1], rows[i]), cells[i]),
    )
    reviewed = [(rows[i].rule or "", _is_right(facts[n][0], cells[i])) for i, n in sorted(taken.items())]
    reviewed += [(rows[i].rule or "", False) for i in sorted(left) if i not in taken]
    return Judged(reviewed, len(facts), len(taken))


def _likeness(one: Correction, overlap: float, cells: Row) -> float:
    if overlap <= 0 or not (is_named_alike(one, cells) or not (one.found or one.changes)):
        return 0.0
    return overlap + sum(_agreements(one, cells)) / len(seen(one.table))


def _is_right(one: Correction, cells: Row) -> bool:
    return all(_agreements(one, cells))


def _agreements(one: Correction, cells: Row) -> list[bool]:
    """Whether each cell that the reviewer saw or gave is as it should be; of an added row, those that were given."""
    expected = {**one.found, **one.changes}
    names = expected if one.review == "added" or not one.found else {**dict.fromkeys(seen(one.table), ""), **expected}
    return [is_same(name, expected.get(name, ""), cells[name]) for name in names]


def _wrongness(one: Correction, overlap: float, cells: Row) -> float:
    """How sure it is that a row is the one that a reviewer has called wrong."""
    same = all(is_same(name, one.found.get(name, ""), cells[name]) for name in seen(one.table))
    return max(overlap, 0.0) if same or not one.found else 0.0

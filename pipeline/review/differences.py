"""What became of the facts of one table: which came, which went, which cells changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Literal, NamedTuple

from pipeline.errors import UsageError
from pipeline.review.pairing import paired
from pipeline.review.rows import Row, offset

#: the columns that say where a row stands, which other words before it change, and which rule found it
UNCOMPARED = frozenset(
    ("sentence", "start_char", "end_char", "rule", "confidence", "mention_id", "fact_id", "event_id")
)


_EMPTY = "(empty)"
_LONGEST = 80  #: characters of a cell that are told


class Change(NamedTuple):
    """A fact that came, went or changed; `cells` are those that changed, with what they were and are."""

    kind: Literal["came", "went", "changed"]
    row: Row
    cells: dict[str, tuple[str, str]]

    def told(self) -> str:
        """The change in one line: where, on which words, and the cells; of those that changed, old → new."""
        row = self.row
        place = f" [{row['start_char']}:{row['end_char']}]" if row.get("start_char") else ""
        words = f" « {_short(row['text'])} »" if row.get("text") else ""
        cells = (f"{name} {_short(old) or _EMPTY} → {_short(new) or _EMPTY}" for name, (old, new) in self.cells.items())
        said = "; ".join(cells) if self.cells else " | ".join(_short(row[name]) for name in row if _is_said(row, name))
        return f"{row.get('document') or row.get('entity_id') or ''}{place}{words}: {said}"


class Difference(NamedTuple):
    """What became of a document's facts: how many are the same, and the others."""

    same: int
    changes: list[Change]


def differences(
    table: str, old: Iterable[Row], new: Iterable[Row], uncompared: frozenset[str] = UNCOMPARED
) -> Iterator[Difference]:
    """Compare two tables whose rows come sorted as they were written, a document (of entities, one) at a time.

    Columns that only one side has are not compared, nor are those in `uncompared`. Raises UsageError where rows are not
    sorted.
    """
    key = "entity_id" if table == "entities" else "document"
    for olds, news in _together(table, key, old, new):
        if olds == news:
            yield Difference(len(olds), [])
            continue
        both = [name for name in (olds or news)[0] if name in (news or olds)[0]]
        yield _difference(table, olds, news, [name for name in both if name not in uncompared])


def _difference(table: str, old: list[Row], new: list[Row], compared: list[str]) -> Difference:
    found = paired(table, old, new, compared)
    changed = [(after, _changed(before, after, compared)) for before, after in found.pairs]
    changes = [Change("went", row, {}) for row in found.old]
    changes += [Change("came", row, {}) for row in found.new]
    changes += [Change("changed", row, cells) for row, cells in changed if cells]
    return Difference(sum(not cells for _, cells in changed), sorted(changes, key=_order))


def _changed(old: Row, new: Row, compared: list[str]) -> dict[str, tuple[str, str]]:
    cells = ((name, old.get(name, ""), new.get(name, "")) for name in compared)
    return {name: (before, after) for name, before, after in cells if before != after}


def _order(change: Change) -> tuple[int, str]:
    return offset(change.row, "start_char"), change.kind


def _together(table: str, key: str, old: Iterable[Row], new: Iterable[Row]) -> Iterator[tuple[list[Row], list[Row]]]:
    """The rows of both sides with the same key, in the order of keys."""
    sides = [groupby(_sorted(table, key, rows), key=lambda row: row.get(key, "")) for rows in (old, new)]
    heads = [next(side, None) for side in sides]
    while any(heads):
        least = min(head[0] for head in heads if head)
        rows: list[list[Row]] = [[], []]
        for at, head in enumerate(heads):
            if head and head[0] == least:
                rows[at] = list(head[1])
                heads[at] = next(sides[at], None)
        yield rows[0], rows[1]


def _sorted(table: str, key: str, rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, as long as they come sorted."""
    last = ""
    for row in rows:
        if (now := row.get(key, "")) < last:
            raise UsageError(f"{table}: {now!r} stands behind {last!r}; expected the rows sorted by {key}, as written")
        last = now
        yield row


def _is_said(row: Row, name: str) -> bool:
    return bool(row[name]) and name not in ("document", "text") and name not in UNCOMPARED


def _short(cell: str) -> str:
    """A cell on one line, its middle left out where it is long."""
    cell = " ".join(cell.split())
    return cell if len(cell) <= _LONGEST else f"{cell[: _LONGEST // 2]} … {cell[-_LONGEST // 2 + 3 :]}"

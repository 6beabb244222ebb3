"""Which rows of two tables of one document are the same fact.

Offsets shift when a document grows, and values change when rules do. So rows are paired by what they have in common,
the surest first: all cells and the place, all cells, the words, the cells that name the fact, the place alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple

from pipeline.review.rows import Row, offset

#: what names a fact beside its words, by table
NAMING = {
    "documents": ("document",),
    "officials": ("person", "role"),
    "dates": ("date_start", "date_end"),
    "locations": ("name",),
    "treaty_counts": ("count", "instrument"),
    "quantities": ("amount", "noun"),
    "treaties": ("treaty", "party"),
    "events": ("event",),
    "facts": ("subject", "predicate", "object"),
    "mentions": ("label", "entity_id"),
    "entities": ("entity_id",),
}
_MOST_COMPARED = 10_000  #: pairs of rows with one key that are compared; of more, the first go with the first

_Key = Callable[[Row], Hashable]


class Pairing(NamedTuple):
    """Pairs of rows that are one fact, and what is left of both sides."""

    pairs: list[tuple[Row, Row]]
    old: list[Row]
    new: list[Row]


def paired(table: str, old: Sequence[Row], new: Sequence[Row], compared: Sequence[str]) -> Pairing:
    """Pair the rows of a document; `compared` are the columns by which two rows are alike."""
    names = NAMING.get(table, ())
    keys: tuple[_Key, ...] = (
        lambda row: (_place(row), *_cells(row, compared)),
        lambda row: _cells(row, compared),
        lambda row: (row.get("text"), *_cells(row, names)),
        lambda row: row.get("text"),
        lambda row: _cells(row, names) if any(_cells(row, names)) else None,
        _place,
    )
    found = Pairing([], list(old), list(new))
    for key in keys:
        if found.old and found.new:
            found = _paired_by(key, found, compared)
    return found


def _paired_by(key: _Key, before: Pairing, compared: Sequence[str]) -> Pairing:
    """Pair what is left by a key; rows whose key is None or empty have none."""
    olds, news = _by_key(key, before.old), _by_key(key, before.new)
    pairs = [
        (before.old[i], before.new[j])
        for value in olds
        if value in news
        for i, j in _alike(before, olds[value], news[value], compared)
    ]
    taken = {id(row) for pair in pairs for row in pair}
    left = ([row for row in rows if id(row) not in taken] for rows in (before.old, before.new))
    return Pairing(before.pairs + pairs, *left)


def _by_key(key: _Key, rows: Iterable[Row]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        if (value := key(row)) is not None:
            found[value].append(at)
    return found


def _alike(rows: Pairing, olds: list[int], news: list[int], compared: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Pairs of rows that have the same key, the most alike first."""
    if len(olds) == 1 == len(news) or len(olds) * len(news) > _MOST_COMPARED:
        return zip(olds, news, strict=False)
    ranked = sorted((_unlike(rows.old[i], rows.new[j], compared), i, j) for i in olds for j in news)
    return one_to_one((i, j) for _, i, j in ranked).items()


def one_to_one(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Those of the pairs, which come the best first, that no better one has taken a side of."""
    taken: dict[int, int] = {}
    others: set[int] = set()
    for one, other in pairs:
        if one not in taken and other not in others:
            taken[one] = other
            others.add(other)
    return taken


def _unlike(old: Row, new: Row, compared: Sequence[str]) -> tuple[int, int]:
    """In how many cells two rows differ, then how far apart they stand."""
    return sum(old.get(name) != new.get(name) for name in compared), abs(offset(old) - offset(new))


def _cells(row: Row, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in names)


def _place(row: Row) -> Hashable:
    return (row["start_char"], row.get("end_char")) if row.get("start_char") else None

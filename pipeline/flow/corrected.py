"""Tables with a reviewer's corrections applied: from tables as they were found to tables as they are written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from itertools import groupby
from typing import Any

from pipeline.entries import Entry, entries
from pipeline.flow.identities import Settled
from pipeline.review import Correction, Reviewed, applied
from pipeline.write import Tables


class Corrected:
    """Settled tables whose rows are as the reviewer says; the rows of the given tables stay as they are.

    `counts` says how many rows are ok, corrected, added or removed.
    """

    def __init__(self, settled: Settled, corrections: Sequence[Correction] = ()) -> None:
        self._settled, self.entities, self.corrections = settled, settled.entities, corrections
        self._plan: dict[str, dict[str, list[Reviewed]]] = {}
        self._more: Counter[str] = Counter()
        self._unused: list[str] = []
        for table, of_table in _by(corrections, "table").items():
            self._plan[table] = self._planned(table, _by(of_table, "document"))
        rows = [one for plan in self._plan.values() for reviewed in plan.values() for one in reviewed]
        verdicts = Counter(one.record.review if one.record else "removed" for one in rows if one.correction)
        self.counts = {verdict: verdicts[verdict] for verdict in ("ok", "corrected", "added", "removed")}

    @property
    def unused(self) -> tuple[str, ...]:
        """Which lines of the files of identities and corrections find nothing."""
        return (*self._settled.unused, *self._unused)

    def _planned(self, table: str, corrections: dict[str, list[Correction]]) -> dict[str, list[Reviewed]]:
        """{document: its rows} of a table, where there are corrections."""
        documents = {d.document: d for d in self._settled.rows("documents") if d.document in corrections}
        found: dict[str, list[Any]] = {name: [] for name in documents}
        found |= {name: list(rows) for name, rows in _grouped(self._settled, table) if name in found}
        for name in sorted(corrections.keys() - documents.keys()):
            self._unused += [f"{one.told()}: there is no such document" for one in corrections[name]]
        plan = {}
        for name, rows in sorted(found.items()):
            plan[name], unused = applied(table, documents[name], rows, corrections[name])
            self._unused += unused
            self._more[table] += sum(one.record is not None for one in plan[name]) - len(rows)
        return plan

    def more(self, table: str) -> int:
        """How many rows a table has more than were found, negative where it has fewer."""
        return self._more[table]

    def over(self, tables: Tables) -> Corrected:
        """The same, with the rows of the same tables read elsewhere."""
        other = copy(self)
        other._settled = self._settled.over(tables)
        return other

    def rows(self, table: str) -> Iterator[Any]:
        """The records of a table, in the order of the given tables."""
        if not self._plan.get(table):
            return self._settled.rows(table)
        return (one.record for _, rows in self.reviewed(table) for one in rows if one.record is not None)

    def entries(self, table: str) -> Iterator[Entry]:
        """The same as entries."""
        return entries(table, self.rows(table)) if self._plan.get(table) else self._settled.entries(table)

    def reviewed(self, table: str) -> Iterator[tuple[str, list[Reviewed]]]:
        """The rows of each document that has any, with what they are made of."""
        plan = self._plan.get(table, {})
        left = iter(sorted(plan))
        planned = next(left, None)
        for document, rows in _grouped(self._settled, table):
            while planned is not None and planned < document:
                yield planned, plan[planned]
                planned = next(left, None)
            if planned == document:
                planned = next(left, None)
            yield document, plan[document] if document in plan else [Reviewed(row, row) for row in rows]
        while planned is not None:
            yield planned, plan[planned]
            planned = next(left, None)


def _grouped(tables: Tables, table: str) -> Iterator[tuple[str, Iterator[Any]]]:
    return groupby(tables.rows(table), key=lambda row: row.document)


def _by(corrections: Iterable[Correction], name: str) -> dict[str, list[Correction]]:
    found: dict[str, list[Correction]] = defaultdict(list)
    for one in corrections:
        found[getattr(one, name)].append(one)
    return found

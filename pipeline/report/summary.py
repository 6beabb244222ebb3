"""What the first view of the page says: sums over all rows, gathered as they pass."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.records import TABLES, row

_FAILURES, _TOP = 100, 10
_LABELS = ("PER", "ORG", "LOC")


class Summary:
    """Counts by table and status, documents by month, the first failures, and the entities named most."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys(TABLES, 0)
        self._statuses: Counter[str] = Counter()
        self._months: Counter[str] = Counter()
        self._failures: list[dict[str, Any]] = []
        self._top: dict[str, list[Any]] = {label: [] for label in _LABELS}

    def documents(self, documents: Iterable[Any]) -> None:
        """Take documents in."""
        for number, document in enumerate(documents, self.counts["documents"]):
            self._statuses[document.status or ""] += 1
            if document.published and len(document.published) >= 7:
                self._months[document.published[:7]] += 1
            if document.status != "ok" and len(self._failures) < _FAILURES:
                about = row(document)
                self._failures.append(
                    {"number": number, **{name: about[name] for name in ("document", "status", "message")}}
                )
            self.counts["documents"] += 1

    def rows(self, table: str, number: int) -> None:
        """Take in how many rows of a table there are more."""
        self.counts[table] += number

    def entities(self, entities: Iterable[Any]) -> Iterator[Any]:
        """Take entities in, and give them on."""
        for entity in entities:
            best = self._top.get(entity.label)
            if best is not None:
                best.append(entity)
                if len(best) > 50 * _TOP:
                    best[:] = _most_named(best)
            yield entity

    def content(self) -> dict[str, Any]:
        """What was taken in."""
        return {
            "counts": self.counts,
            "statuses": dict(sorted(self._statuses.items(), key=lambda item: (item[0] != "ok", -item[1], item[0]))),
            "failures": self._failures,
            "months": dict(sorted(self._months.items())),
            "top": {label: [_shown(entity) for entity in _most_named(found)] for label, found in self._top.items()},
        }


def _most_named(entities: list[Any]) -> list[Any]:
    return heapq.nsmallest(_TOP, entities, key=lambda e: (-(e.mentions or 0), e.name or "", e.entity_id or ""))


def _shown(entity: Any) -> dict[str, Any]:
    about = row(entity)
    return {name: about[name] for name in ("entity_id", "name", "documents", "mentions")}

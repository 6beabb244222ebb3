"""documents.jsonl: a document and all that came of it in one line, for programs that take one document at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline.records import TABLES, Document, columns, row
from pipeline.write.tables import Style, Tables, replacing

_ENCODER = json.JSONEncoder(ensure_ascii=False)
#: the tables whose rows belong to a document
_NESTED = [table for table, kind in TABLES.items() if kind is not Document and columns(kind)[0].name == "document"]


def write(tables: Tables, out: Path, _style: Style) -> list[Path]:
    """Write documents.jsonl; returns its path."""
    path = out / "documents.jsonl"
    with replacing(path) as handle:
        for line in nested(tables):
            handle.write(_ENCODER.encode(line) + "\n")
    return [path]


def nested(tables: Tables) -> Iterator[dict[str, Any]]:
    """Each document as a dict of its columns, its `text` and a list of rows a table, without their `document`."""
    cursors = {table: _Cursor(tables.rows(table)) for table in _NESTED}
    for document in tables.rows("documents"):
        rows = {table: [_facts(record) for record in cursor.of(document.document)] for table, cursor in cursors.items()}
        yield {**row(document), "text": document.text, **rows}


def _facts(record: Any) -> dict[str, Any]:
    cells = row(record)
    del cells["document"]
    return cells


class _Cursor:
    """The rows of one table, document by document: documents and rows both come sorted, so that nothing is kept."""

    def __init__(self, records: Iterator[Any]) -> None:
        self._groups = groupby(records, key=lambda record: record.document)
        self._next = next(self._groups, None)

    def of(self, document: str) -> list[Any]:
        """The rows of a document; those before it, of a document that is not listed, are passed over."""
        while self._next is not None and self._next[0] < document:
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != document:
            return []
        found = list(self._next[1])
        self._next = next(self._groups, None)
        return found

"""documents.jsonl: a document and all that came of it in one line, for programs that take one document at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pipeline.entries import Entry, belongs_to_document, labelled
from pipeline.records import TABLES, columns, row
from pipeline.write.tables import Style, Tables, replacing

_ENCODER = json.JSONEncoder(ensure_ascii=False)


def write(tables: Tables, out: Path, _style: Style) -> list[Path]:
    """Write documents.jsonl; returns its path."""
    path = out / "documents.jsonl"
    with replacing(path) as handle:
        handle.writelines(nested(tables))
    return [path]


def nested(tables: Tables) -> Iterator[str]:
    """A line for each document: its columns, its `text` and a list of rows a table, without their `document`."""
    cursors = {table: _Cursor(tables, table) for table in filter(belongs_to_document, TABLES)}
    for document in tables.rows("documents"):
        own = _ENCODER.encode({**row(document), "text": document.text})
        rows = (f'"{table}": [{cursor.of(document.document)}]' for table, cursor in cursors.items())
        yield f"{own[:-1]}, {', '.join(rows)}}}\n"


class _Cursor:
    """The rows of one table, document by document: documents and rows both come sorted, so that nothing is kept."""

    def __init__(self, tables: Tables, table: str) -> None:
        self._entries = tables.entries(table)
        self._next = next(self._entries, None)
        # of the first column, the document, nothing is written
        head, *others = (f'"{column.name}": ' for column in columns(TABLES[table])[1:])
        self._labels = ["}, {" + head, *(", " + name for name in others)]

    def of(self, document: str) -> str:
        """The rows of a document as JSON; those before it, of a document that is not listed, are passed over."""
        while self._next is not None and self._next.document < document:
            self._next = next(self._entries, None)
        if self._next is None or self._next.document != document:
            return ""
        found, self._next = self._next, next(self._entries, None)
        return self._written(found)

    def _written(self, entry: Entry) -> str:
        cells = entry.lines()
        del cells[:: len(self._labels) + 1]
        return labelled(cells, self._labels).removeprefix("}, ") + "}"

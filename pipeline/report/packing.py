"""From rows to chunks: blocks of documents, each table of a block column by column, as JSON in gzip in base64."""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import attrgetter
from typing import Any, NamedTuple, Protocol

from pipeline.records import TABLES, columns

#: documents of a block, and characters from which on it takes no more
_DOCUMENTS, _CHARACTERS = 256, 1_000_000
_ROWS = 20_000  #: rows of a chunk of a table that belongs to no document
#: identifiers that no reader needs and that would be much of the file
LEFT_OUT = frozenset({"mention_id", "fact_id"})


class Tables(Protocol):
    """A store of records: each table's come sorted by document and place, documents with their text."""

    def rows(self, table: str) -> Iterator[Any]:
        """The records of a table."""
        ...


class Block(NamedTuple):
    """Some documents that follow each other, and the rows that belong to them, by table."""

    documents: list[Any]
    rows: dict[str, list[Any]]


def blocks(tables: Tables) -> Iterator[Block]:
    """All documents and what belongs to them, block by block, so that no table is whole in memory."""
    cursors = {name: _Cursor(tables.rows(name)) for name in _of_documents()}
    documents = tables.rows("documents")
    while some := _some(documents):
        last = some[-1].document
        yield Block(some, {name: cursor.until(last) for name, cursor in cursors.items()})


def _of_documents() -> list[str]:
    """The tables whose rows belong to a document, but for the documents themselves."""
    return [name for name, kind in TABLES.items() if name != "documents" and columns(kind)[0].name == "document"]


def _some(documents: Iterator[Any]) -> list[Any]:
    found: list[Any] = []
    characters = 0
    for document in islice(documents, _DOCUMENTS):
        found.append(document)
        characters += len(document.text)
        if characters >= _CHARACTERS:
            break
    return found


class _Cursor:
    """The rows of a table that comes sorted by document."""

    def __init__(self, records: Iterator[Any]) -> None:
        self._records = records
        self._next = next(records, None)

    def until(self, document: str) -> list[Any]:
        """The rows up to the last one of a document, since the last call."""
        found = []
        while self._next is not None and self._next.document <= document:
            found.append(self._next)
            self._next = next(self._records, None)
        return found


def parts(records: Iterator[Any]) -> Iterator[list[Any]]:
    """Rows that belong to no document, some at a time."""
    while some := list(islice(records, _ROWS)):
        yield some


def packed(table: str, records: Sequence[Any]) -> dict[str, Any]:
    """Rows column by column: numbers as they are, of strings each distinct one once, and which of them a row has."""
    described = [column for column in columns(TABLES[table]) if column.name not in LEFT_OUT]
    cells = zip(*map(attrgetter(*(column.name for column in described)), records), strict=True)
    packing = {column.name: _column(column.type, own) for column, own in zip(described, cells, strict=True)}
    return {"rows": len(records), "columns": packing}


def _column(kind: str, cells: Sequence[Any]) -> Any:
    if kind in ("integer", "number"):
        return cells
    if kind == "list":
        cells = ["; ".join(cell) or None for cell in cells]
    places = {value: place for place, value in enumerate(dict.fromkeys(cells))}
    return {"values": list(places), "codes": list(map(places.__getitem__, cells))}


def chunk(name: str, content: Any) -> str:
    """Content as an element of the page that no browser runs, shows or reads as HTML."""
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    zipped = gzip.compress(written.encode(errors="replace"), compresslevel=6, mtime=0)
    return f'<script type="text/plain" id="chunk-{name}">{b64encode(zipped).decode()}</script>\n'

"""A document as the ledger keeps it: its cells, and its rows as entries, which processes hand over for little."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pipeline.entries import Entry, clean, entry, place
from pipeline.errors import StoreError
from pipeline.fields import replace
from pipeline.records import TABLES, Document, row


class Stored(NamedTuple):
    """A document, its text apart, and its rows in the tables where it has any.

    `digest` is the SHA-256 of the bytes that were read, None where the document is to be tried again at the next run.
    `source` is the name of the file, which is the document's own unless the file holds many.
    """

    document: Document
    text: str
    digest: str | None
    tables: dict[str, Entry]
    source: str


def stored(document: Document, tables: Mapping[str, Iterable[Any]], source: str | None = None) -> Stored:
    """A document and its records ({table: records}) as entries; `source`: its file, where that holds many."""
    described = replace(document, document=clean(document.document), text="")
    sorted_rows = {known(table): sorted(records, key=place) for table, records in tables.items()}
    rows = {table: entry(table, records, described.document) for table, records in sorted_rows.items() if records}
    file = described.document if source is None else clean(source)
    return Stored(described, clean(document.text), document.sha256, rows, file)


def cells(document: Document) -> list[Any]:
    """The cells of a document."""
    return [clean(value) if isinstance(value, str) else value for value in row(document).values()]


def known(table: str) -> str:
    """`table`, if there is one. Raises StoreError."""
    if table not in TABLES:
        raise StoreError(f"no table {table!r}; there are: {', '.join(TABLES)}")
    return table


def path_cell(path: str) -> str | bytes:
    """A path to the letter, as bytes where the file system's are no characters; `os.fsdecode` gives it back."""
    return path if clean(path) == path else os.fsencode(path)

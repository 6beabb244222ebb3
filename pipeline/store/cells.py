"""Records as the cells that the ledger keeps: plain values, which also cost little to hand from process to process."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pipeline.errors import StoreError
from pipeline.fields import replace
from pipeline.records import TABLES, Document, columns

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Stored(NamedTuple):
    """A document, its text apart, and the cells of its rows by table.

    `digest` is the SHA-256 of the bytes that were read, None where the document is to be tried again at the next run.
    `source` is the name of the file, which is the document's own unless the file holds many.
    """

    document: Document
    text: str
    digest: str | None
    tables: dict[str, list[list[Any]]]
    source: str


def stored(document: Document, tables: Mapping[str, Iterable[Any]], source: str | None = None) -> Stored:
    """A document and its records ({table: records}) as cells; `source`: its file, where that holds many."""
    rows = {table: list(map(cells(table), records)) for table, records in tables.items()}
    described = replace(document, document=clean(document.document), text="")
    file = described.document if source is None else clean(source)
    return Stored(described, clean(document.text), document.sha256, rows, file)


def cells(table: str) -> Any:
    """The function that gives the cells of a record of `table`. Raises StoreError where there is no such table."""
    names = [column.name for column in columns(TABLES[known(table)])]
    return lambda record: [_cell(getattr(record, name)) for name in names]


def known(table: str) -> str:
    """`table`, if there is one. Raises StoreError."""
    if table not in TABLES:
        raise StoreError(f"no table {table!r}; there are: {', '.join(TABLES)}")
    return table


def clean(text: str) -> str:
    """Lone surrogates are no characters and cannot be stored: U+FFFD, one for one, so that offsets hold."""
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


def path_cell(path: str) -> str | bytes:
    """A path to the letter, as bytes where the file system's are no characters; `os.fsdecode` gives it back."""
    return path if clean(path) == path else os.fsencode(path)


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list | tuple):
        return json.dumps([clean(part) for part in value], ensure_ascii=False)
    return value

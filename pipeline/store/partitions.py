"""Partitions: the rows of some documents as Parquet, a folder with one file a table, whole or not there at all."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.entries import Entry, belongs_to_document, encoded, in_rows
from pipeline.errors import StoreError
from pipeline.records import TABLES, Document, columns
from pipeline.store.cells import Stored, cells

FOLDER_NAME = "partitions"
_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.string(),
    "list": pa.list_(pa.string()),
}
#: what documents.parquet has beside the columns of `documents`: `digest` is the SHA-256 of the bytes that were read
_OWN = (
    ("text", pa.string()),
    ("body_start", pa.int64()),
    ("sentence_starts", pa.list_(pa.int64())),
    ("digest", pa.string()),
    ("source", pa.string()),
)
#: the tables of a partition; those over the whole corpus come later
_OF_DOCUMENTS = ["documents", *filter(belongs_to_document, TABLES)]


def has_partition(folder: Path, key: str) -> bool:
    """Whether the partition is in the folder of partitions."""
    return (folder / key).is_dir()


def write_partition(folder: Path, key: str, found: Iterable[Stored]) -> None:
    """Write documents and their rows to `folder`/`key`: all of it appears at once, or nothing.

    Where it is there already, it stays as it is. Raises StoreError where it cannot be written.
    """
    being_made = folder / f".{key}.{uuid4().hex}"
    try:
        being_made.mkdir(parents=True)
        for table, rows in _by_table(found).items():
            pq.write_table(_columns(table, rows), being_made / f"{table}.parquet")
        being_made.rename(folder / key)
    except OSError as error:
        if not has_partition(folder, key):
            raise StoreError(f"{folder / key} cannot be written: {error}; what is there is intact") from error
    finally:
        shutil.rmtree(being_made, ignore_errors=True)


def read_partition(folder: Path, key: str) -> list[Stored]:
    """The documents of a partition, as they were written. Raises StoreError where it is damaged or gone."""
    try:
        rows = {table: pq.read_table(folder / key / f"{table}.parquet").to_pylist() for table in _OF_DOCUMENTS}
    except (OSError, pa.ArrowException) as error:
        raise StoreError(f"{folder / key} cannot be read: {error}; remove it and run again") from error
    of: dict[str, dict[str, Entry]] = defaultdict(dict)
    for table in _OF_DOCUMENTS[1:]:
        for document, own in groupby(rows[table], key=itemgetter("document")):
            of[document][table] = encoded(table, map(dict.values, own), document)
    return [_stored(row, of[row["document"]]) for row in rows["documents"]]


def sweep(folder: Path, *, everything: bool = False) -> None:
    """Remove what workers that were killed have left; `everything`: all partitions."""
    for left in folder.glob("*" if everything else ".*"):
        shutil.rmtree(left, ignore_errors=True)


def _by_table(found: Iterable[Stored]) -> dict[str, list[Sequence[Any]]]:
    rows: dict[str, list[Sequence[Any]]] = {table: [] for table in _OF_DOCUMENTS}
    for one in found:
        about = (one.text, one.document.body_start, one.document.sentence_starts, one.digest, one.source)
        rows["documents"].append((*cells(one.document), *about))
        for table, new in one.tables.items():
            rows[table].extend(in_rows(new.values(), table))
    return rows


def _columns(table: str, rows: list[Sequence[Any]]) -> pa.Table:
    typed = [(column.name, _TYPES[column.type]) for column in columns(TABLES[table])]
    schema = pa.schema([*typed, *(_OWN if table == "documents" else ())])
    listed: Iterator[Any] = zip(*rows, strict=True) if rows else iter([()] * len(schema))
    arrays = [pa.array([*cells], field.type) for cells, field in zip(listed, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _stored(row: dict[str, Any], tables: dict[str, Entry]) -> Stored:
    text, digest, source = row.pop("text"), row.pop("digest"), row.pop("source")
    starts = tuple(row.pop("sentence_starts"))
    return Stored(Document(**row, sentence_starts=starts), text, digest, tables, source)

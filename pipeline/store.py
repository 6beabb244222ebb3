"""Room 6, records -> SQLite: the ledger of an output folder, with what was read and the rows that came of it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pipeline.errors import StoreError
from pipeline.records import TABLES, Document, columns

FILE_NAME = "greffier.sqlite"
#: SQLite's own mark of a file's application: « Grff »; and the version of the tables, which the columns are part of
_APPLICATION = 0x47726666
_VERSION = 1
_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "list": "TEXT"}
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
#: columns of the table that says how each document was read
_READINGS = (
    "document TEXT PRIMARY KEY, sha256 TEXT, size INTEGER, mtime REAL, fingerprint TEXT, option TEXT, read_at TEXT"
)


class Ledger:
    """One file in the output folder: a document's status, text and rows are committed together, or not at all.

    Rows come back as the records that went in, lone surrogates replaced by U+FFFD, sorted by document and place.
    """

    def __init__(self, path: str | Path, *, fresh: bool = False) -> None:
        """Open the ledger at `path`, or make it; with `fresh`, in the place of one that is there.

        Raises StoreError where the file is something else, or was made by another version of Greffier.
        """
        self.path = Path(path)
        if fresh and _is_ledger(self.path):
            self.path.unlink()
        self._db = _connect(self.path)
        try:
            self._check()
        except StoreError:
            self._db.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def replace(
        self,
        document: Document,
        tables: Mapping[str, Iterable[Any]],
        *,
        fingerprint: str = "",
        option: str | None = None,
        size: int | None = None,
        mtime: float | None = None,
    ) -> None:
        """Put a document and its rows ({table: records}) in the place of what was known of it, in one transaction.

        `fingerprint` stands for the pipeline that made the rows, `option` for the date of publication that the caller
        gave, `size` (bytes) and `mtime` (seconds) for the file.
        """
        name = _clean(document.document)
        read_at = datetime.now(UTC).isoformat(timespec="seconds")
        reading = (name, document.sha256, size, mtime, fingerprint, option, read_at)
        with self._writing():
            self._forget([name])
            self._insert("documents", [document])
            self._db.execute("INSERT INTO texts VALUES (?, ?, ?)", (name, _clean(document.text), document.body_start))
            self._db.execute("INSERT INTO readings VALUES (?, ?, ?, ?, ?, ?, ?)", reading)
            for table, records in tables.items():
                self._insert(table, records)

    def put(self, table: str, records: Iterable[Any]) -> None:
        """Put records in the place of the whole table: for tables over the corpus, such as entities."""
        with self._writing():
            self._db.execute(f'DELETE FROM "{_known(table)}"')
            self._insert(table, records)

    def forget(self, names: Iterable[str]) -> None:
        """Drop documents and all that came of them."""
        with self._writing():
            self._forget([_clean(name) for name in names])

    def names(self) -> list[str]:
        """The documents in the ledger, sorted."""
        return [name for (name,) in self._db.execute("SELECT document FROM readings ORDER BY document")]

    def known(self, fingerprint: str, option: str | None = None) -> dict[str, str]:
        """{document: SHA-256 of its file} of what this pipeline read with this option, and need not read again.

        What could not be read has no digest, and is tried again each time.
        """
        query = "SELECT document, sha256 FROM readings WHERE fingerprint = ? AND option IS ? AND sha256 IS NOT NULL"
        return dict(self._db.execute(query, (fingerprint, option)))

    def rows(self, table: str) -> Iterator[Any]:
        """The records of a table, sorted by document, place and the order in which they were stored.

        Documents come with their text. Raises StoreError where there is no such table.
        """
        record_type = TABLES[_known(table)]
        lists = [c.name for c in columns(record_type) if c.type == "list"]
        with closing(self._db.cursor()) as cursor:
            cursor.execute(_select(table))
            names = [name for name, *_ in cursor.description]
            for cells in cursor:
                row = dict(zip(names, cells, strict=True))
                row.update({name: tuple(json.loads(row[name])) for name in lists})
                yield record_type(**row)

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self._db.execute(f'SELECT count(*) FROM "{_known(table)}"').fetchone()[0])

    def _check(self) -> None:
        try:
            application = self._db.execute("PRAGMA application_id").fetchone()[0]
            empty = not self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if application == 0 and empty:
                self._create()
            elif application != _APPLICATION:
                raise StoreError(f"{self.path} is another program's database; give another output folder")
            elif self._db.execute("SELECT tables FROM made_by").fetchone()[0] != _schema():
                raise StoreError(f"{self.path} was made by another version of Greffier; run with --fresh, or remove it")
        except sqlite3.DatabaseError as error:
            raise StoreError(f"{self.path} is no ledger of Greffier's, or is damaged ({error}); remove it") from error

    def _create(self) -> None:
        with self._writing():
            self._db.execute(f"PRAGMA application_id = {_APPLICATION}")
            for statement in _schema().split(";\n"):
                self._db.execute(statement)
            self._db.execute("CREATE TABLE made_by (tables TEXT)")
            self._db.execute("INSERT INTO made_by VALUES (?)", (_schema(),))

    def _writing(self) -> _Transaction:
        return _Transaction(self._db, self.path)

    def _forget(self, names: Sequence[str]) -> None:
        one_each = [(name,) for name in names]
        tables = ["readings", "texts", *(t for t in TABLES if _has_document(t))]
        for table in tables:
            self._db.executemany(f'DELETE FROM "{table}" WHERE document = ?', one_each)

    def _insert(self, table: str, records: Iterable[Any]) -> None:
        described = columns(TABLES[_known(table)])
        marks = ", ".join("?" * len(described))
        cells = ([_cell(getattr(record, column.name)) for column in described] for record in records)
        self._db.executemany(f'INSERT INTO "{table}" VALUES ({marks})', cells)


class _Transaction:
    """All that is done inside is committed together, or nothing of it; SQLite's errors become StoreErrors."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db, self._path = db, path

    def __enter__(self) -> None:
        try:
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise StoreError(f"{self._path} cannot be written: {error}") from error

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if kind is None:
                self._db.execute("COMMIT")
        except sqlite3.OperationalError as failure:
            error = failure
        if error is not None and self._db.in_transaction:
            self._db.execute("ROLLBACK")
        if isinstance(error, sqlite3.OperationalError):
            raise StoreError(f"{self._path} cannot be written: {error}") from error


def _connect(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return sqlite3.connect(path, isolation_level=None)
    except (OSError, sqlite3.OperationalError) as error:
        raise StoreError(f"{path} cannot be opened: {error}") from error


def _is_ledger(path: Path) -> bool:
    """Whether the file bears the ledger's mark, whatever its version: bytes 68 to 72 of an SQLite file."""
    if not path.is_file():
        return False
    with path.open("rb") as handle:
        return handle.read(72)[68:] == _APPLICATION.to_bytes(4, "big")


def _schema() -> str:
    """The statements that make the tables. They are kept in the file: other columns are another version."""
    made = [
        f"CREATE TABLE readings ({_READINGS})",
        "CREATE TABLE texts (document TEXT PRIMARY KEY, text TEXT, body_start INTEGER)",
    ]
    for table, record_type in TABLES.items():
        listed = ", ".join(f'"{c.name}" {_TYPES[c.type]}' for c in columns(record_type))
        made.append(f'CREATE TABLE "{table}" ({listed})')
        if _has_document(table):
            made.append(f'CREATE INDEX "{table}_by_document" ON "{table}" (document)')
    return ";\n".join([*made, f"PRAGMA user_version = {_VERSION}"])


def _select(table: str) -> str:
    if table == "documents":
        return "SELECT * FROM documents JOIN texts USING (document) ORDER BY document"
    names = {f.name for f in fields(TABLES[table])}
    order = [name for name in ("document", "start_char", "end_char", "entity_id") if name in names]
    return f'SELECT * FROM "{table}" ORDER BY {", ".join([*order, "rowid"])}'


def _known(table: str) -> str:
    if table not in TABLES:
        raise StoreError(f"no table {table!r}; there are: {', '.join(TABLES)}")
    return table


def _has_document(table: str) -> bool:
    return any(f.name == "document" for f in fields(TABLES[table]))


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, list | tuple):
        return json.dumps([_clean(part) for part in value], ensure_ascii=False)
    return value


def _clean(text: str) -> str:
    """Lone surrogates are no characters and cannot be stored: U+FFFD, one for one, so that offsets hold."""
    return _LONE_SURROGATE.sub("\ufffd", text)

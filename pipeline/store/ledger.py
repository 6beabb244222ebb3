"""The ledger: what was read, with which pipeline, the rows that came of it, and what was written of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from itertools import chain
from os import fsdecode
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pipeline.entries import Entry, clean, entries, records
from pipeline.errors import UsageError
from pipeline.fields import maker
from pipeline.records import Document, columns
from pipeline.store import database
from pipeline.store.cells import Stored, cells, known, path_cell, stored

FILE_NAME = "greffier.sqlite"


class Ledger:
    """One file in the output folder: a document's status, text and rows are committed together, or not at all.

    Rows come back as the records that went in, lone surrogates replaced by U+FFFD, sorted by document and place.
    """

    def __init__(self, path: str | Path, *, fresh: bool = False, shared: bool = False) -> None:
        """Open the ledger at `path`, or make it; with `fresh`, forget all that it holds.

        Nobody else can open it until it is closed, unless it is `shared`, for reading only. Raises StoreError where the
        file is something else, was made by another version of Greffier, cannot be written, or is in use.
        """
        self.path, self._shared = Path(path), shared
        self._db = database.connect(self.path, shared=shared)
        try:
            ours = database.is_ours(self._db, self.path)
            if not shared:
                database.take(self._db, self.path)
            if fresh or not ours:
                database.make(self._db, self.path)
            database.check_version(self._db, self.path)
        except BaseException:
            self._db.close()
            raise

    @classmethod
    def frozen(cls, path: Path) -> Self:
        """The ledger at `path` for reading, while another process has taken it that only waits (`settle`)."""
        ledger = cls.__new__(cls)
        ledger.path, ledger._shared = path, True
        ledger._db = database.connect_frozen(path)
        return ledger

    def settle(self) -> None:
        """Make the file whole for processes that read it frozen; until they are done, this one must not write to it."""
        database.settle(self._db)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._shared:
            self._db.close()
        else:
            database.give_back(self._db)

    def replace(
        self,
        document: Document,
        tables: Mapping[str, Iterable[Any]],
        *,
        fingerprint: str = "",
        option: str | None = None,
    ) -> None:
        """Put a document and its records ({table: records}) in the place of what was known of it, as `keep` does."""
        self.keep(stored(document, tables), fingerprint=fingerprint, option=option)

    def keep(self, new: Stored, *, fingerprint: str = "", option: str | None = None) -> None:
        """Put a document and its rows in the place of what was known of it, in one transaction.

        `fingerprint` stands for the pipeline that made the rows, `option` for the date of publication that the caller
        gave.
        """
        self.keep_all([new], fingerprint=fingerprint, option=option)

    def keep_all(self, found: Iterable[Stored], *, fingerprint: str = "", option: str | None = None) -> None:
        """Keep several documents, as `keep` does, all in one transaction."""
        with database.transaction(self._db, self.path):
            for new in found:
                self._keep(new, fingerprint, option)

    def _keep(self, new: Stored, fingerprint: str, option: str | None) -> None:
        name = new.document.document
        reading = (name, new.source, new.digest, fingerprint, option, datetime.now(UTC).isoformat(timespec="seconds"))
        if name == new.source:
            self._forget_sources([name])
        else:
            self._forget([name])
            self._db.execute("DELETE FROM wholes WHERE source = ?", (new.source,))
        described = cells(new.document)
        self._db.execute(f"INSERT INTO documents VALUES ({', '.join('?' * len(described))})", described)
        starts = json.dumps(new.document.sentence_starts)
        self._db.execute("INSERT INTO texts VALUES (?, ?, ?, ?)", (name, new.text, new.document.body_start, starts))
        self._db.execute("INSERT INTO readings VALUES (?, ?, ?, ?, ?, ?)", reading)
        if name == new.source and new.digest:
            self._db.execute("INSERT INTO wholes VALUES (?, ?, ?, ?)", reading[1:5])
        self._insert((table, *found) for table, found in new.tables.items())

    def has_read(self, name: str, digest: str, *, fingerprint: str = "", option: str | None = None) -> bool:
        """Whether a document was read from a file with this digest, by this pipeline with this option."""
        query = "SELECT digest, fingerprint, option FROM readings WHERE document = ?"
        return bool(self._db.execute(query, (name,)).fetchone() == (digest, fingerprint, option))

    def finish(
        self, source: str, documents: int, digest: str | None, *, fingerprint: str = "", option: str | None = None
    ) -> None:
        """Be told that all documents of a file that holds many have been kept, `source`#1 to `source`#`documents`.

        Whatever else came of the file is dropped. With `digest`, that of its bytes, it need not be read again, unless a
        document of it is to be tried again.
        """
        of_source = "FROM readings WHERE source = ?"
        there = {name for (name,) in self._db.execute(f"SELECT document {of_source}", (source,))}
        gone = there.difference(f"{source}#{number}" for number in range(1, documents + 1))
        with database.transaction(self._db, self.path):
            if gone:
                self._forget(gone)
            self._db.execute("DELETE FROM wholes WHERE source = ?", (source,))
            again = self._db.execute(f"SELECT 1 {of_source} AND digest IS NULL", (source,)).fetchone()
            if digest and not again:
                about = (source, digest, fingerprint, option)
                self._db.execute("INSERT INTO wholes VALUES (?, ?, ?, ?)", about)

    def holds(self, new: Stored, *, fingerprint: str = "", option: str | None = None) -> bool:
        """Whether all that is to be kept of a document without rows is in the ledger already."""
        query = "SELECT fingerprint, option, documents.* FROM readings JOIN documents USING (document)"
        found = self._db.execute(f"{query} WHERE document = ?", (new.document.document,)).fetchone()
        expected = (fingerprint, option, *cells(new.document))
        return not new.tables and found == expected

    def put(self, table: str, found: Iterable[Any]) -> None:
        """Put sorted records in the place of the whole table: for tables over the corpus, such as entities."""
        rows = entries(known(table), found)
        with database.transaction(self._db, self.path):
            self._db.execute('DELETE FROM entries WHERE "table" = ?', (table,))
            self._insert((table, *one) for one in rows)

    def forget(self, sources: Iterable[str]) -> None:
        """Drop files, by their names, and all that came of them."""
        with database.transaction(self._db, self.path):
            self._forget_sources(map(clean, sources))

    def names(self) -> list[str]:
        """The documents in the ledger, sorted."""
        return [name for (name,) in self._db.execute("SELECT document FROM readings ORDER BY document")]

    def files(self) -> set[str]:
        """The names of the files that the documents in the ledger come from."""
        return {source for (source,) in self._db.execute("SELECT DISTINCT source FROM readings")}

    def known(self, fingerprint: str, option: str | None = None) -> dict[str, str]:
        """{name: SHA-256} of the files that this pipeline read with this option, and need not read again.

        What could not be read has no digest, and is tried again each time.
        """
        query = "SELECT source, digest FROM wholes WHERE fingerprint = ? AND option IS ?"
        return dict(self._db.execute(query, (fingerprint, option)))

    def failed(self) -> list[Document]:
        """The documents whose status is not ok, sorted, without their text."""
        names = [column.name for column in columns(Document)]
        found = self._db.execute("SELECT * FROM documents WHERE status IS NOT 'ok' ORDER BY document")
        return [Document(**dict(zip(names, row, strict=True))) for row in found]

    def inputs(self) -> list[str]:
        """The paths and URLs that the last run was told to read, absolute, in their order."""
        return [fsdecode(path) for (path,) in self._db.execute("SELECT path FROM inputs ORDER BY rowid")]

    def sources(self) -> dict[str, str]:
        """{name: absolute path or URL} of the files that the last run found."""
        found = self._db.execute("SELECT name, path FROM sources ORDER BY name")
        return {name: fsdecode(path) for name, path in found}

    def reading(self) -> str | None:
        """How the last run was told to read files, in its own words."""
        found = self._db.execute("SELECT reading FROM choices").fetchone()
        return found[0] if found else None

    def set_sources(self, inputs: Iterable[str], sources: Mapping[str, str], reading: str | None = None) -> None:
        """Remember what a run was told to read and how, and the file of each name."""
        told, found = list(inputs), dict(sources)
        if (told, found, reading) == (self.inputs(), self.sources(), self.reading()):
            return
        with database.transaction(self._db, self.path):
            for table in ("inputs", "sources", "choices"):
                self._db.execute(f"DELETE FROM {table}")
            self._db.execute("INSERT INTO choices VALUES (?)", (reading,))
            self._db.executemany("INSERT INTO inputs VALUES (?)", ((path_cell(path),) for path in told))
            named = ((clean(name), path_cell(path)) for name, path in found.items())
            self._db.executemany("INSERT INTO sources VALUES (?, ?)", named)

    def readings(self) -> dict[str, tuple[str, str | None, str | None]]:
        """{document: its file, the SHA-256 of the file's bytes, date of publication that the caller gave}."""
        found = self._db.execute("SELECT document, source, digest, option FROM readings ORDER BY document")
        return {document: reading for document, *reading in found}

    def written(self) -> Any:
        """What `set_written` was told; None since a document has changed."""
        found = self._db.execute("SELECT about FROM written").fetchone()
        return json.loads(found[0]) if found else None

    def set_written(self, about: Any) -> None:
        """Remember that all rows have been written; `about` (any JSON) says with which options, and to which files."""
        with database.transaction(self._db, self.path):
            self._db.execute("DELETE FROM written")
            self._db.execute("INSERT INTO written VALUES (?)", (json.dumps(about),))

    def rows(self, table: str) -> Iterator[Any]:
        """The records of a table, sorted by document, place and the order in which they were stored.

        Documents come with their text. Raises StoreError where there is no such table.
        """
        if known(table) == "documents":
            return self._documents()
        return chain.from_iterable(records(table, found) for found in self.entries(table))

    def entries(self, table: str) -> Iterator[Entry]:
        """The rows of a table as entries, in the order of `rows`."""
        if known(table) == "documents":
            yield from entries(table, self._documents())
            return
        with closing(self._db.cursor()) as cursor:
            query = 'SELECT document, rows, cells FROM entries WHERE "table" = ? ORDER BY document, rowid'
            cursor.execute(query, (table,))
            yield from map(Entry._make, cursor)

    def _documents(self) -> Iterator[Document]:
        with closing(self._db.cursor()) as cursor:
            cursor.execute("SELECT * FROM documents JOIN texts USING (document) ORDER BY document")
            names = [name for name, *_ in cursor.description]
            make, starts = maker(Document, names), names.index("sentence_starts")
            for row in cursor:
                values = list(row)
                values[starts] = tuple(json.loads(values[starts]))
                yield make(values)

    def count(self, table: str) -> int:
        """How many rows a table has."""
        if known(table) == "documents":
            return int(self._db.execute("SELECT count(*) FROM documents").fetchone()[0])
        return int(self._db.execute('SELECT total(rows) FROM entries WHERE "table" = ?', (table,)).fetchone()[0])

    def _forget(self, names: Iterable[str]) -> None:
        self._db.execute("DELETE FROM written")
        for name in names:
            if self._db.execute("DELETE FROM readings WHERE document = ?", (name,)).rowcount:
                for table in ("texts", "documents", "entries"):
                    self._db.execute(f"DELETE FROM {table} WHERE document = ?", (name,))

    def _forget_sources(self, sources: Iterable[str]) -> None:
        self._db.execute("DELETE FROM written")
        for source in sources:
            found = self._db.execute("SELECT document FROM readings WHERE source = ?", (source,)).fetchall()
            self._forget(name for (name,) in found)
            self._db.execute("DELETE FROM wholes WHERE source = ?", (source,))

    def _insert(self, found: Iterable[tuple[Any, ...]]) -> None:
        self._db.executemany('INSERT INTO entries ("table", document, rows, cells) VALUES (?, ?, ?, ?)', found)


def opened(out: str | Path) -> Ledger:
    """The ledger in an output folder, shared, for reading only. Raises UsageError where there is none."""
    path = Path(out) / FILE_NAME
    if not path.exists():
        raise UsageError(f"no {FILE_NAME} in {out}; name a folder that `greffier run` wrote")
    return Ledger(path, shared=True)

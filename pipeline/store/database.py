"""The SQLite file of a ledger: opened for one run at a time, its tables, and transactions with Greffier's errors.

Tried: with `locking_mode = EXCLUSIVE`, the lock is the operating system's, gone with the process that held it, however
it ended, and not inherited by its children; no lock file is left behind and no memory shared through a -shm file.
In WAL mode, what was committed survives `kill -9`; after a power failure the last documents may have to be read again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.errors import StoreError
from pipeline.records import TABLES, Document, columns

#: SQLite's own mark of a file's application: « Grff »; and the version of the tables, which the columns are part of
APPLICATION = 0x47726666
_VERSION = 4
_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "date": "TEXT", "list": "TEXT"}
_TIMEOUT = 3.0  #: seconds to wait for another program that has the file
_MADE = (
    # how each document was read: `source` is its file, `digest` that of the file's bytes
    "CREATE TABLE readings (document TEXT PRIMARY KEY, source TEXT, digest TEXT, fingerprint TEXT, option TEXT, "
    "read_at TEXT)",
    "CREATE INDEX readings_by_source ON readings (source)",
    # the files all documents of which have been read, for good
    "CREATE TABLE wholes (source TEXT PRIMARY KEY, digest TEXT, fingerprint TEXT, option TEXT)",
    "CREATE TABLE texts (document TEXT PRIMARY KEY, text TEXT, body_start INTEGER, sentence_starts TEXT)",
    # where the last run found what it was told to read, absolute or a URL: its arguments, and the file of each name
    "CREATE TABLE inputs (path TEXT)",
    "CREATE TABLE choices (reading TEXT)",
    "CREATE TABLE sources (name TEXT PRIMARY KEY, path TEXT)",
    # what was written to the output folder; empty from the first change of a document until all is written
    "CREATE TABLE written (about TEXT)",
)


def connect(path: Path, *, shared: bool) -> sqlite3.Connection:
    """Open the file at `path`, or make it; not `shared`: to be taken. Raises StoreError where it cannot be opened."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, isolation_level=None, timeout=_TIMEOUT)
        db.execute(f"PRAGMA locking_mode = {'NORMAL' if shared else 'EXCLUSIVE'}")
        return db
    except (OSError, sqlite3.OperationalError) as error:
        raise StoreError(f"{path} cannot be opened: {error}") from error


def connect_frozen(path: Path) -> sqlite3.Connection:
    """Open a file that nobody writes to as long as this is open: no lock is taken, and none is asked for."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)


def settle(db: sqlite3.Connection) -> None:
    """Bring all that was committed into the file itself, for those that open it frozen."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def take(db: sqlite3.Connection, path: Path) -> None:
    """Bring the file into WAL mode and keep it from all others, until `give_back`. Raises StoreError."""
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("BEGIN EXCLUSIVE")
        db.execute("COMMIT")
    except sqlite3.OperationalError as error:
        raise _unusable(path, error) from error


def give_back(db: sqlite3.Connection) -> None:
    """Close the file and leave it as one file, which can also be read from where nothing can be written."""
    with suppress(sqlite3.OperationalError):  # on a full disk, or where nothing was taken: the next run does it
        db.execute("PRAGMA journal_mode = DELETE")
    db.close()


@contextmanager
def transaction(db: sqlite3.Connection, path: Path) -> Iterator[None]:
    """All that is done inside is committed together, or nothing of it; SQLite's errors become StoreErrors."""
    try:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("COMMIT")
    except sqlite3.OperationalError as error:
        raise _unusable(path, error) from error
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def _unusable(path: Path, error: sqlite3.OperationalError) -> StoreError:
    if "locked" in str(error):
        message = "another run or program has it open; wait until it has ended, or give another --out"
        return StoreError(f"{path} is in use: {message}")
    return StoreError(f"{path} cannot be written: {error}; what it held before is intact")


def is_ours(db: sqlite3.Connection, path: Path) -> bool:
    """Whether the file is a ledger, of whatever version; False where it is empty.

    Raises StoreError where it is something else, or damaged.
    """
    try:
        application = db.execute("PRAGMA application_id").fetchone()[0]
        tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.OperationalError as error:
        raise _unusable(path, error) from error
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path} is no ledger of Greffier's, or is damaged ({error}); remove it") from error
    if application != APPLICATION and (application or tables):
        raise StoreError(f"{path} is another program's database; give another output folder")
    return bool(application)


def check_version(db: sqlite3.Connection, path: Path) -> None:
    """Raises StoreError where the ledger has other tables or columns than those of now."""
    try:
        made = db.execute("SELECT tables FROM made_by").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path} is no ledger of Greffier's, or is damaged ({error}); remove it") from error
    if made != _schema():
        raise StoreError(f"{path} was made by another version of Greffier; run with --fresh, or remove it")


def make(db: sqlite3.Connection, path: Path) -> None:
    """Make the tables, in the place of all that are there; whoever is stopped meanwhile leaves those that were."""
    with transaction(db, path):
        old = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in old:
            db.execute(f'DROP TABLE "{name}"')
        for statement in _schema().split(";\n"):
            db.execute(statement)
        db.execute("CREATE TABLE made_by (tables TEXT)")
        db.execute("INSERT INTO made_by VALUES (?)", (_schema(),))
        db.execute(f"PRAGMA application_id = {APPLICATION}")


def _schema() -> str:
    """The statements that make the tables. They are kept in the file: other columns are another version."""
    about = [f"{table}: {', '.join(f'{c.name} {c.type}' for c in columns(kind))}" for table, kind in TABLES.items()]
    listed = ", ".join(f'"{c.name}" {_TYPES[c.type]}' for c in columns(Document))
    return ";\n".join(
        [
            *_MADE,
            f"CREATE TABLE documents ({listed}, PRIMARY KEY (document))",
            # all rows but those of documents, in the form that pipeline/entries.py describes
            f'CREATE TABLE entries (document TEXT, "table" TEXT, rows INTEGER, cells TEXT) /* {"; ".join(about)} */',
            'CREATE INDEX entries_by_document ON entries (document, "table", rows)',
            f"PRAGMA user_version = {_VERSION}",
        ]
    )

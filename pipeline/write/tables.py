"""What the writers take, a ledger or plain lists and how to write them, and files that appear whole."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TextIO

from pipeline.entries import Entry, entries, place
from pipeline.errors import WriteError
from pipeline.spreadsheets import REPLACEMENT

_SURROGATE = re.compile("[\ud800-\udfff]")
#: how a lone surrogate is written: as U+FFFD, the least change that makes a text UTF-8
_SURROGATES = "greffier-surrogates"


def _replaced(error: UnicodeError) -> tuple[bytes, int]:
    """The bytes for the characters that UTF-8 has none for; its encoder takes no text but ASCII from here."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return (REPLACEMENT * (error.end - error.start)).encode(), error.end


codecs.register_error(_SURROGATES, _replaced)


class Tables(Protocol):
    """A store of records: each table's come sorted by document and place, documents with their text."""

    def rows(self, table: str) -> Iterator[Any]:
        """The records of a table."""
        ...

    def entries(self, table: str) -> Iterator[Entry]:
        """The same as entries; a store that has no records may give them without making any."""
        return entries(table, self.rows(table))


class Lists(Tables):
    """Plain lists of records as Tables: {table: records} in any order of documents."""

    def __init__(self, tables: Mapping[str, Iterable[Any]]) -> None:
        self._tables = {name: sorted(records, key=place) for name, records in tables.items()}

    def rows(self, table: str) -> Iterator[Any]:
        """The records of a table, none where it was not given."""
        return iter(self._tables.get(table, ()))


class Style(NamedTuple):
    """How tables are written, where a format leaves it open.

    `dialect` is that of CSV; `headers` the names of the columns, or the French titles that spreadsheets show; `link`
    gives the address of a document's file, seen from the folder of the tables, None where there is none.
    """

    dialect: str = "standard"
    headers: str = "names"
    link: Callable[[str], str | None] = lambda _document: None


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A text file to write that takes the place of `path` when all is written, as `replaced` does it.

    It is UTF-8 with line breaks as given, and U+FFFD for lone surrogates.
    """
    with replaced(path) as new, new.open("w", encoding="utf-8", errors=_SURROGATES, newline="") as handle:
        yield handle


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """Where to write a file that takes the place of `path` when all is written.

    Whoever reads `path` meanwhile sees the old file whole. Raises WriteError where it cannot be written.
    """
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield new
        new.replace(path)
    except OSError as error:
        raise WriteError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        # what is left of a file that could not be written; where even this fails, the error above says why
        with suppress(OSError):
            new.unlink(missing_ok=True)


def whole(text: str) -> str:
    """`text` as it is, but for lone surrogates, which are no characters: U+FFFD for each."""
    return text if text.isascii() else _SURROGATE.sub(REPLACEMENT, text)

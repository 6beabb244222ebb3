"""The rows of tables as JSON, document by document: what the ledger keeps and tables of text are made of.

In an entry, each cell is a line: a line break in a text is two letters in JSON. So entries are taken apart, changed and
put together by the methods of str and list, and a row that nobody changes needs no record on its way to a file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain, groupby, islice
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any, NamedTuple

from pipeline.fields import maker
from pipeline.records import TABLES, Document, columns

_BETWEEN = ",\n"
NULL = "null"  #: the cell of what is empty
_ROWS = 500  #: of an entry of a table that belongs to no document
_CELL = json.JSONEncoder(ensure_ascii=False)
_CELLS = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(_BETWEEN, ": "))
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Entry(NamedTuple):
    """The rows that a document has in a table, by their place; of a table over the corpus, some that follow each other.

    `cells` are those of all rows, row after row, each as JSON: one text, as they are kept, or a list, once somebody has
    looked into them. `document` is empty where rows belong to none.
    """

    document: str
    rows: int
    cells: str | list[str]

    def lines(self) -> list[str]:
        """The cells, each as JSON, which the caller may change."""
        return self.cells.split(_BETWEEN) if isinstance(self.cells, str) else self.cells[:]

    def values(self) -> list[Any]:
        """The cells, a list of them for a list."""
        cells = self.cells if isinstance(self.cells, str) else _BETWEEN.join(self.cells)
        found: list[Any] = json.loads(f"[{cells}]")
        return found


def entries(table: str, records: Iterable[Any]) -> Iterator[Entry]:
    """Records as entries, where there are any; they come sorted by `place`."""
    if belongs_to_document(table):
        for document, own in groupby(records, key=attrgetter("document")):
            yield entry(table, own, document or "")
    else:
        left = iter(records)
        while some := list(islice(left, _ROWS)):
            yield entry(table, some)


def entry(table: str, records: Iterable[Any], document: str = "") -> Entry:
    """Sorted records as one entry."""
    return encoded(table, map(attrgetter(*(column.name for column in columns(TABLES[table]))), records), document)


def encoded(table: str, rows: Iterable[Iterable[Any]], document: str = "") -> Entry:
    """Rows of cells as one entry. Lone surrogates, which are no characters, become U+FFFD, one for one."""
    cells = [*chain.from_iterable(rows)]
    for at in _positions(table, "number"):
        cells[at :: width(table)] = [None if cell is None else float(cell) for cell in cells[at :: width(table)]]
    # an encoder that is given all at once is faster, but puts what is between cells between the parts of a list as well
    has_lists = bool(_positions(table, "list"))
    written = _BETWEEN.join(map(_CELL.encode, cells)) if has_lists else _CELLS.encode(cells)[1:-1]
    return Entry(clean(document), len(cells) // width(table), clean(written))


def records(table: str, found: Entry) -> Iterator[Any]:
    """The rows of an entry as records."""
    values = found.values()
    for at in _positions(table, "list"):
        values[at :: width(table)] = map(tuple, values[at :: width(table)])
    return map(_maker(table), in_rows(values, table))


def labelled(cells: list[str], labels: list[str]) -> str:
    """Cells of rows put together, each behind the label of its column."""
    both = [""] * (2 * len(cells))
    both[::2], both[1::2] = labels * (len(cells) // len(labels)), cells
    return "".join(both)


def picked(table: str, found: Entry, *names: str) -> Iterator[tuple[Any, ...]]:
    """The cells of some columns of an entry, row by row."""
    values = found.values()
    return zip(*(values[position(table, name) :: width(table)] for name in names), strict=True)


def in_rows(cells: Iterable[Any], table: str) -> Iterator[tuple[Any, ...]]:
    """Cells, row after row, as rows."""
    return zip(*[iter(cells)] * width(table), strict=True)


@cache
def width(table: str) -> int:
    """How many columns a table has."""
    return len(columns(TABLES[table]))


@cache
def position(table: str, column: str) -> int:
    """Where a column of a table stands, from 0."""
    return [c.name for c in columns(TABLES[table])].index(column)


def belongs_to_document(table: str) -> bool:
    """Whether each row of a table belongs to a document, as no document and no entity does."""
    return TABLES[table] is not Document and columns(TABLES[table])[0].name == "document"


def place(record: Any) -> tuple[str, int, int, str]:
    """What the rows of a table are sorted by."""
    return (
        getattr(record, "document", None) or "",
        getattr(record, "start_char", None) or 0,
        getattr(record, "end_char", None) or 0,
        getattr(record, "entity_id", None) or "",
    )


def quoted(text: str) -> str:
    """A text as JSON."""
    return encode_basestring(text)


def clean(text: str) -> str:
    """Lone surrogates are no characters and cannot be stored: U+FFFD, one for one, so that offsets hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _LONE_SURROGATE.sub("\ufffd", text)
    return text


@cache
def _maker(table: str) -> Callable[[Iterable[Any]], Any]:
    """What makes a record of the cells of a row."""
    return maker(TABLES[table], [column.name for column in columns(TABLES[table])])


@cache
def _positions(table: str, kind: str) -> tuple[int, ...]:
    """Where the columns of a type stand, from 0."""
    return tuple(at for at, column in enumerate(columns(TABLES[table])) if column.type == kind)

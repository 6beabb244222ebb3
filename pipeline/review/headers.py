"""What stands above the columns of a table: their names, or their titles in English or French."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from pipeline.lexicon import fold
from pipeline.lexicon.titles import french_titles
from pipeline.records import TABLES, columns

_LEAST = 3  #: columns that must be known for a header to be that of a table


@cache
def known(table: str) -> Mapping[str, str]:
    """{folded name or title: column} of a table."""
    titles = {fold(title): name for name, title in french_titles(table).items()}
    titles |= {fold(column.title): column.name for column in columns(TABLES[table])}
    return titles | {column.name: column.name for column in columns(TABLES[table])}


def named(header: Sequence[str], table: str) -> list[str]:
    """The columns that a header names; what is no column of the table stays as it is."""
    if table not in TABLES:
        return list(header)
    return [known(table).get(" ".join(fold(cell).split()), cell) for cell in header]


def table_of(header: Sequence[str], called: str) -> str | None:
    """The table that a header is of, None where it is of none; `called` decides where two are as likely."""
    found = {table: sum(name in column_names(table) for name in {*named(header, table)}) for table in TABLES}
    surplus = {table: len(column_names(table)) - found[table] for table in TABLES}
    best = max(TABLES, key=lambda table: (found[table], -surplus[table], called.startswith(table)))
    return best if found[best] >= _LEAST else None


@cache
def column_names(table: str) -> frozenset[str]:
    """The columns of a table."""
    return frozenset(column.name for column in columns(TABLES[table]))

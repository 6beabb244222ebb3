"""What people see above the columns: their names as in all formats, or French titles; and the column `evidence`."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.errors import UsageError
from pipeline.fields import Column
from pipeline.lexicon.titles import french_titles, sheet_titles
from pipeline.records import TABLES, Provenance, columns
from pipeline.write.evidence import EVIDENCED

HEADERS = ("names", "fr")
#: what spreadsheets and databases have before the columns of Provenance
EVIDENCE = Column("evidence", "Evidence", "the sentence that the row stands in, on one line", "string", "")


class Heading(NamedTuple):
    """A column, and what stands above it."""

    column: Column
    title: str


def check_headers(headers: str) -> None:
    """Raises UsageError where there are no such headers."""
    if headers not in HEADERS:
        raise UsageError(f"no headers {headers!r}; there are: {', '.join(HEADERS)}")


def with_evidence_column(table: str) -> tuple[Column, ...]:
    """The columns of a table with that of the evidence, where it has one."""
    own = columns(TABLES[table])
    if table not in EVIDENCED:
        return own
    before = len(own) - len(columns(Provenance))
    return (*own[:before], EVIDENCE, *own[before:])


def headings(table: str, headers: str) -> list[Heading]:
    """The columns of a table with what stands above them."""
    titles = {**french_titles(table), EVIDENCE.name: sheet_titles()[EVIDENCE.name]} if headers == "fr" else {}
    return [Heading(column, titles.get(column.name, column.name)) for column in with_evidence_column(table)]


def sheet_name(table: str, headers: str, number: int = 1) -> str:
    """The name of a table's sheet, the first one or one more."""
    name = sheet_titles()[table] if headers == "fr" else table
    return name if number == 1 else f"{name} ({number})"

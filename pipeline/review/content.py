"""The cells of a row that say something of the document, which are those that can be corrected."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pipeline.records import TABLES, Provenance, columns
from pipeline.review.rows import column_types

#: what Greffier itself counts, numbers or looks up
_DERIVED = frozenset(("document", "mentions", "role_head", "recogniser", "anchor", "granularity"))
#: what follows from other cells, and may be found otherwise by a later version without the fact being another
_LOOKED_UP = frozenset(("role_category", "country_name", "latitude", "longitude", "timex"))
_PROVENANCE = frozenset(column.name for column in columns(Provenance))
#: what hangs on a cell, and says nothing any more where that cell is another
_DEPENDENT = {
    "person": ("person_id", "mentions"),
    "role": ("role_head", "role_id", "role_category"),
    "organisation": ("organisation_id",),
    "name": ("entity_id", "geonames_id", "latitude", "longitude"),
    "country": ("country_name",),
    "date_start": ("edtf", "value", "granularity", "anchor", "open"),
    "date_end": ("edtf", "value", "granularity", "anchor", "open"),
    "subject": ("subject_id",),
    "object": ("object_id",),
    "label": ("entity_id",),
}
_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_FRENCH_DAY = re.compile(r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4})")
_MONTH, _SHOWN_MONTH = re.compile(r"\d\d(\d\d)-\d\d"), re.compile(r"[^\W\d_]{3,5}\.?-(\d\d)")


@cache
def content(table: str) -> tuple[str, ...]:
    """The columns of a table that can be corrected, in their order."""
    names = (column.name for column in columns(TABLES[table]))
    return tuple(n for n in names if not n.endswith("_id") and n not in _DERIVED and n not in _PROVENANCE)


@cache
def seen(table: str) -> tuple[str, ...]:
    """The columns by which a row is known again as the one that a reviewer saw."""
    return tuple(name for name in content(table) if name not in _LOOKED_UP)


def dependent(table: str, column: str) -> tuple[str, ...]:
    """The columns that hang on a column of a table, other than itself."""
    types = column_types(table)
    return tuple(name for name in _DEPENDENT.get(column, ()) if name in types)


def value_of(table: str, column: str, cell: str) -> Any:
    """What a cell stands for in a record. Raises ValueError, saying what was expected, where it is no such value."""
    type = column_types(table)[column]
    if not cell:
        return () if type == "list" else None
    if type == "list":
        return tuple(part.strip() for part in cell.split(";") if part.strip())
    if type in ("integer", "number"):
        return _number(cell, type)
    if type == "date" and not _DAY.fullmatch(_day(cell)):
        raise ValueError(f"expected a day such as 2025-03-28 or 28/03/2025, got {cell!r}")
    return shown(type, cell)


def shown(type: str, cell: str) -> str:
    """A cell, that of a column of days in the form of ISO 8601, however a spreadsheet shows it."""
    return _day(cell) if type == "date" else cell


def is_same(column: str, written: str, edited: str) -> bool:
    """Whether a cell is still what was written, however a spreadsheet has stored or shown it."""
    if " ".join(written.split()) == " ".join(edited.split()) or written == _day(edited):
        return True
    if _MONTH.fullmatch(written):
        shown = _SHOWN_MONTH.fullmatch(edited)
        return _day(edited) == f"{written}-01" or bool(shown and shown[1] == written[2:4])
    return written.isdigit() and written.lstrip("0") == edited


def _day(cell: str) -> str:
    found = _DAY.fullmatch(cell) or _FRENCH_DAY.fullmatch(cell)
    return f"{found['year']}-{found['month']:0>2}-{found['day']:0>2}" if found else cell


def _number(cell: str, type: str) -> float:
    try:
        found = float(cell.replace(",", "."))
    except ValueError:
        raise ValueError(f"expected a number, got {cell!r}") from None
    if type == "number":
        return found
    if not found.is_integer():
        raise ValueError(f"expected a whole number, got {cell!r}")
    return int(found)

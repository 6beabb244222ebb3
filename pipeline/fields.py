"""The fields of frozen records: what makes one a column, and copies of records that cost no call a field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field, fields
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

Record = TypeVar("Record")


class Column(NamedTuple):
    """One column: `type` is string, integer, number, date (ISO 8601 day) or list (`; ` in CSV, an array in JSON)."""

    name: str
    title: str
    description: str
    type: str
    unit: str


def column(title: str, description: str, type: str = "string", unit: str = "") -> Any:
    """A field that is a column; empty (None, or no part of a list) unless given."""
    about = {"title": title, "description": description, "type": type, "unit": unit}
    return field(default=() if type == "list" else None, metadata=about)


def hidden(default: Any = None) -> Any:
    """A field that is not a column."""
    return field(default=default, repr=False)


def replace(record: Record, **changes: Any) -> Record:
    """The record with other values in some fields, as `dataclasses.replace` gives it, in a quarter of the time.

    For frozen dataclasses with slots. Raises TypeError where there is no such field.
    """
    kind: Any = record.__class__
    read, writers = _slots(kind)
    new: Record = object.__new__(kind)
    for write, value in zip(writers.values(), read(record), strict=True):
        write(new, value)
    for name, value in changes.items():
        if name not in writers:
            raise TypeError(f"{kind.__name__} has no field {name}")
        writers[name](new, value)
    return new


def maker(kind: Any, names: Iterable[str]) -> Callable[[Iterable[Any]], Any]:
    """A function that makes a record of `kind` of the values of the fields `names`; all others have their default."""
    named = tuple(names)
    empty, (_, writers) = kind(**dict.fromkeys(named)), _slots(kind)
    missing = [(write, getattr(empty, name)) for name, write in writers.items() if name not in named]
    given = [writers[name] for name in named]

    def make(values: Iterable[Any]) -> Any:
        new = object.__new__(kind)
        for write, value in zip(given, values, strict=True):
            write(new, value)
        for write, value in missing:
            write(new, value)
        return new

    return make


@cache
def _slots(kind: Any) -> tuple[Callable[[Any], tuple[Any, ...]], dict[str, Callable[[Any, Any], None]]]:
    """What reads all fields of a class with slots, and {field: what writes it}."""
    names = [f.name for f in fields(kind)]
    read = attrgetter(*names) if len(names) > 1 else lambda record: (getattr(record, names[0]),)
    return read, {name: getattr(kind, name).__set__ for name in names}

"""The fields of frozen records: what makes one a column, and copies of records that cost no call a field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, field, fields
from functools import cache, partial
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


def swift(kind: Any) -> Any:
    """The class with another `__init__` that does the same in a third of the time.

    For frozen dataclasses with slots whose fields have no factories.
    """
    own = fields(kind)
    known: dict[str, Any] = {f"_else_{f.name}": f.default for f in own}
    known |= {"_become": object.__dict__["__class__"].__set__, "_open": _unfrozen(kind), "_own": kind}
    given = {f.name: f.name if f.default is MISSING else f"{f.name}=_else_{f.name}" for f in own}
    placed, named = ([given[f.name] for f in own if f.kw_only is only] for only in (False, True))
    head = f"def __init__({', '.join(['self', *placed, *['*'][: len(named)], *named])}):"
    sets = [f"self.{f.name} = {f.name}" for f in own]
    exec("\n    ".join([head, "_become(self, _open)", *sets, "self.__class__ = _own"]), known)
    kind.__init__ = known["__init__"]
    return kind


def replace(record: Record, **changes: Any) -> Record:
    """The record with other values in some fields, as `dataclasses.replace` gives it, in an eighth of the time.

    For frozen dataclasses with slots. Raises TypeError where there is no such field.
    """
    kind: Any = record.__class__
    changed: Record = copier(kind, *changes)(record, *changes.values())
    return changed


@cache
def copier(kind: type[Record], *names: str) -> Callable[..., Record]:
    """A function of a record of `kind` and its values in the fields `names`, that gives the copy with these values."""
    own = [f.name for f in fields(kind)]  # type: ignore[arg-type]
    if unknown := set(names).difference(own):
        raise TypeError(f"{kind.__name__} has no field {', '.join(sorted(unknown))}")
    values = {name: name if name in names else f"_old.{name}" for name in own}
    return _made(kind, f"def _made({', '.join(['_old', *names])}):", values)


def maker(kind: Any, names: Iterable[str]) -> Callable[[Iterable[Any]], Any]:
    """A function that makes a record of `kind` of the values of the fields `names`; all others have their default."""
    named = tuple(names)
    values = {f.name: f.name if f.name in named else f"_empty.{f.name}" for f in fields(kind)}
    head = f"def _made(_values):\n    {', '.join(named)}, = _values"
    return _made(kind, head, values, _empty=kind(**dict.fromkeys(named)))


def _made(kind: Any, head: str, values: Mapping[str, str], **known: Any) -> Callable[..., Any]:
    """The function with this `head` that gives a record with these `values`, {field: expression}."""
    known |= {"_blank": partial(object.__new__, _unfrozen(kind)), "_kind": kind}
    sets = [f"_new.{name} = {value}" for name, value in values.items()]
    exec("\n    ".join([head, "_new = _blank()", *sets, "_new.__class__ = _kind", "return _new"]), known)
    made: Callable[..., Any] = known["_made"]
    return made


@cache
def _unfrozen(kind: type) -> Any:
    """The class that a record is of while it is made: its fields can be set, which takes a third of the time."""
    plain = {name: getattr(object, name) for name in ("__setattr__", "__delattr__")}
    return type(kind.__name__, (kind,), {"__slots__": (), **plain})

"""A resolved period as EDTF (level 1), as TIMEX3 value, as the row of its expression."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from pipeline.fields import maker
from pipeline.normalise.dates.atoms import Atom
from pipeline.normalise.dates.context import Resolved
from pipeline.normalise.dates.periods import Period, containing, month
from pipeline.normalise.dates.specs import Open, Unplaced
from pipeline.records import DateMention

_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}
_EDTF_SEASONS = {3: 21, 6: 22, 9: 23, 12: 24}
_DAYS = 4_000  #: so many days are remembered as they are written
_SEASON = 100  #: more days than a season has, fewer than two have
_ROW: Callable[[Iterable[Any]], DateMention] = maker(
    DateMention,
    (
        *("text", "start_char", "end_char", "rule", "timex", "date_start", "date_end", "open"),
        *("edtf", "value", "granularity", "anchor"),
    ),
)


class Ends(NamedTuple):
    """Where a period begins and ends: ISO 8601 days, and both as coarse as whole months or years allow."""

    start: str
    end: str
    first: str
    last: str


def ends(period: Period) -> Ends:
    """The ends of a period as they are written."""
    start, end = period.start, period.end
    first = start.isoformat()
    if start == end:
        return Ends(first, first, first, first)
    last = end.isoformat()
    if start.day != 1 or end != month(end.year, end.month).end:
        return Ends(first, last, first, last)
    length = len("2025") if start.month == 1 and end.month == 12 else len("2025-03")
    return Ends(first, last, first[:length], last[:length])


def edtf(period: Period, written: Ends) -> str:
    """EDTF of a closed period: one date where EDTF has one for it, else an interval of the precision of its days."""
    start = period.start
    if period.unit == "season" and _one(period):
        return f"{start.year:04}-{_EDTF_SEASONS[start.month]}"
    if period.unit == "decade" and _one(period):
        return f"{written.start[:3]}X"
    return written.first if written.first == written.last else f"{written.first}/{written.last}"


def _one(period: Period) -> bool:
    """Whether a period is one of its unit: one from a season or year to another has that unit, but is none."""
    if period.unit != "season":
        return period == containing(period.unit, period.start)
    return period.start.month in _SEASONS and (period.end - period.start).days < _SEASON


def timex_value(period: Period, written: Ends, day_part: str) -> str:
    """TIMEX3 value of a closed period; an interval of two values where it is no unit of the calendar."""
    if period.start == period.end:
        return f"{written.start}T{day_part}" if day_part else written.start
    write = _TIMEX.get(period.unit)
    return write(period.start) if write is not None and _one(period) else edtf(period, written)


def _week(start: date) -> str:
    iso = start.isocalendar()
    return f"{iso.year:04}-W{iso.week:02}"


_TIMEX: dict[str, Callable[[date], str]] = {
    "week": _week,
    "weekend": lambda start: f"{_week(start)}-WE",
    "quarter": lambda start: f"{start.year:04}-Q{(start.month + 2) // 3}",
    "semester": lambda start: f"{start.year:04}-H{(start.month + 5) // 6}",
    "season": lambda start: f"{start.year:04}-{_SEASONS[start.month]}",
    "decade": lambda start: start.isoformat()[:3],
    "century": lambda start: f"{start.year // 100:02}",
}


def mention(text: str, atom: Atom, found: Resolved | None) -> DateMention:
    """The row of an expression; without days where `found` is None."""
    said = (text[atom.start : atom.end], atom.start, atom.end, atom.rule)
    spec = atom.spec
    if isinstance(spec, Unplaced):
        return _ROW((*said, spec.timex, None, None, None, spec.edtf, spec.value, spec.granularity or None, None))
    timex = "TIME" if atom.day_part else "DATE"
    if found is None:
        return _ROW((*said, timex, None, None, spec.side if isinstance(spec, Open) else None, None, None, None, None))
    return _ROW((*said, timex, *_days(found, atom.day_part)))


@lru_cache(_DAYS)
def _days(found: Resolved, day_part: str) -> tuple[str | None, ...]:
    """The days of a row as they are written, from its `date_start` to its `anchor`."""
    written = ends(found.period)
    return (
        None if found.open == "start" else written.start,
        None if found.open == "end" else written.end,
        found.open,
        _sided(found, written),
        timex_value(found.period, written, day_part),
        found.period.unit,
        found.anchor,
    )


def _sided(found: Resolved, written: Ends) -> str:
    if found.open == "start":
        return f"../{written.last}"
    return f"{written.first}/.." if found.open == "end" else edtf(found.period, written)

"""A resolved period as EDTF (level 1), as TIMEX3 value, as the row of its expression."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from pipeline.fields import maker
from pipeline.normalise.dates.atoms import Atom
from pipeline.normalise.dates.context import Resolved
from pipeline.normalise.dates.periods import Period, containing, month
from pipeline.normalise.dates.specs import Open, Unplaced
from pipeline.records import DateMention

_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}
_EDTF_SEASONS = {3: 21, 6: 22, 9: 23, 12: 24}
_SEASON = 100  #: more days than a season has, fewer than two have
_ROW: Callable[[Iterable[Any]], DateMention] = maker(
    DateMention,
    (
        *("text", "start_char", "end_char", "rule", "timex", "date_start", "date_end", "open"),
        *("edtf", "value", "granularity", "anchor"),
    ),
)


def edtf(period: Period) -> str:
    """EDTF of a closed period: one date where EDTF has one for it, else an interval of the precision of its days."""
    start, end = period.start, period.end
    if period.unit == "day" and start == end:
        return start.isoformat()
    if period.unit == "season" and _one(period):
        return f"{start.year:04}-{_EDTF_SEASONS[start.month]}"
    if period.unit == "decade" and _one(period):
        return f"{start.isoformat()[:3]}X"
    first, last = edge(start, end, first=True), edge(start, end, first=False)
    return first if first == last else f"{first}/{last}"


def _one(period: Period) -> bool:
    """Whether a period is one of its unit: one from a season or year to another has that unit, but is none."""
    if period.unit != "season":
        return period == containing(period.unit, period.start)
    return period.start.month in _SEASONS and (period.end - period.start).days < _SEASON


def edge(start: date, end: date, *, first: bool) -> str:
    """The first or the last day of a period, as coarse as whole months or years allow."""
    at = (start if first else end).isoformat()
    whole = start.day == 1 and start != end and end == month(end.year, end.month).end
    if not whole:
        return at
    return at[:4] if start.month == 1 and end.month == 12 else at[:7]


def timex_value(period: Period, day_part: str) -> str:
    """TIMEX3 value of a closed period; an interval of two values where it is no unit of the calendar."""
    start, unit = period.start, period.unit
    if start == period.end:
        return start.isoformat() + (f"T{day_part}" if day_part else "")
    write = _TIMEX.get(unit)
    return write(start) if write is not None and _one(period) else edtf(period)


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
    period, side = found.period, found.open
    first = last = period.start.isoformat()
    if period.start != period.end:
        last = period.end.isoformat()
    start, end = (None if side == "start" else first), (None if side == "end" else last)
    value = timex_value(period, atom.day_part)
    return _ROW((*said, timex, start, end, side, _sided(found), value, period.unit, found.anchor))


def _sided(found: Resolved) -> str:
    period = found.period
    if found.open == "start":
        return f"../{edge(period.start, period.end, first=False)}"
    return f"{edge(period.start, period.end, first=True)}/.." if found.open == "end" else edtf(period)

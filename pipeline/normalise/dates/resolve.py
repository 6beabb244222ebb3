"""Specification -> days: against the reference, the date told before and the tense of the clause."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from pipeline.normalise.dates import periods
from pipeline.normalise.dates.calendar_dates import SOON, calendar_date, in_year
from pipeline.normalise.dates.context import Context, Resolved
from pipeline.normalise.dates.periods import Period
from pipeline.normalise.dates.pieces import part
from pipeline.normalise.dates.reference import resolves, written
from pipeline.normalise.dates.specs import (
    TOLD,
    Between,
    Calendar,
    Distance,
    Fixed,
    Open,
    Part,
    Shift,
    Spec,
    Stretch,
    Unplaced,
    Within,
    calendar,
)

_DAY = timedelta(1)
#: parts of a year whose figures are published after it; one that begins later than in so many days is the last one's
_REPORTED, _HALF_YEAR = {"quarter", "semester"}, 183
#: up to this day of the week, Wednesday, a weekend may be the one before
_EARLY = 3


def resolve(spec: Spec, context: Context) -> Resolved | None:
    """The days of a specification, or None where the context does not say them or no such days exist."""
    try:
        return _resolve(spec, context)
    except (ValueError, OverflowError):
        return None


def _resolve(spec: Spec, context: Context) -> Resolved | None:
    return _RESOLVERS[type(spec)](spec, context)


def _fixed(spec: Fixed, context: Context) -> Resolved:
    return Resolved(Period(spec.start, spec.end, spec.unit))


def _anchored(anchor: str, unit: str, context: Context) -> Period | None:
    told = context.told_day or context.told if unit == "day" else context.told
    period = (told or context.reference) if anchor == TOLD else context.reference
    return period if period is not None and resolves(period, unit) else None


def _shift(spec: Shift, context: Context) -> Resolved | None:
    if spec.of is not None:
        inner = _resolve(spec.of, context)
        if inner is None:
            return None
        at = inner.period.end if spec.by > 0 else inner.period.start
        return Resolved(periods.shift(spec.unit, spec.by, at), inner.anchor)
    anchor = _anchored(spec.anchor, spec.unit, context)
    if anchor is None:
        return None
    at = anchor.end if spec.by > 0 and spec.unit == "day" else anchor.start
    by = _weekends_on(spec.by, at, context.tense) if spec.unit == "weekend" else spec.by
    return Resolved(periods.shift(spec.unit, by, at), written(anchor))


def _weekends_on(by: int, at: date, tense: str | None) -> int:
    """« ce week-end » told of the past early in a week is the one before; « le week-end prochain » then is the next."""
    early = at.isoweekday() <= _EARLY
    return by - 1 if early and (by > 0 or (by == 0 and tense == "PAST")) else by


def _distance(spec: Distance, context: Context) -> Resolved | None:
    inner = _resolve(spec.of, context) if spec.of is not None else None
    anchor = inner.period if inner else _anchored(spec.anchor, spec.grain, context)
    if anchor is None:
        return None
    at = periods.move(anchor.start, spec.number, spec.unit)
    return Resolved(periods.containing(spec.grain, at), written(anchor))


def _stretch(spec: Stretch, context: Context) -> Resolved | None:
    anchor = _anchored("", "day", context)
    if anchor is None:
        return None
    far = periods.move(anchor.start, spec.number, spec.unit)
    first, last = (far, anchor.start) if spec.number < 0 else (anchor.start + _DAY, far)
    return Resolved(Period(first, last, spec.unit), written(anchor))


def _part(spec: Part, context: Context) -> Resolved | None:
    inner = _resolve(spec.of, context) if spec.of is not None else _own_year(spec, context)
    if inner is None:
        return None
    if spec.kind.startswith("run-"):
        return inner._replace(period=_run(spec.kind.removeprefix("run-"), spec.number, inner.period))
    return inner._replace(period=part(spec.kind, spec.number, inner.period))


def _own_year(spec: Part, context: Context) -> Resolved | None:
    """The year of a part whose whole is not said: the reference's, or one near it as the words or the tense say."""
    reference = context.reference
    if reference is None:
        return None
    by = _years_on(spec, context.tense, reference)
    return Resolved(periods.shift("year", by, reference.start), written(reference))


def _years_on(spec: Part, tense: str | None, reference: Period) -> int:
    """How many years from the reference's the year of a part is: of one that goes on, the last or the next."""

    def own(by: int) -> Period:
        return part(spec.kind, spec.number, periods.shift("year", by, reference.start))

    def side(by: int) -> int:
        return int(own(by).start > reference.end) - int(own(by).end < reference.start)

    if spec.shift:
        return next(by for by in (0, spec.shift, 2 * spec.shift) if side(by) == spec.shift)
    if side(-1) == 0:
        return -1
    if tense is None and spec.kind in _REPORTED:
        return -1 if (own(0).start - reference.end).days > _HALF_YEAR else 0
    return -1 if tense == "PAST" and side(0) > 0 else int(tense == "FUTURE" and side(0) < 0)


def _unplaced(spec: Unplaced, context: Context) -> None:
    return None


def _run(unit: str, number: int, of: Period) -> Period:
    first, last = part(unit, 1, of), part(unit, -1, of)
    if number > 0:
        return Period(first.start, periods.shift(unit, number - 1, first.start).end, unit)
    return Period(periods.shift(unit, number + 1, last.start).start, last.end, unit)


def _within(spec: Within, context: Context) -> Resolved | None:
    inner = _resolve(spec.of, context)
    if inner is None:
        return None
    at, date_ = inner.period.start, spec.date
    if date_.weekday is not None and date_.day is None:
        return inner._replace(period=part(f"weekday-{date_.weekday}", 1, inner.period))
    if date_.month is None:
        return inner._replace(period=periods.day(at.replace(day=date_.day or 1)))
    return inner._replace(period=in_year(date_, at.year))


def _between(spec: Between, context: Context) -> Resolved | None:
    found = _from_to(spec, context)
    if context.tense == "FUTURE" and (under_way := _from_to(spec, context._replace(tense=None))) is not None:
        return under_way if _goes_on(under_way.period, context) else found
    if found is not None and context.tense == "PAST" and _ahead(spec, found, context):
        return _from_to(spec, context._replace(year=found.period.start.year - 1))
    return found


def _goes_on(period: Period, context: Context) -> bool:
    return context.reference is not None and period.start <= context.reference.end <= period.end


def _from_to(spec: Between, context: Context) -> Resolved | None:
    first = _resolve(spec.first, context)
    if first is None:
        return None
    last = _resolve(spec.last, context._replace(floor=first.period.start, told_here=first.period))
    if last is None or last.period.end < first.period.start:
        return None
    finer = first.period.unit if resolves(first.period, last.period.unit) else last.period.unit
    return Resolved(Period(first.period.start, last.period.end, finer), first.anchor or last.anchor)


def _ahead(spec: Between, found: Resolved, context: Context) -> bool:
    """Whether months without a year, of which the past is told, go on long behind the reference."""
    ends = [calendar(end) for end in (spec.first, spec.last)]
    if context.reference is None or any(end is None or end.year or not end.month or end.shift for end in ends):
        return False
    return (found.period.end - context.reference.end).days > SOON


def _open(spec: Open, context: Context) -> Resolved | None:
    inner = _resolve(spec.of, context)
    if inner is None:
        return None
    period = inner.period
    if not spec.inside and spec.side == "end":
        period = Period(period.end + _DAY, period.end + _DAY, "day")
    elif not spec.inside:
        period = Period(period.start - _DAY, period.start - _DAY, "day")
    return Resolved(period, inner.anchor, spec.side)


_RESOLVERS: dict[type, Callable[[Any, Context], Resolved | None]] = {
    Calendar: calendar_date,
    Shift: _shift,
    Distance: _distance,
    Stretch: _stretch,
    Part: _part,
    Within: _within,
    Fixed: _fixed,
    Unplaced: _unplaced,
    Between: _between,
    Open: _open,
}

"""Days, months, years and weekdays: the reference, the tense and the date told before say what the words leave out."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.normalise.dates import periods
from pipeline.normalise.dates.context import Context, Resolved
from pipeline.normalise.dates.periods import Period
from pipeline.normalise.dates.reference import resolves, written
from pipeline.normalise.dates.specs import Calendar

_DAY = timedelta(1)
#: a month that lies further off than this, in days, is more likely that of the year before or behind
_FAR = 270
#: a day so near is not that of another year, whatever the tense: « affiché le 11 juin », published on the 10th;
#: « devait avoir lieu le 25 février », published on the 29th
SOON = 60


def calendar_date(spec: Calendar, context: Context) -> Resolved | None:
    """The days of a calendar date; None where the context does not say the month or year. Raises as `periods` does."""
    if spec.year is not None:
        return Resolved(in_year(spec, spec.year))
    return _in_context(spec, _from_told(spec, context) if spec.told else context)


def _in_context(spec: Calendar, context: Context) -> Resolved | None:
    if spec.month is not None:
        return _without_year(spec, context)
    if spec.day is not None:
        return _day_of_month(spec, context)
    return _weekday(spec, context)


def in_year(spec: Calendar, year: int) -> Period:
    """The day or month of a calendar date in a year, or the whole year."""
    if spec.month is None:
        return periods.containing("year", date(year, 1, 1))
    return periods.day(date(year, spec.month, spec.day)) if spec.day else periods.month(year, spec.month)


def _without_year(spec: Calendar, context: Context) -> Resolved | None:
    if spec.weekday is not None and (year := _year_of_weekday(spec, context)) is not None:
        return Resolved(in_year(spec, year), context.anchor)
    if context.floor is not None:
        return Resolved(_next(spec, context.floor), context.anchor)
    if context.since is not None and not spec.shift:
        return Resolved(_next(spec, context.since.start), written(context.since))
    if context.year is not None and not spec.shift and not (context.tense == "FUTURE" and _recent(context)):
        return Resolved(in_year(spec, context.year), str(context.year))
    if context.reference is None or (spec.shift and context.reference.unit == "year"):
        return None
    year = context.reference.start.year + _years_on(spec, context.reference, context.tense)
    return Resolved(in_year(spec, year), written(context.reference))


def _next(spec: Calendar, floor: date) -> Period:
    """The first such month or day that does not end before `floor`."""
    found = in_year(spec, floor.year)
    return found if found.end >= floor else in_year(spec, floor.year + 1)


def _from_told(spec: Calendar, context: Context) -> Context:
    """« le 14 janvier suivant »: counted from the date told before as « prochain » is from the reference."""
    anchor = context.told_day if spec.month is None else context.told
    return Context(reference=anchor or context.reference, told=anchor)


def _year_of_weekday(spec: Calendar, context: Context) -> int | None:
    """The year near the context's in which a day of a month is the weekday that is said, or None."""
    near = context.floor.year if context.floor else context.year
    if near is None and context.reference is not None:
        near = context.reference.start.year
    if near is None or spec.day is None or (spec.month, spec.day) == (2, 29):
        return None
    for years in (0, 1) if context.floor else (0, -1, 1):
        if in_year(spec, near + years).start.isoweekday() == spec.weekday:
            return near + years
    return None


def _recent(context: Context) -> bool:
    """Whether the narrative is in the year of the reference or the one before, so that a future may lie behind it."""
    return context.reference is not None and (context.year or 0) >= context.reference.start.year - 1


def _years_on(spec: Calendar, reference: Period, tense: str | None) -> int:
    """-1, 0 or 1: which year a month or day without year belongs to, counted from the reference's."""
    here = (
        in_year(spec, reference.start.year)
        if (spec.month, spec.day) != (2, 29)
        else periods.month(reference.start.year, 2)
    )
    if spec.shift < 0:
        return -1 if here.end >= reference.start else 0
    if spec.shift > 0:
        return 1 if here.start <= reference.end else 0
    ahead, behind = (here.start - reference.end).days, (reference.start - here.end).days
    if ahead > 0 and ((tense == "PAST" and (ahead > SOON or not spec.day)) or (tense is None and ahead > _FAR)):
        return -1
    coming = tense == "FUTURE" and (behind > SOON or not spec.day)
    return int(behind > 0 and (coming or (tense is None and behind > _FAR)))


def _day_of_month(spec: Calendar, context: Context) -> Resolved | None:
    anchor = _month_told(spec, context) or context.told_month or context.reference or context.told
    if spec.weekday is not None and context.reference:
        return _weekday_number(spec, context.reference)
    if anchor is None or not resolves(anchor, "month") or spec.day is None:
        return None
    if context.floor is not None and context.floor.day > spec.day:
        return Resolved(
            periods.day(periods.add_months(context.floor.replace(day=1), 1).replace(day=spec.day)), written(anchor)
        )
    return Resolved(periods.day((context.floor or anchor.start).replace(day=spec.day)), written(anchor))


def _month_told(spec: Calendar, context: Context) -> Period | None:
    """The month told before in the sentence; « ouvert le 28 mai, fermé le 4 », published on 9 June, is that of June."""
    told, reference = context.told_here, context.reference
    if told is None or reference is None or reference.unit != "day" or not resolves(told, "day"):
        return told
    turned = periods.add_months(told.start.replace(day=1), 1) == reference.start.replace(day=1)
    return reference if turned and (spec.day or 0) < min(told.start.day, reference.start.day + 1) else told


def _weekday_number(spec: Calendar, reference: Period) -> Resolved | None:
    """« jeudi 15 »: the month next to the reference in which the 15th is a Thursday."""
    if not resolves(reference, "month"):
        return None
    for months in (0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6):
        first = periods.add_months(reference.start.replace(day=1), months)
        at = first + timedelta((spec.day or 1) - 1)
        if at.month == first.month and at.isoweekday() == spec.weekday:
            return Resolved(periods.day(at), written(reference))
    return None


def _weekday(spec: Calendar, context: Context) -> Resolved | None:
    weekday = spec.weekday or 1
    if context.floor is not None:
        return Resolved(periods.day(_on_or_after(context.floor, weekday)), context.anchor)
    if context.reference is None or context.reference.unit != "day":
        return None
    at = context.reference.start
    if spec.weeks:
        found = _on_or_after(at, weekday) + timedelta(7 * spec.weeks)
    elif spec.shift:
        found = _shifted(at, weekday, spec.shift)
        if not (spec.told and context.told):
            found = _not_beside(found, at, spec.shift)
    else:
        found = _on_or_after(at, weekday) if context.tense == "FUTURE" else _on_or_before(at, weekday)
    return Resolved(periods.day(found), written(context.reference))


def _shifted(at: date, weekday: int, by: int) -> date:
    return _on_or_after(at + _DAY, weekday) if by > 0 else _on_or_before(at - _DAY, weekday)


def _not_beside(found: date, at: date, by: int) -> date:
    """A Thursday's « vendredi prochain » is not tomorrow, nor its « mercredi dernier » yesterday.

    Across a Sunday they may be: on a Sunday, « lundi prochain » is the next day.
    """
    is_beside = abs(found - at) == _DAY and found.isocalendar().week == at.isocalendar().week
    return found + by * timedelta(7) if is_beside else found


def _on_or_after(at: date, weekday: int) -> date:
    return at + timedelta((weekday - at.isoweekday()) % 7)


def _on_or_before(at: date, weekday: int) -> date:
    return at - timedelta((at.isoweekday() - weekday) % 7)

"""Parts of periods: the n-th unit, thirds and halves, seasons, feasts. Functions raise as those of periods.py do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from pipeline.lexicon import rows
from pipeline.normalise.dates.feasts import feast
from pipeline.normalise.dates.periods import Period, add_months, day, month, shift

#: (first, last) month of the three thirds of a year; days of a month's
_THIRDS_OF_YEAR = ((1, 4), (5, 8), (9, 12))
_THIRDS_OF_MONTH = ((1, 10), (11, 20), (21, 31))
_THIRDS_OF_WEEK = ((0, 1), (2, 3), (4, 6))
_MIDDLE = 14  #: days before the second half of a month


def part(kind: str, number: int, of: Period) -> Period:
    """The `number`-th `kind` of a period, counted from its end where `number` is negative.

    Kinds: third (début, milieu, fin; 0 is the whole), season (EDTF code), weekday-1 … weekday-7, fraction-2 (halves),
    holiday-… (a value of words/holidays.csv), fortnight, and the units of the calendar.
    """
    name, _, value = kind.partition("-")
    found = _PARTS.get(name)
    return found(value, number, of) if found else _nth_unit(kind, number, of)


def _fortnight(value: str, number: int, of: Period) -> Period:
    middle = of.start + timedelta(_MIDDLE)
    return Period(of.start, middle, "fortnight") if number == 1 else Period(middle + timedelta(1), of.end, "fortnight")


def _nth_unit(kind: str, number: int, of: Period) -> Period:
    if kind == "week":  # as ISO 8601: the week of a year or month is where its Thursday lies
        first, last = of.start + timedelta(3 - of.start.weekday()), of.end - timedelta((of.end.weekday() - 3) % 7)
        first += timedelta(7) if first < of.start else timedelta(0)
        found = shift(kind, number - 1, first) if number > 0 else shift(kind, number + 1, last)
    else:
        found = shift(kind, number - 1, of.start) if number > 0 else shift(kind, number + 1, of.end)
    if found.end < of.start or found.start > of.end:
        raise ValueError(f"no {kind} {number} in {of}")
    return found


def _weekday(value: str, number: int, of: Period) -> Period:
    weekday = int(value)
    if number > 0:
        found = of.start + timedelta((weekday - of.start.isoweekday()) % 7 + 7 * (number - 1))
    else:
        found = of.end - timedelta((of.end.isoweekday() - weekday) % 7 - 7 * (number + 1))
    if not of.start <= found <= of.end:
        raise ValueError(f"no weekday {weekday} {number} in {of}")
    return day(found)


def _third(value: str, number: int, of: Period) -> Period:
    if number == 0:
        return of
    if of.unit == "year":
        first, last = _THIRDS_OF_YEAR[number - 1]
        return Period(date(of.start.year, first, 1), month(of.start.year, last).end, "month")
    if of.unit == "month":
        first, last = _THIRDS_OF_MONTH[number - 1]
        return Period(of.start.replace(day=first), of.end.replace(day=min(last, of.end.day)), "day")
    if of.unit == "week":
        first, last = _THIRDS_OF_WEEK[number - 1]
        return Period(of.start + timedelta(first), of.start + timedelta(last), "day")
    return cut(of, 3, number)


def cut(of: Period, pieces: int, number: int) -> Period:
    """The `number`-th of so many pieces of a period, counted from its end where negative; whole years or months."""
    index = number - 1 if number > 0 else pieces + number
    months = (of.end.year - of.start.year) * 12 + of.end.month - of.start.month + 1
    if of.start.day == 1 and months % pieces == 0:
        edges = [add_months(of.start, months // pieces * n) for n in (index, index + 1)]
    else:
        edges = [of.start + ((of.end - of.start + timedelta(1)) * n) // pieces for n in (index, index + 1)]
    unit = "year" if months % (12 * pieces) == 0 else "month" if months > pieces - 1 else "day"
    return Period(edges[0], edges[1] - timedelta(1), unit)


@cache
def _seasons() -> dict[int, tuple[str, str]]:
    return {int(entry["value"]): (entry["starts"], entry["ends"]) for entry in rows("seasons")}


def _season(value: str, number: int, of: Period) -> Period:
    starts, ends = _seasons()[number]
    year = of.start.year
    start = date.fromisoformat(f"{year:04}-{starts}")
    return Period(start, date.fromisoformat(f"{year + (ends < starts):04}-{ends}"), "season")


def _fraction(value: str, number: int, of: Period) -> Period:
    return cut(of, int(value), number)


def _holiday(value: str, number: int, of: Period) -> Period:
    return day(feast(value, of.start.year))


_PARTS: dict[str, Callable[[str, int, Period], Period]] = {
    "third": _third,
    "season": _season,
    "weekday": _weekday,
    "fraction": _fraction,
    "holiday": _holiday,
    "fortnight": _fortnight,
}

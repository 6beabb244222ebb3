"""Periods of the calendar and how to get from one to another. All arithmetic on days is here.

Functions raise ValueError or OverflowError where a day does not exist or lies outside the years 1 to 9999.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from pipeline.lexicon import rows
from pipeline.normalise.dates.feasts import feast

#: units that are so many months long, aligned on the year
_MONTHS = {"month": 1, "quarter": 3, "semester": 6, "year": 12}
_YEARS = {"decade": 10, "century": 100}
#: (first, last) month of the three thirds of a year; days of a month's
_THIRDS_OF_YEAR = ((1, 4), (5, 8), (9, 12))
_THIRDS_OF_MONTH = ((1, 10), (11, 20), (21, 31))
_THIRDS_OF_WEEK = ((0, 1), (2, 3), (4, 6))


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both inside, and the unit that the words are precise to."""

    start: date
    end: date
    unit: str


def day(at: date) -> Period:
    """One day."""
    return Period(at, at, "day")


def month(year: int, number: int) -> Period:
    """A month of a year."""
    return Period(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]), "month")


def add_months(at: date, months: int) -> date:
    """The same day so many months on, or the month's last day where it is shorter."""
    year, index = divmod(at.year * 12 + at.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"year {year}")
    return date(year, index + 1, min(at.day, calendar.monthrange(year, index + 1)[1]))


def containing(unit: str, at: date) -> Period:
    """The unit of the calendar that holds a day; weeks begin on Monday, centuries with the year 1."""
    if unit in _MONTHS:
        length = _MONTHS[unit]
        first = (at.month - 1) // length * length + 1
        return Period(date(at.year, first, 1), month(at.year, first + length - 1).end, unit)
    if unit in _YEARS:
        offset = 1 if unit == "century" else 0
        start = (at.year - offset) // _YEARS[unit] * _YEARS[unit] + offset
        return Period(date(start, 1, 1), date(start + _YEARS[unit] - 1, 12, 31), unit)
    if unit == "fortnight":
        return part("fortnight", 1 if at.day <= 15 else 2, containing("month", at))
    monday = at - timedelta(at.weekday())
    if unit == "week":
        return Period(monday, monday + timedelta(6), unit)
    return Period(monday + timedelta(5), monday + timedelta(6), unit) if unit == "weekend" else day(at)


def move(at: date, number: int, unit: str) -> date:
    """The day so many units from a day."""
    if unit in _MONTHS:
        return add_months(at, number * _MONTHS[unit])
    if unit in _YEARS:
        return add_months(at, number * 12 * _YEARS[unit])
    return at + timedelta(number * {"day": 1, "week": 7, "weekend": 7, "fortnight": 15}[unit])


def shift(unit: str, number: int, at: date) -> Period:
    """The unit so many units from the one that holds `at`."""
    return containing(unit, move(containing(unit, at).start, number, unit))


def part(kind: str, number: int, of: Period) -> Period:
    """The `number`-th `kind` of a period, counted from its end where `number` is negative.

    Kinds: third (début, milieu, fin; 0 is the whole), season (EDTF code), weekday-1 … weekday-7, fraction-2 (halves),
    holiday-… (a value of words/holidays.csv), and the units.
    """
    if kind == "third":
        return _third(number, of)
    if kind.startswith("fraction-"):
        return cut(of, int(kind.removeprefix("fraction-")), number)
    if kind.startswith("holiday-"):
        return day(feast(kind.removeprefix("holiday-"), of.start.year))
    if kind == "season":
        return _season(number, of.start.year)
    if kind.startswith("weekday-"):
        return _weekday(int(kind[-1]), number, of)
    if kind == "fortnight":
        middle = of.start + timedelta(14)
        return Period(of.start, middle, kind) if number == 1 else Period(middle + timedelta(1), of.end, kind)
    return _nth_unit(kind, number, of)


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


def _weekday(weekday: int, number: int, of: Period) -> Period:
    if number > 0:
        found = of.start + timedelta((weekday - of.start.isoweekday()) % 7 + 7 * (number - 1))
    else:
        found = of.end - timedelta((of.end.isoweekday() - weekday) % 7 - 7 * (number + 1))
    if not of.start <= found <= of.end:
        raise ValueError(f"no weekday {weekday} {number} in {of}")
    return day(found)


def _third(number: int, of: Period) -> Period:
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


def _season(code: int, year: int) -> Period:
    starts, ends = _seasons()[code]
    start = date.fromisoformat(f"{year:04}-{starts}")
    return Period(start, date.fromisoformat(f"{year + (ends < starts):04}-{ends}"), "season")

"""Periods of the calendar and how to get from one to another. All arithmetic on days is here.

Functions raise ValueError or OverflowError where a day does not exist or lies outside the years 1 to 9999.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

#: units that are so many months long, aligned on the year
_MONTHS = {"month": 1, "quarter": 3, "semester": 6, "year": 12}
_YEARS = {"decade": 10, "century": 100}


class Period(NamedTuple):
    """Days from `start` to `end`, both inside, and the unit that the words are precise to."""

    start: date
    end: date
    unit: str


def day(at: date) -> Period:
    """One day."""
    return Period(at, at, "day")


@lru_cache(4096)
def month(year: int, number: int) -> Period:
    """A month of a year."""
    return Period(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]), "month")


def add_months(at: date, months: int) -> date:
    """The same day so many months on, or the month's last day where it is shorter."""
    year, index = divmod(at.year * 12 + at.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"year {year}")
    return date(year, index + 1, min(at.day, calendar.monthrange(year, index + 1)[1]))


@lru_cache(4096)
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
        whole = month(at.year, at.month)
        middle = at.replace(day=15)
        return Period(whole.start, middle, unit) if at <= middle else Period(middle + timedelta(1), whole.end, unit)
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

"""The days of feasts in a year, by the values of words/holidays.csv. The reckoning itself is dateutil's."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

_LAST_SUNDAY_OF_MAY = (5, 7, -1)


@cache
def feast(value: str, year: int) -> date:
    """The day of a feast: `12-25`, `easter+39`, `11-4-4` (the fourth Thursday of November), `mothers`."""
    if value.startswith("easter"):
        return _easter(year) + timedelta(int(value.removeprefix("easter")))
    if value == "mothers":
        last = _nth_weekday(year, *_LAST_SUNDAY_OF_MAY)
        return last + timedelta(7) if last == _easter(year) + timedelta(49) else last
    month, *rest = map(int, value.split("-"))
    return date(year, month, rest[0]) if len(rest) == 1 else _nth_weekday(year, month, *rest)


def _easter(year: int) -> date:
    from dateutil.easter import easter  # noqa: PLC0415

    return easter(year)


def _nth_weekday(year: int, month: int, iso: int, number: int) -> date:
    """The `number`-th such weekday (1 is Monday) of a month, counted from its end where negative."""
    from dateutil.relativedelta import relativedelta, weekday  # noqa: PLC0415

    first = date(year, month, 1)
    return first + relativedelta(day=1 if number > 0 else 31, weekday=weekday(iso - 1, number))

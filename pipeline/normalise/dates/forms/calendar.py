"""Days, months and years as the calendar names them."""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Callable
from datetime import date, timedelta

from pipeline.lexicon import mapping
from pipeline.normalise.dates.forms.words import (
    Groups,
    day,
    found,
    listed,
    month,
    number,
    weekday,
    year,
    year_in_words,
)
from pipeline.normalise.dates.specs import TOLD, Between, Calendar, Fixed, Shift, Spec, Unplaced, Within

_LEAP_YEAR = 2000
#: years that a span with its second year in two figures is shorter than
_LONGEST_SPAN = 20


def exists(of: Calendar) -> bool:
    """Whether the calendar has such a day; a 29 February without a year exists."""
    if of.day is None or of.month is None:
        return of.day is None or 1 <= of.day <= 31
    return 1 <= of.day <= gregorian.monthrange(of.year or _LEAP_YEAR, of.month)[1]


def _calendar(groups: Groups) -> Spec | None:
    get = groups.get
    words = get("words")
    said = year_in_words(words) if words else year(get("year") or get("year_first") or get("short"))
    if words and said is None:
        return None
    made = Calendar(
        day(get("day") or get("day_last") or get("word")),
        month(get("month") or get("month_last")),
        said,
        weekday(get("weekday")),
    )
    return made if exists(made) else None


def _spelled(groups: Groups) -> Spec | None:
    said = year_in_words(groups["words"] or "")
    return None if said is None else Calendar(year=said)


def _current_day(groups: Groups) -> Spec | None:
    made = Calendar(day=day(groups["day"]))
    return Within(made, Shift("month", 0)) if exists(made) else None


def _this_month(groups: Groups) -> Spec:
    return Within(Calendar(month=month(groups["month"])), Shift("year", 0))


def _date_shift(groups: Groups) -> Spec | None:
    form = groups["shift"] or groups["shift_before"]
    by, told = int(listed("shifts", form)), listed("shifts", form, "anchor") == TOLD
    on = weekday(groups.get("weekday") or groups.get("only") or groups.get("weekday_last"))
    made = Calendar(day(groups["day"]), month(groups.get("month") or groups.get("month_last")), None, on, by, told)
    return made if exists(made) else None


def _weeks_on(groups: Groups) -> Spec:
    return Calendar(weekday=weekday(groups["weekday"]), weeks=number(groups["days"]) // 7)


def _year_span(groups: Groups) -> Spec | None:
    """« 2023-24 », « 1939-45 »: the second year in two figures lies within the next hundred."""
    start = int(groups["first_year"] or 0)
    years = (int(groups["short"] or 0) - start) % 100
    return Between(Calendar(year=start), Calendar(year=start + years)) if 0 < years < _LONGEST_SPAN else None


def _republican(groups: Groups) -> Spec | None:
    """Days of the republican calendar: months of 30 days from the first day of its year on."""
    starts = mapping("republican_years")
    form = groups["year"] or groups["only"] or ""
    number_ = int(form) if form.isdigit() else int(listed("roman_numerals", form))
    if str(number_ + 1) not in starts:
        return None
    first, end = (date.fromisoformat(starts[str(n)]) for n in (number_, number_ + 1))
    if groups["month"] is None:
        return Fixed(first, end - timedelta(1), "year")
    start = first + timedelta(30 * (int(listed("republican_months", groups["month"])) - 1))
    said = groups["day"] or groups["word"]
    if said is None:
        return Fixed(start, min(start + timedelta(29), end - timedelta(1)), "month")
    at = start + timedelta((day(said) or 1) - 1)
    return Fixed(at, at, "day") if at < end else None


def _before_christ(groups: Groups) -> Spec:
    said = int(groups["year"] or 0)
    return Unplaced("DATE", f"BC{said:04}", edtf=f"{1 - said:05}" if said > 1 else "0000", granularity="year")


def _named_day(groups: Groups) -> Spec:
    return Unplaced("DATE", found("named_days", groups["named"]) or "XXXX-XX-XX", granularity="day")


def _hijri(groups: Groups) -> Spec:
    return Unplaced("DATE", "XXXX-XX-XX", granularity="day")


FORMS: dict[str, Callable[[Groups], Spec | None]] = {
    "calendar": _calendar,
    "spelled": _spelled,
    "current_day": _current_day,
    "this_month": _this_month,
    "date_shift": _date_shift,
    "weeks_on": _weeks_on,
    "year_span": _year_span,
    "republican": _republican,
    "before_christ": _before_christ,
    "named_day": _named_day,
    "hijri": _hijri,
    "early_year": lambda groups: Calendar(year=int(groups["year"] or groups["after"] or 1)),
}

"""Match of an atom's rule -> specification. A rule's `form` names the function here that reads its named groups."""

from __future__ import annotations

import calendar as gregorian
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from pipeline.lexicon import mapping
from pipeline.normalise.dates.specs import TOLD, Calendar, Distance, Fixed, Open, Part, Shift, Spec, Stretch, Within

Groups = Mapping[str, str | None]
_LEAP_YEAR = 2000
_PIVOT = 50  #: two digits below it are a year of this century


class Built(NamedTuple):
    """A specification, or None for an impossible date; the part of the day; whether its own words open a side."""

    spec: Spec | None
    day_part: str = ""
    opened: bool = False


def build(form: str, groups: Groups) -> Built:
    """What the groups of a match say."""
    spec = _FORMS[form](groups)
    part = groups.get("day_part")
    return Built(spec, _value("day_parts", part) if part else "", isinstance(spec, Open))


@cache
def _values(name: str, value: str) -> dict[str, str]:
    return mapping(name, value=value)


def _value(name: str, form: str | None, value: str = "value") -> str:
    return _values(name, value)[" ".join((form or "").split())]


def _month(form: str | None) -> int | None:
    if form is None:
        return None
    if form.isdigit():
        return int(form)
    bare = form.rstrip(".")
    return int(_values("months", "value").get(bare) or _values("month_abbreviations", "value")[bare])


def _day(form: str | None) -> int | None:
    if form is None:
        return None
    digits = re.match(r"\d+", form)
    return int(digits[0]) if digits else int(_value("ordinals", form))


def _year(form: str | None) -> int | None:
    if form is None:
        return None
    year = int(form)
    return year if len(form) > 2 else year + (2000 if year < _PIVOT else 1900)


def _weekday(form: str | None) -> int | None:
    return int(_value("weekdays", form)) if form else None


def _number(form: str | None) -> int:
    return int(form) if form and form.isdigit() else int(_value("cardinals", form))


def _unit(form: str | None) -> str:
    return _value("time_units", form)


def exists(of: Calendar) -> bool:
    """Whether the calendar has such a day; a 29 February without a year exists."""
    if of.day is None or of.month is None:
        return of.day is None or 1 <= of.day <= 31
    return 1 <= of.day <= gregorian.monthrange(of.year or _LEAP_YEAR, of.month)[1]


def _calendar(groups: Groups) -> Spec | None:
    month = _month(groups.get("month") or groups.get("month_last"))
    year = _year(groups.get("year") or groups.get("year_first"))
    made = Calendar(_day(groups.get("day")), month, year, _weekday(groups.get("weekday")))
    return made if exists(made) else None


def _current_day(groups: Groups) -> Spec | None:
    made = Calendar(day=_day(groups["day"]))
    return Within(made, Shift("month", 0)) if exists(made) else None


def _date_shift(groups: Groups) -> Spec | None:
    by = int(_value("shifts", groups["shift"]))
    weekday = _weekday(groups["weekday"] or groups["only"])
    made = Calendar(_day(groups["day"]), _month(groups["month"]), None, weekday, by)
    return made if exists(made) else None


def _decade(groups: Groups) -> Spec:
    form = groups["decade"] or ""
    start = int(form) if form.isdigit() else int(_value("decades", form))
    start += 1900 if start < 100 else 0
    return Fixed(date(start, 1, 1), date(start + 9, 12, 31), "decade")


def _century(groups: Groups) -> Spec:
    form = groups["century"] or ""
    number = int(form) if form.isdigit() else int(_value("roman_numerals", form))
    return Fixed(date(number * 100 - 99, 1, 1), date(number * 100, 12, 31), "century")


def _spelled(groups: Groups) -> Spec | None:
    from text_to_num import text2num  # noqa: PLC0415

    spellings = mapping("number_spellings")
    words = " ".join(spellings.get(word, word) for word in (groups["words"] or "").split())
    try:
        year = int(text2num(words, "fr"))
    except ValueError:
        return None
    return Calendar(year=year) if 1000 <= year <= 2199 else None


def _quarter(groups: Groups) -> Spec:
    unit = _value("period_codes", groups["unit"] or groups["unit_last"])
    return Part(unit, int(groups["number"] or groups["number_first"] or 1), Calendar(year=_year(groups["year"])))


def _nth(groups: Groups) -> Spec:
    unit, number = groups["unit"] or "", int(_value("ordinals", groups["number"]))
    weekday = _values("weekdays", "value").get(unit)
    return Part(f"weekday-{weekday}" if weekday else _unit(unit), number)


def _third(groups: Groups) -> Spec:
    number = int(_value("period_parts", groups["part"]))
    if not groups.get("unit"):
        return Part("third", number)
    return Part("third", number, _shift(groups) or Shift(_unit(groups["unit"]), 0))


def _season(groups: Groups) -> Spec:
    return Part("season", int(_value("seasons", groups["season"])), _shifted("year", groups["shift"]))


def _shift(groups: Groups) -> Spec | None:
    return _shifted(_unit(groups["unit"]), groups["shift"])


def _shifted(unit: str, form: str | None) -> Shift | None:
    return Shift(unit, int(_value("shifts", form)), _value("shifts", form, "anchor")) if form else None


def _that(groups: Groups) -> Spec:
    return Shift(_unit(groups["unit"] or groups["same"]), 0, TOLD)


def _weeks_on(groups: Groups) -> Spec:
    return Calendar(weekday=_weekday(groups["weekday"]), weeks=_number(groups["days"]) // 7)


def _ago(groups: Groups) -> Spec:
    unit = _unit(groups["unit"])
    ago = Distance(-_number(groups["number"]), unit, "day" if unit == "week" else unit)
    return Open("start", Distance(ago.number, unit, "day")) if groups["more"] else ago


def _in(groups: Groups) -> Spec:
    unit = _unit(groups["unit"])
    return Distance(_number(groups["number"]), unit, "year" if unit == "year" else "day")


def _later(groups: Groups) -> Spec:
    unit = _unit(groups["unit"])
    number = _number(groups["number"]) * (1 if groups["after"] else -1)
    return Distance(number, unit, "day" if unit == "week" else unit, TOLD)


def _stretch(groups: Groups) -> Spec:
    return Stretch(_number(groups["number"]) * int(_value("stretches", groups["stretch"])), _unit(groups["unit"]))


def _stretch_of(groups: Groups) -> Spec:
    sign = -1 if int(_value("stretches", groups["stretch"])) < 0 else 1
    return Part(f"run-{_unit(groups['unit'])}", sign * _number(groups["number"]))


_FORMS: dict[str, Callable[[Groups], Spec | None]] = {
    "calendar": _calendar,
    "current_day": _current_day,
    "date_shift": _date_shift,
    "decade": _decade,
    "century": _century,
    "spelled": _spelled,
    "quarter": _quarter,
    "nth": _nth,
    "part": _third,
    "season": _season,
    "this": lambda groups: Shift(_unit(groups["unit"]), 0),
    "that": _that,
    "shift": _shift,
    "deictic": lambda groups: Shift("day", int(_value("deictics", groups["deictic"]))),
    "told": lambda groups: Shift("day", int(_value("told_days", groups["told"])), TOLD),
    "week_of": lambda groups: Shift("week", 0, TOLD),
    "weeks_on": _weeks_on,
    "ago": _ago,
    "in": _in,
    "within": lambda groups: Open("start", Distance(_number(groups["number"]), _unit(groups["unit"]), "day")),
    "later": _later,
    "stretch": _stretch,
    "stretch_of": _stretch_of,
}

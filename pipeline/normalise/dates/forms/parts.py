"""Parts of periods, seasons, feasts, decades and centuries."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from pipeline.normalise.dates.forms.words import Groups, found, listed, number, unit, weekday, year
from pipeline.normalise.dates.specs import Calendar, Fixed, Part, Shift, Spec, Unplaced

_CENTURY = re.compile(r"\d+|[ivx]+")


def _decade(groups: Groups) -> Spec:
    form = groups["decade"] or ""
    start = int(form) if form.isdigit() else int(listed("decades", form))
    start += 1900 if start < 100 else 0
    return Fixed(date(start, 1, 1), date(start + 9, 12, 31), "decade")


def _century(groups: Groups) -> Spec:
    form = _CENTURY.match(groups["century"] or "")
    said = form[0] if form else ""
    count = int(said) if said.isdigit() else int(listed("roman_numerals", said))
    if groups["before"] is not None:
        return Unplaced("DATE", f"BC{count - 1:02}", edtf=f"{_bc(count * 100)}/{_bc(count * 100 - 99)}",
                        granularity="century")  # fmt: skip
    return Fixed(date(count * 100 - 99, 1, 1), date(count * 100, 12, 31), "century")


def _bc(said: int) -> str:
    """A year before Christ as EDTF, which counts the year 0."""
    return f"-{said - 1:04}" if said > 1 else "0000"


def _quarter(groups: Groups) -> Spec:
    kind = listed("period_codes", groups["unit"] or groups["unit_last"])
    return Part(
        kind,
        int(groups["number"] or groups["number_first"] or 1),
        Calendar(year=year(groups["year"] or groups["short"])),
    )


def _nth(groups: Groups) -> Spec:
    form, count = groups["unit"] or "", int(listed("ordinals", groups["number"]))
    on = weekday(form) if found("weekdays", form) else None
    return Part(f"weekday-{on}" if on else unit(form), count)


def _fraction(groups: Groups) -> Spec | None:
    of, count = int(listed("fractions", groups["fraction"])), int(listed("ordinals", groups["number"]))
    return Part(f"fraction-{of}", count) if count <= of else None


def _third(groups: Groups) -> Spec:
    count = int(listed("period_parts", groups["part"]))
    if not groups.get("unit"):
        return Part("third", count)
    return Part("third", count, shift(groups) or Shift(unit(groups["unit"]), 0))


def _season(groups: Groups) -> Spec:
    part = Part("season", int(listed("seasons", groups["season"])))
    return _of_year(part, groups)


def _holiday(groups: Groups) -> Spec:
    return _of_year(Part(f"holiday-{listed('holidays', groups['holiday'])}", 1), groups)


def _of_year(part: Part, groups: Groups) -> Spec:
    """A part of a year that is said, or of the year before or behind."""
    if groups.get("year"):
        return Part(part.kind, part.number, Calendar(year=year(groups["year"])))
    by = int(listed("shifts", groups["shift"])) if groups["shift"] else 0
    return Part(part.kind, part.number, shift=by)


def shift(groups: Groups) -> Shift | None:
    """The period that a unit and a word such as « dernier » say."""
    form = groups["shift"]
    by = (int(listed("shifts", form)), listed("shifts", form, "anchor")) if form else None
    return Shift(unit(groups["unit"]), *by) if by else None


def _stretch_of(groups: Groups) -> Spec:
    sign = -1 if int(listed("stretches", groups["stretch"])) < 0 else 1
    return Part(f"run-{unit(groups['unit'])}", sign * number(groups["number"]))


FORMS: dict[str, Callable[[Groups], Spec | None]] = {
    "decade": _decade,
    "century": _century,
    "quarter": _quarter,
    "nth": _nth,
    "fraction": _fraction,
    "part": _third,
    "season": _season,
    "holiday": _holiday,
    "shift": shift,
    "stretch_of": _stretch_of,
}

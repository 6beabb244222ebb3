"""What is counted from the publication or from a date told before."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.normalise.dates.forms.words import Groups, listed, number, unit
from pipeline.normalise.dates.specs import TOLD, Between, Calendar, Distance, Open, Shift, Spec, Stretch

_SATURDAY, _SUNDAY = 6, 7
#: half of a unit in a finer one
_HALVES = {"year": (6, "month"), "century": (5, "decade"), "decade": (5, "year")}


def _this(groups: Groups) -> Spec:
    return Shift(unit(groups["unit"]), 0)


def _that(groups: Groups) -> Spec:
    return Shift(unit(groups["unit"] or groups["same"]), 0, TOLD)


def _deictic(groups: Groups) -> Spec:
    """« hier »; without one of its words it is « ce jour », as in « de 2011 à ce jour »."""
    form = groups["deictic"]
    return Shift("day", int(listed("deictics", form)) if form else 0)


def _part_of_day(groups: Groups) -> Spec:
    if groups["again"]:
        return Shift("day", 0, TOLD)
    return Shift("day", -1 if groups["last"] else 0)


def _told(groups: Groups) -> Spec:
    return Shift("day", int(listed("told_days", groups["told"])), TOLD)


def _weekend(groups: Groups) -> Spec:
    return Between(Calendar(weekday=_SATURDAY), Calendar(weekday=_SUNDAY))


def _span(groups: Groups) -> tuple[int, str]:
    """A number of units: « un an et demi » is 18 months."""
    count, form = number(groups["number"]), groups["unit"] or ""
    if form.startswith("heure"):
        return count // 24, "day"
    kind = unit(form)
    if not groups.get("half") or kind not in _HALVES:
        return count, kind
    half, finer = _HALVES[kind]
    return count * half * 2 + half, finer


def _ago(groups: Groups) -> Spec:
    count, kind = _span(groups)
    if groups["more"]:
        return Open("start", Distance(-count, kind, "day"))
    if groups["exact"]:
        return Distance(-count, kind, "day")
    return Distance(-count, kind, "day" if kind == "week" else kind)


def _in(groups: Groups) -> Spec:
    count, kind = _span(groups)
    return Distance(count, kind, "year" if kind == "year" else "day")


def _by(groups: Groups) -> Spec:
    return Open("start", Distance(*_span(groups), "day"))


def _later(groups: Groups) -> Spec:
    count, kind = number(groups["number"]) * (1 if groups["after"] else -1), unit(groups["unit"])
    return Distance(count, kind, "day" if kind == "week" else kind, TOLD)


def _counted_from(groups: Groups) -> Spec:
    """« deux jours après », in front of the date that is counted from."""
    return Distance(
        number(groups["number"]) * (1 if groups["when"] == "apres" else -1), unit(groups["unit"]), "day", TOLD
    )


def _stretch(groups: Groups) -> Spec:
    return Stretch(number(groups["number"]) * int(listed("stretches", groups["stretch"])), unit(groups["unit"]))


FORMS: dict[str, Callable[[Groups], Spec | None]] = {
    "this": _this,
    "that": _that,
    "deictic": _deictic,
    "part_of_day": _part_of_day,
    "told": _told,
    "week_of": lambda groups: Shift("week", 0, TOLD),
    "weekend": _weekend,
    "ago": _ago,
    "in": _in,
    "within": _by,
    "later": _later,
    "counted_from": _counted_from,
    "stretch": _stretch,
}

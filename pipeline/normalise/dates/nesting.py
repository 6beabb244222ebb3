"""One specification inside another: « fin mars », « premier trimestre 2024 », « juin de l'année dernière »."""

from __future__ import annotations

from pipeline.normalise.dates.specs import TOLD, Calendar, Distance, Fixed, Part, Shift, Spec, Within, level

_LONG = {"month", "quarter", "semester", "year", "decade", "century"}
#: kinds of parts that only a year holds
_OF_YEAR = {"quarter", "semester", "season"}
#: kinds of parts that any longer period holds
_PIECES = ("third", "fraction")


def hold(outer: Spec | None, inner: Spec | None) -> Spec | None:
    """`outer` as a part of `inner`, or None where it is none."""
    if outer is None or inner is None:
        return None
    if isinstance(outer, Part) and outer.of is None:
        return outer._replace(of=inner) if _holds(outer, inner) else None
    if isinstance(outer, Calendar):
        return _within(outer, inner)
    if isinstance(outer, Distance) and outer.anchor == TOLD and outer.grain == "day" and _is_day(inner):
        return outer._replace(of=inner)
    if isinstance(outer, Shift) and outer.anchor == TOLD and outer.of is None and _is_day(inner):
        return outer._replace(of=inner) if outer.unit == "day" or (outer.unit, outer.by) == ("week", 0) else None
    return None


def _is_day(spec: Spec) -> bool:
    if isinstance(spec, Part):
        return spec.kind.startswith("holiday")
    return level(spec) == "day" and isinstance(spec, Calendar) and spec.day is not None


def _holds(part: Part, inner: Spec) -> bool:
    if isinstance(inner, Part):
        return (
            part.kind not in _OF_YEAR
            and not part.kind.startswith("holiday")
            and inner.kind != "day"
            and not inner.kind.startswith((*_PIECES, "holiday"))
            and (inner.of is not None or inner.kind in _OF_YEAR)
        )
    unit = _unit(inner)
    if part.kind.startswith("weekday") and isinstance(inner, Shift) and inner.by == 0 and inner.anchor != TOLD:
        return False  # le premier dimanche du mois, every month
    if part.kind in _OF_YEAR or part.kind.startswith("holiday"):
        return unit == "year"
    if part.kind.startswith(_PIECES):
        return unit in _LONG or unit == "week"
    if part.kind in {"month", "run-month", "run-quarter"}:
        return unit in _LONG - {"month"}
    return unit in _LONG


def _unit(spec: Spec) -> str:
    if isinstance(spec, Shift | Fixed):
        return spec.unit
    return level(spec)


def _within(date: Calendar, inner: Spec) -> Spec | None:
    if not isinstance(inner, Shift) or date.year is not None or date.shift:
        return None
    if date.day is None and date.weekday is not None:
        fits = inner.unit == "week"
    else:
        fits = inner.unit == ("month" if date.month is None else "year")
    return Within(date, inner) if fits else None

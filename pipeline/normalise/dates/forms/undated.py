"""Durations, frequencies and times of the day: TIMEX3 values that are no days.

Values as in the TimeML Annotation Guidelines 1.2.1 (Saurí et al. 2006): P2Y, PT48H, XXXX-WXX-1, T14:30, PAST_REF.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.normalise.dates.forms.words import Groups, clock, found, listed, month, number
from pipeline.normalise.dates.specs import Spec, Unplaced


def _period(count: str, form: str | None) -> str:
    """`P2Y`, `PT48H`: so many units as ISO 8601 writes them; a quarter is three months, a fortnight two weeks."""
    code, times = listed("duration_units", form), listed("duration_units", form, "times")
    whole = count if times == "1" else f"{float(count) * int(times):g}"
    return f"P{'T' if code[0] == 'T' else ''}{whole}{code.removeprefix('T')}"


def _duration(groups: Groups) -> Spec:
    form = groups["hours"] or groups["number"] or ""
    count = form.replace(",", ".") if form[0].isdigit() else str(number(form))
    half = ".5" if groups["half"] else ""
    return Unplaced("DURATION", _period(count + half, groups["unit"] or "heures"), granularity="")


def _every(groups: Groups) -> Spec:
    form = groups["unit"] or groups["units"] or ""
    bare = form.removesuffix("s")
    on, at, named = found("weekdays", form) or found("weekdays", bare), found("day_parts", bare), found("months", form)
    if on:
        return Unplaced("SET", f"XXXX-WXX-{on}")
    if at:
        return Unplaced("SET", f"XXXX-XX-XXT{at}")
    if named:
        return Unplaced("SET", f"XXXX-{month(form):02}")
    return Unplaced("SET", _period(str(number(groups["number"] or "1")), form))


def _per(groups: Groups) -> Spec:
    return Unplaced("SET", _period("1", groups["unit"]))


def _clock(groups: Groups) -> Spec:
    return Unplaced("TIME", f"T{clock(groups['clock'] or '')}")


def _vague(groups: Groups) -> Spec | None:
    if groups["some"]:
        return Unplaced("DATE", "FUTURE_REF" if groups["after"] else "PAST_REF")
    by = int(listed("stretches", groups["stretch"]))
    return None if by > 1 else Unplaced("DATE", "FUTURE_REF" if by > 0 else "PAST_REF")


FORMS: dict[str, Callable[[Groups], Spec | None]] = {
    "duration": _duration,
    "every": _every,
    "per": _per,
    "clock": _clock,
    "vague": _vague,
}

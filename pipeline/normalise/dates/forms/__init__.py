"""Match of an atom's rule -> specification. A rule's `form` names the function here that reads its named groups.

calendar.py reads days, months and years, parts.py parts of periods, relative.py what is counted from another date,
undated.py what has no days; words.py gives the values of single words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pipeline.normalise.dates.forms import calendar, parts, relative, undated
from pipeline.normalise.dates.forms.words import Groups, clock, listed
from pipeline.normalise.dates.specs import Open, Spec

_FORMS: dict[str, Callable[[Groups], Spec | None]] = {
    **calendar.FORMS,
    **parts.FORMS,
    **relative.FORMS,
    **undated.FORMS,
}


class Built(NamedTuple):
    """A specification, or None for an impossible date; the time of the day; whether its own words open a side."""

    spec: Spec | None
    day_part: str = ""
    opened: bool = False


def build(form: str, groups: Groups) -> Built:
    """What the groups of a match say."""
    spec = _FORMS[form](groups)
    return Built(spec, _day_part(groups), isinstance(spec, Open))


def _day_part(groups: Groups) -> str:
    """The time of the day as TIMEX3 writes it behind a T: a clock time before a part of the day."""
    time = groups.get("clock") or groups.get("clock_bare") or groups.get("clock_iso")
    if time:
        return clock(time)
    part = groups.get("day_part") or groups.get("last") or groups.get("again") or groups.get("next")
    return listed("day_parts", part) if part else ""

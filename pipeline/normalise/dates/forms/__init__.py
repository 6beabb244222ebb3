"""Match of an atom's rule -> specification. A rule's `form` names the function here that reads its named groups.

calendar.py reads days, months and years, parts.py parts of periods, relative.py what is counted from another date,
undated.py what has no days; words.py gives the values of single words.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.normalise.dates.forms import calendar, parts, relative, undated
from pipeline.normalise.dates.forms.words import Groups, clock, listed
from pipeline.normalise.dates.specs import Spec

_FORMS: dict[str, Callable[[Groups], Spec | None]] = {
    **calendar.FORMS,
    **parts.FORMS,
    **relative.FORMS,
    **undated.FORMS,
}


#: groups that say a time of the day
TIMED = frozenset(("clock", "clock_bare", "clock_iso", "day_part", "last", "again", "next"))


def reader(form: str) -> Callable[[Groups], Spec | None]:
    """What reads the groups of a match as a specification; it gives None for an impossible date."""
    return _FORMS[form]


def day_part(groups: Groups) -> str:
    """The time of the day as TIMEX3 writes it behind a T, or nothing."""
    get = groups.get
    if time := get("clock") or get("clock_bare") or get("clock_iso"):
        return clock(time)
    part = get("day_part") or get("last") or get("again") or get("next")
    return listed("day_parts", part) if part else ""

"""Ranges of dates: « du 24 au 28 mars », « 2015-2016 », « de mardi à jeudi »."""

from __future__ import annotations

from pipeline.normalise.dates import cues
from pipeline.normalise.dates.atoms import Atom
from pipeline.normalise.dates.links import Link, joins, links
from pipeline.normalise.dates.specs import Between, Calendar, Part, Spec, Unplaced, borrow, level

#: a range of years is shorter, in years
_LONGEST = 300
#: levels that a calendar date does not end a range with
_UNEVEN = {("day", "month"), ("month", "day"), ("day", "year"), ("year", "day"), ("day", "other"), ("year", "month")}


def find_range(view: str, atoms: list[Atom], at: int) -> tuple[list[Atom], int] | None:
    """The range that begins with the atom `at` and how many atoms it uses up; None where there is none."""
    if at + 1 >= len(atoms):
        return None
    first, last = atoms[at], atoms[at + 1]
    if first.spec is None or last.spec is None or not _joins(first) or not _joins(last):
        return None
    for link in links("range", "dash"):
        if not joins(view, first, last, link):
            continue
        if _years(first, last) and cues.counted(view, last.end):
            return [], 2  # de 1500 à 2000 personnes
        if (start := _range_start(view, first, last, link)) is not None:
            left = borrow(first.spec, last.spec, back=True)
            spec = Between(left, borrow(last.spec, left, back=False))
            weak = "day" if level(left) == "number" else ""
            return [Atom(start, last.end, link.rule.id, spec, weak)], 2
    return None


def _joins(atom: Atom) -> bool:
    return not atom.opened and not isinstance(atom.spec, Unplaced | Between)


def _years(first: Atom, last: Atom) -> bool:
    return first.weak == last.weak == "year"


def _range_start(view: str, first: Atom, last: Atom, link: Link) -> int | None:
    """Where a range begins, or None where two dates are none."""
    before = cues.stands(link.before, view, first.start) if link.before else None
    levels = level(first.spec), level(last.spec)  # type: ignore[arg-type]
    if not _ranges(first.spec, last.spec, levels) or (link.before and not before and not link.free):
        return None
    bare = levels[1] == "number" or levels == ("year", "year")
    if bare and (cues.counted(view, last.end) or (levels[1] == "number" and not cues.closes(view, last.end))):
        return None
    if levels == ("year", "year") and link.before and cues.stands(cues.before("year_nouns"), view, first.start):
        return first.start
    if link.before and not before and (bare or (first.weak and last.weak)):
        return None
    if not link.before and (cues.borne(view, first.start) or levels == ("number", "number")):
        return None
    return before.start() if before else first.start


def _ranges(first: Spec | None, last: Spec | None, levels: tuple[str, str]) -> bool:
    """Whether a range may go from one to the other."""
    if levels == ("year", "year") and isinstance(first, Calendar) and isinstance(last, Calendar):
        years = first.year or 0, last.year or 0
        return years[0] < years[1] and years[1] - years[0] < _LONGEST
    if "number" in levels:
        return set(levels) <= {"number", "day"}
    if isinstance(first, Part) and first.of is None and not isinstance(last, Part):
        return False
    return levels not in _UNEVEN or not isinstance(last, Calendar)

"""Ranges of dates: « du 24 au 28 mars », « 2015-2016 », « de mardi à jeudi »."""

from __future__ import annotations

from pipeline.normalise.dates import cues
from pipeline.normalise.dates.atoms import Atom
from pipeline.normalise.dates.links import Link, joins, links
from pipeline.normalise.dates.specs import Between, Calendar, Part, Spec, Unplaced, bare_weekday, borrow, level

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
        if (_years(first, last) and cues.counted(view, last.end)) or _habit(view, first, last):
            return [], 2  # de 1500 à 2000 personnes; ouvert du lundi au vendredi
        if (start := _range_start(view, first, last, link)) is not None:
            left = first.spec if _own(view, first, last) else borrow(first.spec, last.spec, back=True)
            spec = Between(left, borrow(last.spec, left, back=False))
            weak = "day" if level(left) == "number" else ""
            return [Atom(start, last.end, link.rule.id, spec, weak, whole=link.whole)], 2
    return None


def _habit(view: str, first: Atom, last: Atom) -> bool:
    """Whether two bare weekdays are those of every week: « du lundi au vendredi », « mercredi/samedi »."""
    gap = " ".join(view[first.end : last.start].split())
    return gap in cues.words("weekly_links") and bare_weekday(first.spec) and bare_weekday(last.spec)


def _own(view: str, first: Atom, last: Atom) -> bool:
    """Whether the end has words of its own: « depuis septembre et jusqu'en 2028 » says no year of September."""
    return " ".join(view[first.end : last.start].split()) in cues.words("own_ends")


def _joins(atom: Atom) -> bool:
    return not atom.opened and not isinstance(atom.spec, Unplaced | Between)


def _years(first: Atom, last: Atom) -> bool:
    return first.weak == last.weak == "year"


def _range_start(view: str, first: Atom, last: Atom, link: Link) -> int | None:
    """Where a range begins, or None where two dates are none."""
    before = cues.stands(link.before, view, first.start) if link.before else None
    levels = level(first.spec), level(last.spec)  # type: ignore[arg-type]
    if not _ranges(first.spec, last.spec, levels) or _counts(view, levels, last.end):
        return None
    if before or _whole(view, first, last, link, levels):
        return before.start() if before else first.start
    return None


def _counts(view: str, levels: tuple[str, str], end: int) -> bool:
    """Whether the last number counts what follows it: « du 5 au 7 députés »."""
    bare = levels[1] == "number" or levels == ("year", "year")
    return bare and (cues.counted(view, end) or (levels[1] == "number" and not cues.closes(view, end)))


def _whole(view: str, first: Atom, last: Atom, link: Link, levels: tuple[str, str]) -> bool:
    """Whether a range needs no word before it."""
    if link.before is None:
        return not cues.borne(view, first.start) and levels != ("number", "number")
    if not link.free:
        return False
    if levels == ("year", "year"):
        return _headed(view, first.start)
    bare = levels[1] == "number" or bare_weekday(first.spec)  # a renvoyé lundi au 4 mars
    return not bare and not (first.weak and last.weak)


def _headed(view: str, at: int) -> bool:
    """Whether a noun that years follow, a bracket or the head of a line stands before a range of years."""
    return cues.stands(cues.before("year_nouns"), view, at) is not None or view[max(0, at - 1) : at] in {"", "\n", "("}


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

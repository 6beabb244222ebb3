"""Lists of dates: « les 26 et 27 mai », « du 19 janvier et du 9 mars 1998 », « en avril ou mai »."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from pipeline.normalise.dates import cues
from pipeline.normalise.dates.acceptance import accepted
from pipeline.normalise.dates.atoms import Atom
from pipeline.normalise.dates.links import Link, joins, links
from pipeline.normalise.dates.specs import Between, Calendar, Open, Spec, Unplaced, borrow, calendar, level

_LEAP_YEAR, _COMMON_YEAR = 2000, 2001
#: so many dates a list may have
_LONGEST = 16
#: what no list is made of
_WHOLE = Open | Between | Unplaced


def find_list(text: str, view: str, atoms: list[Atom], at: int) -> tuple[list[Atom], int] | None:
    """The list that begins with the atom `at`, and how many atoms it uses up; None where there is none."""
    chain, link = _chain(view, atoms, at)
    while len(chain) > 1 and not _listed(text, view, chain):
        chain.pop()
    if link is None or len(chain) == 1:
        return None
    for index in range(len(chain) - 2, -1, -1):
        chain[index] = _lend(chain[index], chain[index + 1], back=True)
    for index in range(1, len(chain)):
        chain[index] = _lend(chain[index], chain[index - 1], back=False)
    used = len(chain)
    before = cues.stands(link.before, view, chain[0].start) if link.before else None
    years = before is not None and before.groupdict().get("years") is not None
    if link.rule.extra["form"] == "list" and _on_end(chain, years):
        start = before.start() if before else chain[0].start
        spec = Between(chain[0].spec, chain[-1].spec)  # type: ignore[arg-type]
        return [Atom(start, chain[-1].end, link.rule.id, spec)], used
    return [atom._replace(rule=link.rule.id, weak="") for atom in chain], used


def _lend(poor: Atom, rich: Atom, *, back: bool) -> Atom:
    return poor._replace(spec=borrow(poor.spec, rich.spec, back=back)) if poor.spec and rich.spec else poor


def _chain(view: str, atoms: list[Atom], at: int) -> tuple[list[Atom], Link | None]:
    """The atoms from `at` on that links of a list join, and the last such link."""
    chain, found = [atoms[at]], None
    for first, last in pairwise(atoms[at : at + _LONGEST]):
        link = next((link for link in links("list", "either") if joins(view, first, last, link)), None)
        if link is None or not _alike(first.spec, last.spec):
            break
        chain.append(last)
        found = link
    return chain, found


def _alike(first: Spec | None, last: Spec | None) -> bool:
    if first is None or last is None or isinstance(first, _WHOLE) or isinstance(last, _WHOLE):
        return False
    levels = level(first), level(last)
    if "number" in levels:
        return set(levels) <= {"number", "day"} and calendar(last) is not None
    return levels[0] == levels[1]


def _listed(text: str, view: str, chain: list[Atom]) -> bool:
    """Whether a chain is a list of dates: bare numbers need an article, and a month or a clear end."""
    levels = [level(atom.spec) for atom in chain if atom.spec]
    if levels[0] == "number" and levels[-1] == "day" and not cues.borne(view, chain[0].start):
        return True
    if "number" not in levels:
        return accepted(chain[0], text, view)
    if levels[-1] == "number" and not cues.closes(view, chain[-1].end):
        return False
    needed = (
        cues.before("day_cues", "list")
        if levels[-1] == "number" and levels[0] == "number"
        else cues.before("day_cues", "")
    )
    return cues.stands(needed, view, chain[0].start) is not None


def _on_end(chain: list[Atom], years: bool) -> bool:
    """Whether the atoms are days that follow one another, or where `years` is true years."""
    days = [_ordinal(calendar(atom.spec), years) for atom in chain]
    return None not in days and all(b - a == 1 for a, b in pairwise(day for day in days if day is not None))


def _ordinal(of: Calendar | None, years: bool) -> int | None:
    """A number that the day after has one more of: of a weekday, a bare day, a day of a month with or without year."""
    if of is None or of.shift:
        return None
    if years:
        return of.year if of.month is None else None
    if of.day is None or of.month is None:
        return of.weekday if of.day is None else of.day
    year = of.year or (_LEAP_YEAR if (of.month, of.day) == (2, 29) else _COMMON_YEAR)
    return date(year, of.month, of.day).toordinal()

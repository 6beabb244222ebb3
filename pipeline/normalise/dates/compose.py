"""Puts atoms together: a part of a period, ranges, lists and open sides. Any atom goes into any of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise

from pipeline.lexicon import Rule, load_rules
from pipeline.lexicon.rules import expand
from pipeline.normalise.dates import cues
from pipeline.normalise.dates.atoms import Atom
from pipeline.normalise.dates.nesting import hold
from pipeline.normalise.dates.specs import (
    Between,
    Calendar,
    Open,
    Part,
    Spec,
    Unplaced,
    Within,
    borrow,
    calendar,
    level,
)

#: no link between two dates is longer, in characters
_LINK = 22
_LEAP_YEAR, _COMMON_YEAR = 2000, 2001
#: so many dates a list may have
_LONGEST = 16
#: a range of years is shorter, in years
_LONGEST_RANGE = 300
#: what no list is made of
_WHOLE = Open | Between | Unplaced
#: levels that a calendar date does not end a range with
_UNEVEN = {("day", "month"), ("month", "day"), ("day", "year"), ("year", "day"), ("day", "other"), ("year", "month")}


@dataclass(frozen=True, slots=True)
class _Link:
    rule: Rule
    before: re.Pattern[str] | None  #: what stands before the first date and belongs to the row
    free: bool  #: whether `before` may be missing


@cache
def _links(*forms: str) -> tuple[_Link, ...]:
    chosen = [rule for rule in load_rules("dates_links") if rule.extra["form"] in forms]
    return tuple(_Link(r, _before(r.extra.get("before")), r.extra.get("free", False)) for r in chosen)


def _before(pattern: str | None) -> re.Pattern[str] | None:
    return cues.ending([expand(pattern, {})]) if pattern else None


def compose(text: str, view: str, atoms: list[Atom]) -> list[Atom]:
    """The expressions of a text: atoms joined, those that are no dates left out, in order and without overlap."""
    joined: list[Atom] = []
    rest = _nest(view, atoms)
    at = 0
    while at < len(rest):
        rows, used = _range(view, rest, at) or _list(text, view, rest, at) or _single(text, view, rest[at])
        joined += rows
        at += used
    return [_opened(text, view, row) for row in joined]


def _gap(view: str, first: Atom, last: Atom, link: _Link) -> bool:
    return last.start - first.end <= _LINK and link.rule.regex.fullmatch(view, first.end, last.start) is not None


def _nest(view: str, atoms: list[Atom]) -> list[Atom]:
    """Puts parts into what they are parts of, from the end, so that « fin du premier trimestre 2024 » nests twice."""
    (link,) = _links("nested")
    out: list[Atom] = []
    for atom in reversed(atoms):
        inner = out[-1] if out else None
        if inner and _gap(view, atom, inner, link):
            spec = hold(atom.spec, inner.spec)
            if spec is not None:
                rule = link.rule.id if isinstance(spec, Within) else atom.rule
                out[-1] = replace(atom, end=inner.end, rule=rule, spec=spec, weak="")
                continue
        out.append(atom)
    return out[::-1]


def _range(view: str, atoms: list[Atom], at: int) -> tuple[list[Atom], int] | None:
    if at + 1 >= len(atoms):
        return None
    first, last = atoms[at], atoms[at + 1]
    if not _joins(first) or not _joins(last):
        return None
    for link in _links("range", "dash"):
        if not _gap(view, first, last, link):
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
    return atom.spec is not None and not atom.opened and not isinstance(atom.spec, Unplaced | Between)


def _years(first: Atom, last: Atom) -> bool:
    return first.weak == last.weak == "year"


def _range_start(view: str, first: Atom, last: Atom, link: _Link) -> int | None:
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
        return years[0] < years[1] and years[1] - years[0] < _LONGEST_RANGE
    if "number" in levels:
        return set(levels) <= {"number", "day"}
    if isinstance(first, Part) and first.of is None and not isinstance(last, Part):
        return False
    return levels not in _UNEVEN or not isinstance(last, Calendar)


def _list(text: str, view: str, atoms: list[Atom], at: int) -> tuple[list[Atom], int] | None:
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
    if link.rule.extra["form"] == "list" and _on_end(chain):
        start = before.start() if before else chain[0].start
        spec = Between(chain[0].spec, chain[-1].spec)  # type: ignore[arg-type]
        return [Atom(start, chain[-1].end, link.rule.id, spec)], used
    return [replace(atom, rule=link.rule.id, weak="") for atom in chain], used


def _lend(poor: Atom, rich: Atom, *, back: bool) -> Atom:
    return replace(poor, spec=borrow(poor.spec, rich.spec, back=back)) if poor.spec and rich.spec else poor


def _chain(view: str, atoms: list[Atom], at: int) -> tuple[list[Atom], _Link | None]:
    """The atoms from `at` on that links of a list join, and the last such link."""
    chain, found = [atoms[at]], None
    for first, last in pairwise(atoms[at : at + _LONGEST]):
        link = next((link for link in _links("list", "either") if _gap(view, first, last, link)), None)
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
        return cues.accepted(chain[0], text, view)
    if levels[-1] == "number" and not cues.closes(view, chain[-1].end):
        return False
    needed = (
        cues.before("day_cues", "list")
        if levels[-1] == "number" and levels[0] == "number"
        else cues.before("day_cues", "")
    )
    return cues.stands(needed, view, chain[0].start) is not None


def _on_end(chain: list[Atom]) -> bool:
    """Whether the atoms are days that follow one another."""
    days = [_ordinal(calendar(atom.spec)) for atom in chain]
    return None not in days and all(b - a == 1 for a, b in pairwise(day for day in days if day is not None))


def _ordinal(of: Calendar | None) -> int | None:
    """A number that the day after has one more of: of a weekday, a bare day, a day of a month with or without year."""
    if of is None or of.shift:
        return None
    if of.day is None or of.month is None:
        return of.weekday if of.day is None else of.day
    year = of.year or (_LEAP_YEAR if (of.month, of.day) == (2, 29) else _COMMON_YEAR)
    return date(year, of.month, of.day).toordinal()


def _single(text: str, view: str, atom: Atom) -> tuple[list[Atom], int]:
    keep = atom.spec is not None and cues.accepted(atom, text, view)
    return ([_with_article(view, atom)] if keep else []), 1


def _with_article(view: str, atom: Atom) -> Atom:
    article = cues.stands(cues.before("date_articles"), view, atom.start) if atom.article else None
    return replace(atom, start=article.start()) if article else atom


@cache
def _open_rules() -> tuple[tuple[Rule, re.Pattern[str]], ...]:
    return tuple((rule, cues.ending([rule.regex.pattern])) for rule in load_rules("dates_open"))


def _opened(text: str, view: str, atom: Atom) -> Atom:
    if atom.opened or atom.spec is None or isinstance(atom.spec, Between | Unplaced):
        return atom
    for rule, pattern in _open_rules():
        word = cues.stands(pattern, view, atom.start)
        if word and (not rule.extra.get("accented") or not text[word.start() : word.end()].isascii()):
            if not rule.extra.get("sure", True) and not _absolute(atom.spec):
                return atom
            inside = rule.extra["edge"] == "in" or (isinstance(atom.spec, Part) and atom.spec.kind == "third")
            return replace(
                atom, rule=rule.id, spec=Open(rule.extra["open"], atom.spec, inside, rule.extra.get("tense"))
            )
    return atom


def _absolute(spec: Spec) -> bool:
    date = calendar(spec)
    return date is not None and (date.month is not None or date.year is not None)

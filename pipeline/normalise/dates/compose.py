"""Puts atoms together: a part of a period, ranges, lists and open sides. Any atom goes into any of them."""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon import Rule, load_rules, sieve
from pipeline.normalise.dates import cues
from pipeline.normalise.dates.acceptance import accepted
from pipeline.normalise.dates.atoms import Atom
from pipeline.normalise.dates.links import LONGEST, joins, links
from pipeline.normalise.dates.lists import find_list
from pipeline.normalise.dates.nesting import hold
from pipeline.normalise.dates.ranges import find_range
from pipeline.normalise.dates.specs import Between, Open, Part, Spec, Unplaced, Within, calendar
from pipeline.normalise.dates.tense import done

_THIRDS = 3
#: so far before a date its negation may begin, in characters
_CLAUSE = 60


def compose(text: str, view: str, atoms: list[Atom]) -> list[Atom]:
    """The expressions of a text: atoms joined, those that are no dates left out, in order and without overlap."""
    joined: list[Atom] = []
    rest = _nest(view, atoms)
    at = 0
    while at < len(rest):
        atom = rest[at]
        near = at + 1 < len(rest) and rest[at + 1].start - atom.end <= LONGEST
        found = (find_range(view, rest, at) or find_list(text, view, rest, at)) if near else None
        rows, used = found or _single(text, view, atom)
        joined += rows
        at += used
    return [_opened(text, view, row) for row in joined]


def _nest(view: str, atoms: list[Atom]) -> list[Atom]:
    """Puts parts into what they are parts of, from the end, so that « fin du premier trimestre 2024 » nests twice."""
    (link,) = links("nested")
    out: list[Atom] = []
    for atom in reversed(atoms):
        inner = out[-1] if out and out[-1].start - atom.end <= LONGEST else None
        if inner and joins(view, atom, inner, link):
            spec = hold(atom.spec, inner.spec)
            if spec is not None:
                rule = link.rule.id if isinstance(spec, Within) else atom.rule
                out[-1] = atom._replace(end=inner.end, rule=rule, spec=spec, weak="")
                continue
        out.append(atom)
    return out[::-1]


def _single(text: str, view: str, atom: Atom) -> tuple[list[Atom], int]:
    keep = atom.spec is not None and accepted(atom, text, view)
    return ([_with_article(view, atom)] if keep else []), 1


def _with_article(view: str, atom: Atom) -> Atom:
    article = cues.stands(cues.before("date_articles"), view, atom.start) if atom.article else None
    return atom._replace(start=article.start()) if article else atom


@cache
def _open_rules() -> tuple[tuple[Rule, cues.Cue], ...]:
    return tuple((rule, cues.ending([rule.regex.pattern])) for rule in load_rules("dates_open"))


def _opened(text: str, view: str, atom: Atom) -> Atom:
    if atom.opened or atom.spec is None or (isinstance(atom.spec, (Between, Unplaced)) and not atom.whole):
        return atom
    possible = sieve("dates_open").passing(view[max(0, atom.start - cues.REACH) : atom.start])
    for rule, cue in _open_rules() if possible else ():
        word = cues.stands(cue, view, atom.start) if rule.id in possible else None
        if word and (not rule.extra.get("accented") or not text[word.start() : word.end()].isascii()):
            if not rule.extra.get("sure", True) and not _goes_on(text, view, word.start(), atom.spec):
                return atom
            side = rule.extra["open"]
            if "negated" in rule.extra and _negation().search(view, max(0, atom.start - _CLAUSE), word.start()):
                return atom._replace(rule=rule.id, spec=Open(rule.extra["negated"], atom.spec))
            inside = rule.extra["edge"] == "in" or _ends(atom.spec)
            return atom._replace(rule=rule.id, spec=Open(side, atom.spec, inside, rule.extra.get("tense")))
    return atom


@cache
def _negation() -> re.Pattern[str]:
    """A negated verb up to the end of what is searched, in the same clause."""
    words = "|".join(cues.forms("negations"))
    return re.compile(rf"(?<![a-z])(?:(?:ne |n')[^.,;:\n]*?(?:{words})|aucune?)(?![a-z])[^.,;:\n]*\Z")


def _goes_on(text: str, view: str, at: int, spec: Spec) -> bool:
    """Whether what is told « dès » an absolute date goes on from then: not what was done on that day."""
    return _absolute(spec) and not done(text, view, at)


def _absolute(spec: Spec) -> bool:
    date = calendar(spec)
    return date is not None and (date.month is not None or date.year is not None)


def _ends(spec: Spec) -> bool:
    """Whether a specification is the end of a period, which what is done « avant la fin » of may reach into."""
    return isinstance(spec, Part) and spec.kind == "third" and spec.number == _THIRDS

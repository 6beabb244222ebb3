"""Finds atoms: the rules of the files named below, tried where one of their first words stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.lexicon import Rule, fold, load_rules, rows
from pipeline.normalise.dates.forms import build
from pipeline.normalise.dates.specs import Spec

_WORD = re.compile(r"[0-9]+|[a-z]+")
_DIGITS = "0-9"
#: files of rules: for what has days, and for what has none
_DATED, _UNDATED = ("dates", "dates_numeric", "dates_parts", "dates_relative"), ("dates_undated",)
_LIST = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Atom:
    """An expression on its way to a row; offsets are of the text, `spec` is None for an impossible date."""

    start: int
    end: int
    rule: str
    spec: Spec | None
    weak: str = ""  #: the cue that it needs, or nothing
    article: bool = False  #: whether an article before it belongs to it
    day_part: str = ""
    opened: bool = False  #: whether its own words open a side


@cache
def rules(undated: bool = True) -> tuple[Rule, ...]:
    """The rules of atoms, in the order of their files; those for durations and the like where `undated` is true."""
    return tuple(rule for name in _DATED + _UNDATED * undated for rule in load_rules(name))


@cache
def _by_first_word(undated: bool) -> dict[str, list[Rule]]:
    index: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules(undated):
        for word in dict.fromkeys(w for first in rule.extra["first"] for w in _first_words(first)):
            index[word].append(rule)
    return dict(index)


def _first_words(first: str) -> Iterator[str]:
    if first == _DIGITS:
        yield _DIGITS
        return
    listed = _LIST.match(first)
    forms = [entry["form"] + first[listed.end() :] for entry in rows(listed[1])] if listed else [first]
    for form in forms:
        word = _WORD.match(fold(form))
        if word:
            yield _DIGITS if word[0].isdigit() else word[0]


def find_atoms(text: str, view: str, undated: bool = False) -> list[Atom]:
    """The atoms of a text, the longest at each place, in order and without overlap; `view` is its folded view.

    `undated`: also durations, frequencies and times of the day.
    """
    index = _by_first_word(undated)
    digits = index[_DIGITS]
    found: list[Atom] = []
    taken = 0
    for word in _WORD.finditer(view):
        first = word[0]
        tried = digits if first <= "9~" and len(first) <= 4 else index.get(first)
        if tried and word.start() >= taken and (atom := _longest(tried, text, view, word.start())):
            found.append(atom)
            taken = atom.end
    return found


def _longest(tried: list[Rule], text: str, view: str, at: int) -> Atom | None:
    if not _begins(view, at):
        return None
    best: tuple[re.Match[str], Rule] | None = None
    for rule in tried:
        match = rule.regex.match(view, at)
        if match and _ends(text, match.end()) and (best is None or match.end() > best[0].end()):
            best = match, rule
    return _atom(*best) if best else None


def _begins(view: str, at: int) -> bool:
    """Whether a word or a number begins here: not within a word, a decimal or a grouped number."""
    if not at:
        return True
    before = view[at - 1]
    if before.isalnum() or before == "_":
        return False
    digits_before = at > 1 and view[at - 2].isdigit()
    return not (digits_before and before in ".," and view[at].isdigit())


def _ends(text: str, end: int) -> bool:
    """Whether a word ends here; a capital may be glued to a number, where a paragraph's end was lost (1961Le)."""
    if end >= len(text) or not text[end].isalnum():
        return True
    return text[end - 1].isdigit() and text[end].isupper() and text[end + 1 : end + 2].islower()


def _atom(match: re.Match[str], rule: Rule) -> Atom:
    extra, built = rule.extra, build(rule.extra["form"], match.groupdict())
    return Atom(match.start(), match.end(), rule.id, built.spec, extra.get("weak", ""), extra.get("article", False),
                built.day_part, built.opened)  # fmt: skip

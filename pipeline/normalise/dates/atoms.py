"""Finds atoms: the rules of the files named below, tried where one of their first words stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from pipeline.lexicon import Rule, branching, fold, load_rules, rows
from pipeline.lexicon.compiled import compiled
from pipeline.normalise.dates.forms import TIMED, day_part, reader
from pipeline.normalise.dates.forms.words import Groups
from pipeline.normalise.dates.specs import Open, Spec

_WORD = re.compile(r"[0-9]+|[a-z]+")
_SIGN_BEHIND = r"(?=[ \n]*([^ \n]?))"
_DIGITS = "0-9"
_KNOWN = 1_000  #: for so many words of its groups, a rule keeps in mind what they say
_LONGEST_NUMBER = 4  #: figures of a number that a date may begin with
#: files of rules: for what has days, and for what has none
_DATED, _UNDATED = ("dates", "dates_numeric", "dates_parts", "dates_relative"), ("dates_undated",)
_LIST = re.compile(r"\{(\w+)\}")


class Atom(NamedTuple):
    """An expression on its way to a row; offsets are of the text, `spec` is None for an impossible date."""

    start: int
    end: int
    rule: str
    spec: Spec | None
    weak: str = ""  #: the cue that it needs, or nothing
    article: bool = False  #: whether an article before it belongs to it
    day_part: str = ""
    opened: bool = False  #: whether its own words open a side
    whole: bool = False  #: whether it is a range that a word before may open


@cache
def rules(undated: bool = True) -> tuple[Rule, ...]:
    """The rules of atoms, in the order of their files; those for durations and the like where `undated` is true."""
    return tuple(rule for name in _DATED + _UNDATED * undated for rule in load_rules(name))


class _Tried(NamedTuple):
    """A rule, with what it takes to try it and to read its match."""

    match: Callable[[str, int], re.Match[str] | None]
    rule: str
    read: Callable[[Groups], Spec | None]
    weak: str
    article: bool
    timed: bool  #: whether it may say a time of the day
    known: dict[tuple[str | None, ...], tuple[Spec | None, str]]  #: {words of its groups: what they say, the time}


class _Rules(NamedTuple):
    """The rules to try on a first word, by the sign that stands behind it."""

    by_sign: dict[str, list[_Tried]]
    otherwise: list[_Tried]


@cache
def _by_first_word(undated: bool) -> dict[str, _Rules]:
    index: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules(undated):
        for word in dict.fromkeys(w for first in rule.extra["first"] for w in _first_words(first)):
            index[word].append(rule)
    return {word: _by_sign(some, "number" if word == _DIGITS else "letters") for word, some in index.items()}


def _by_sign(some: list[Rule], kind: str) -> _Rules:
    behind = [rule.second.get(kind) for rule in some]
    tried = list(zip(map(_tried, some), behind, strict=True))
    signs = frozenset[str]().union(*(known for known in behind if known is not None))
    return _Rules(
        {sign: [one for one, known in tried if known is None or sign in known] for sign in signs},
        [one for one, known in tried if known is None],
    )


def _tried(rule: Rule) -> _Tried:
    extra, groups = rule.extra, rule.regex.groupindex.keys()
    return _Tried(rule.regex.match, rule.id, reader(extra["form"]), extra.get("weak", ""), extra.get("article", False),
                  not TIMED.isdisjoint(groups), {})  # fmt: skip


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
    numbers = index[_DIGITS]
    found: list[Atom] = []
    taken = 0
    for first in _first_word(undated).finditer(view):
        at = first.start()
        if at >= taken and _begins(view, at):
            word, sign = first.group(0, 1)
            some = index.get(word, numbers)
            atom = _longest(some.by_sign.get(sign, some.otherwise), text, view, at)
            if atom is not None:
                found.append(atom)
                taken = atom.end
    return found


@cache
def _first_word(undated: bool) -> re.Pattern[str]:
    """A pattern for numbers that a date may begin with and all first words of rules; its group is the sign behind."""
    words = branching(word for word in _by_first_word(undated) if word != _DIGITS)
    return compiled(rf"(?<![a-z0-9])(?:[0-9]{{1,{_LONGEST_NUMBER}}}(?![0-9])|{words}(?![a-z])){_SIGN_BEHIND}").regex


def _longest(some: list[_Tried], text: str, view: str, at: int) -> Atom | None:
    """The longest match at `at`, of the first rule that has it."""
    best, best_end, by = None, at, None
    for tried in some:
        match = tried.match(view, at)
        if match is not None and (stop := match.end()) > best_end and _ends(text, stop):
            best, best_end, by = match, stop, tried
    return _atom(best, by) if best and by else None


def _begins(view: str, at: int) -> bool:
    """Whether a word or a number begins here: not within a word, a decimal or a grouped number."""
    before = view[at - 1 : at]
    if before in " \n":  # most often; nothing is in it, too
        return True
    if before.isalnum() or before == "_":
        return False
    digits_before = at > 1 and view[at - 2].isdigit()
    return not (digits_before and before in ".," and view[at].isdigit())


def _ends(text: str, end: int) -> bool:
    """Whether a word ends here; a capital may be glued to a number, where a paragraph's end was lost (1961Le)."""
    if end >= len(text) or not text[end].isalnum():
        return True
    return text[end - 1].isdigit() and text[end].isupper() and text[end + 1 : end + 2].islower()


def _atom(match: re.Match[str], by: _Tried) -> Atom:
    words = match.groups()
    said = by.known.get(words)
    if said is None:
        if len(by.known) == _KNOWN:
            by.known.clear()
        said = by.known[words] = _said(match.groupdict(), by)
    spec, part = said
    return Atom(*match.span(), by.rule, spec, by.weak, by.article, part, isinstance(spec, Open))


def _said(groups: Groups, by: _Tried) -> tuple[Spec | None, str]:
    """What the words of a match say, and the time of the day."""
    return by.read(groups), day_part(groups) if by.timed else ""

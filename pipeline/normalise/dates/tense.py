"""The tense of the clause that a date stands in, by the verbs and words beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline.lexicon import Rule, fold, load_rules, mapping
from pipeline.lexicon.compiled import compiled
from pipeline.normalise.dates.cues import words

#: what makes a dot one of an abbreviation, which ends nothing: « Jeudi, M. Sow ira … »
_SHORT = "".join(rf"(?<!\b{re.escape(form)})" for form in mapping("abbreviations") if form.endswith("."))
_CLAUSE = re.compile(rf"[.;:!?\n(),](?:(?<![.,])|(?<=,) |(?<=\.){_SHORT})")
_SENTENCE = re.compile(rf"[.;!?\n](?:(?<!\.)|{_SHORT})")
_INSIDE = re.compile(r"[^\W_][,]?[ \n'’-]\Z")
_REACH = 200  #: so far from the date is looked, in characters
_GROUP = re.compile(r"\(\?P<(\w+)>")
_NEUTRAL, _FUTURE, _PAST = "NEUTRAL", "FUTURE", "PAST"
_AWAITED = "AWAITED"  #: what is planned lies ahead, unless the sentence goes on in the past
_OPENING = 30  #: a date that opens a sentence stands so near its beginning
_NEAR = 60  #: so far before the date a sign beside it may begin


class Signs(NamedTuple):
    """One pattern for all signs of a place; {its group: (label of a sign, {group of a letter: whether it is bare})}."""

    regex: re.Pattern[str]
    read: dict[str, tuple[str, dict[str, bool]]]


@cache
def _signs(where: str) -> Signs:
    """The signs of a place; the names of their groups are numbered, as each sign has its own."""
    chosen = [rule for rule in load_rules("dates_tense") if rule.extra["where"] == where]
    patterns = (_GROUP.sub(rf"(?P<\g<1>{number}>", rule.regex.pattern) for number, rule in enumerate(chosen))
    named = "|".join(f"(?P<sign{number}>{pattern})" for number, pattern in enumerate(patterns))
    regex = compiled(rf"(?<![a-z-])(?:{named})" + (r"\Z" if where == "beside" else "")).regex
    return Signs(regex, {f"sign{number}": _read(rule, number) for number, rule in enumerate(chosen)})


def _read(rule: Rule, number: int) -> tuple[str, dict[str, bool]]:
    label = _AWAITED if rule.extra.get("planned") else rule.label
    return label, {f"{name}{number}": name.startswith("bare") for name in rule.regex.groupindex}


def tense(text: str, view: str, start: int, end: int, *, behind: bool = True) -> str | None:
    """FUTURE, PAST or None for the clause around text[start:end]; the verb before the date counts first.

    Without `behind`, what stands behind the date says nothing of it: « l'indice de juillet sera publié lundi ».
    """
    sign = _sign(text, view, start, end, behind=behind)
    return sign if sign != _NEUTRAL else None


def _sign(text: str, view: str, start: int, end: int, *, behind: bool = True) -> str | None:
    """The label of the sign that decides the tense of a clause; None where there is no sign."""
    left = _clause_start(view, start)
    signs = _told(_signs("beside"), text, view, max(left, start - _NEAR), start)
    signs = signs or _told(_signs("clause"), text, view, left, start)[-1:]
    if not signs and behind:
        right = _next(_CLAUSE, view, end)
        after = _told(_signs("clause"), text, view, end, right)
        signs = after or (_rest(text, view, left, right) if start - left < _OPENING else [])
    if not signs and words("coordinators").issuperset(view[left:start].split()):
        signs = _told(_signs("clause"), text, view, _sentence_start(view, left), left)[-1:]
    if signs[:1] == [_AWAITED]:
        return _NEUTRAL if _PAST in _told(_signs("clause"), text, view, end, _next(_SENTENCE, view, end)) else _FUTURE
    return signs[0] if signs else None


def _clause_start(view: str, at: int) -> int:
    """Where the clause begins that `at` stands in; it mostly is short."""
    for reach in (_NEAR, _REACH):
        ends = [match.end() for match in _CLAUSE.finditer(view, max(0, at - reach), at)]
        if ends:
            return ends[-1]
    return max(0, at - _REACH)


def _sentence_start(view: str, at: int) -> int:
    """Where the sentence begins that `at` stands in, or so far before it as is looked."""
    ends = [match.end() for match in _SENTENCE.finditer(view, max(0, at - _REACH), at)]
    return ends[-1] if ends else max(0, at - _REACH)


def done(text: str, view: str, at: int) -> bool:
    """Whether a verb directly before tells of something as done: « avait saisi | dès le 3 mai »."""
    before = list(_found(_signs("clause"), text, view, max(0, at - _NEAR), at))
    return bool(before) and before[-1][1] == _PAST and not view[before[-1][0] : at].strip()


def _rest(text: str, view: str, left: int, right: int) -> list[str]:
    """The tense of the sentence behind a clause that opens it: « Vendredi, le ministre se rendra … »."""
    before = view[max(0, left - 3) : left].rstrip(" ")
    if before and before[-1] not in ".!?;:\n":
        return []
    return _told(_signs("clause"), text, view, right, _next(_SENTENCE, view, right))


def _next(pattern: re.Pattern[str], view: str, at: int) -> int:
    found = pattern.search(view, at, at + _REACH)
    return found.start() if found else min(len(view), at + _REACH)


def _told(signs: Signs, text: str, view: str, start: int, end: int) -> list[str]:
    """The labels of the signs between two offsets."""
    return [label for _, label in _found(signs, text, view, start, end)]


def _found(signs: Signs, text: str, view: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """The signs between two offsets: where each ends, and its label."""
    for match in signs.regex.finditer(view, start, end):
        label, letters = signs.read[match.lastgroup or ""]
        if not _is_name(text, match.start()) and (not letters or _accents(match, text, letters)):
            yield match.end(), label


def _is_name(text: str, at: int) -> bool:
    """Whether a capital inside a sentence says that a word is a name, and no verb: « à Uvira »."""
    return text[at].isupper() and _INSIDE.search(text, max(0, at - 3), at) is not None


def _accents(match: re.Match[str], text: str, letters: dict[str, bool]) -> bool:
    """Whether the letters that decide bear an accent, or none, as the sign says."""
    for name, bare in letters.items():
        if match[name] is not None:
            letter = text[match.start(name)].lower()
            if (fold(letter) == letter) != bare:
                return False
    return True


def evaluate(text: str) -> list[tuple[str, str]]:
    """What an example of rules/dates_tense.toml gives: the tense at its last word, for `greffier lexicon check`."""
    found = _sign(text, fold(text), text.rindex(" ") + 1, len(text))
    return [("tense", found)] if found else []

"""The tense of the clause that a date stands in, by the verbs and words beside it."""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon import fold, load_rules, mapping

#: a dot, but for one of an abbreviation, which ends nothing: « Jeudi, M. Sow ira … »
_DOT = r"\." + "".join(rf"(?<!\b{re.escape(form)})" for form in mapping("abbreviations") if form.endswith("."))
_CLAUSE = re.compile(rf"{_DOT}|[;:!?\n()]|, ")
_SENTENCE = re.compile(rf"{_DOT}|[;!?\n]")
_INSIDE = re.compile(r"[^\W_][,]?[ \n'’-]\Z")
_REACH = 200  #: so far from the date is looked, in characters
_GROUP = re.compile(r"\(\?P<(bare|accented)>")
_NEUTRAL, _FUTURE, _PAST = "NEUTRAL", "FUTURE", "PAST"
_AWAITED = "AWAITED"  #: what is planned lies ahead, unless the sentence goes on in the past
_OPENING = 30  #: a date that opens a sentence stands so near its beginning
_NEAR = 60  #: so far before the date a sign beside it may begin


@cache
def _signs(where: str) -> re.Pattern[str]:
    """One pattern for all signs of a place; its groups are named as the labels, with a number behind."""
    chosen = [rule for rule in load_rules("dates_tense") if rule.extra["where"] == where]
    patterns = (_GROUP.sub(rf"(?P<\g<1>{number}>", rule.regex.pattern) for number, rule in enumerate(chosen))
    named = "|".join(
        f"(?P<{_AWAITED if rule.extra.get('planned') else rule.label}_{n}>{pattern})"
        for n, (rule, pattern) in enumerate(zip(chosen, patterns, strict=True))
    )
    return re.compile(rf"(?<![a-z-])(?:{named})" + (r"\Z" if where == "beside" else ""))


def tense(text: str, view: str, start: int, end: int, *, behind: bool = True) -> str | None:
    """FUTURE, PAST or None for the clause around text[start:end]; the verb before the date counts first.

    Without `behind`, what stands behind the date says nothing of it: « l'indice de juillet sera publié lundi ».
    """
    sign = _sign(text, view, start, end, behind=behind)
    return sign if sign != _NEUTRAL else None


def _sign(text: str, view: str, start: int, end: int, *, behind: bool = True) -> str | None:
    """The label of the sign that decides the tense of a clause; None where there is no sign."""
    left = max(0, start - _REACH)
    left = max([left, *(m.end() for m in _CLAUSE.finditer(view, left, start))])
    signs = _told(_signs("beside"), text, view, max(left, start - _NEAR), start)
    signs = signs or _told(_signs("clause"), text, view, left, start)[-1:]
    if not signs and behind:
        right = _next(_CLAUSE, view, end)
        after = _told(_signs("clause"), text, view, end, right)
        signs = after or (_rest(text, view, left, right) if start - left < _OPENING else [])
    if signs[:1] == [_AWAITED]:
        return _NEUTRAL if _PAST in _told(_signs("clause"), text, view, end, _next(_SENTENCE, view, end)) else _FUTURE
    return signs[0] if signs else None


def _rest(text: str, view: str, left: int, right: int) -> list[str]:
    """The tense of the sentence behind a clause that opens it: « Vendredi, le ministre se rendra … »."""
    before = view[max(0, left - 3) : left].rstrip(" ")
    if before and before[-1] not in ".!?;:\n":
        return []
    return _told(_signs("clause"), text, view, right, _next(_SENTENCE, view, right))


def _next(pattern: re.Pattern[str], view: str, at: int) -> int:
    found = pattern.search(view, at, at + _REACH)
    return found.start() if found else min(len(view), at + _REACH)


def _told(signs: re.Pattern[str], text: str, view: str, start: int, end: int) -> list[str]:
    found = signs.finditer(view, start, end)
    return [_label(match) for match in found if _accents(match, text) and not _is_name(text, match.start())]


def _is_name(text: str, at: int) -> bool:
    """Whether a capital inside a sentence says that a word is a name, and no verb: « à Uvira »."""
    return text[at].isupper() and _INSIDE.search(text, max(0, at - 3), at) is not None


def _label(match: re.Match[str]) -> str:
    return next(
        name.partition("_")[0] for name, value in match.groupdict().items() if value is not None and "_" in name
    )


def _accents(match: re.Match[str], text: str) -> bool:
    """Whether the letters that decide bear an accent, or none, as the sign says."""
    for name, value in match.groupdict().items():
        if value is None or name[0].isupper():
            continue
        letter = text[match.start(name)].lower()
        if (fold(letter) == letter) != name.startswith("bare"):
            return False
    return True


def evaluate(text: str) -> list[tuple[str, str]]:
    """What an example of rules/dates_tense.toml gives: the tense at its last word, for `greffier lexicon check`."""
    found = _sign(text, fold(text), text.rindex(" ") + 1, len(text))
    return [("tense", found)] if found else []

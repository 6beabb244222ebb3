"""The tense of the clause that a date stands in, by the verbs and words beside it."""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon import load_rules

_CLAUSE = re.compile(r"[.;:!?\n\"«»“”()]|, ")
_SENTENCE = re.compile(r"[.;!?\n]")
_REACH = 200  #: so far from the date is looked, in characters


@cache
def _signs() -> re.Pattern[str]:
    named = "|".join(f"(?P<{rule.label}>{rule.regex.pattern})" for rule in load_rules("dates_tense"))
    return re.compile(rf"(?<![a-z'-])(?:{named})")


def tense(text: str, view: str, start: int, end: int) -> str | None:
    """FUTURE, PAST or None for the clause around text[start:end]; the verb before the date counts first."""
    left = max(0, start - _REACH)
    left = max([left, *(m.end() for m in _CLAUSE.finditer(view, left, start))])
    right = _next(_CLAUSE, view, end)
    before = _told(text, view, left, start)
    if before:
        return before[-1]
    after = _told(text, view, end, right)
    if after:
        return after[0]
    if not _opens_sentence(view, left):
        return None
    rest = _told(text, view, right, _next(_SENTENCE, view, right))
    return rest[0] if rest else None


def _opens_sentence(view: str, at: int) -> bool:
    before = view[max(0, at - 3) : at].rstrip(" ")
    return not before or before[-1] in ".!?\n"


def _next(pattern: re.Pattern[str], view: str, at: int) -> int:
    found = pattern.search(view, at, at + _REACH)
    return found.start() if found else min(len(view), at + _REACH)


def _told(text: str, view: str, start: int, end: int) -> list[str]:
    signs = _signs().finditer(view, start, end)
    return [m.lastgroup or "" for m in signs if text[m.start()].lower() == view[m.start()]]

"""Whether a clause says something as a fact: negated, possible, planned or reported, and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from pipeline.lexicon import pattern
from pipeline.relate.clauses import Sentence, behind, offset
from pipeline.relate.groups import Group, named, rule, subject

_REACH = 200  #: characters that a clause looks back
_DEGREES = ("negated", "possible", "planned")
_NAMES = frozenset(("PER", "ORG", "LOC"))


class Modality(NamedTuple):
    """How something is said: None where as a fact; `source`: who says it, where they are named."""

    modality: str | None = None
    source: str | None = None


_rule = partial(pattern, "modality")


def modality(
    sentence: Sentence, found: Sequence[Group], start: int, end: int, until: int | None = None, since: int | None = None
) -> Modality:
    """How the words from `start` to `end` are said, which hold a verb or stand beside it.

    The clause reaches from `since`, or its opening before `start`, to `until`, or `end`; who reports it stands outside.
    """
    clause = opening(sentence, start)
    degree = _degree(sentence, max(clause, since or clause), max(end, until or end))
    source = _reporter(sentence, list(found), clause, end)
    return Modality(degree or ("reported" if source is not None else None), source or None)


def negated(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the clause of some words is negated."""
    return _is(_DEGREES[0], _without_names(sentence, opening(sentence, start), end))


def degree(sentence: Sentence, start: int, end: int) -> str | None:
    """Whether the clause of some words is negated, possible or planned; None where it is none of them."""
    return _degree(sentence, opening(sentence, start), end)


def _degree(sentence: Sentence, start: int, end: int) -> str | None:
    words = _without_names(sentence, start, end)
    return next((name for name in _DEGREES if _is(name, words)), None)


def _is(degree: str, words: str) -> bool:
    return _rule(degree).search(words) is not None


def _without_names(sentence: Sentence, start: int, end: int) -> str:
    """The folded words between two offsets, names without their letters."""
    words = sentence.view[start:end]
    for mention in sentence.within(start, end):
        if mention.label in _NAMES and behind(mention) <= end:
            low, high = offset(mention) - start, behind(mention) - start
            words = words[:low] + "x" * (high - low) + words[high:]
    return words


def opening(sentence: Sentence, at: int) -> int:
    """Where the clause of an offset begins."""
    return _opening(sentence.view, max(sentence.start, at - _REACH), at)


@lru_cache(1)  # who takes part in an event, whether it is negated and who says so: all ask for the clause in hand
def _opening(view: str, low: int, at: int) -> int:
    ends = [match.end() for match in _rule("opens").finditer(view, low, at)]
    return ends[-1] if ends else low


def _reporter(sentence: Sentence, found: list[Group], clause: int, end: int) -> str | None:
    """The name of who says a clause, "" where it is said without a name, None where nobody says it."""
    before = _rule("reported").search(sentence.before(clause))
    if before:
        verb = clause - len(sentence.before(clause)) + before.start()
        return _name(subject(sentence, found, verb))
    may_be = "modality.according" in sentence.cues
    if may_be and (according := _rule("according").search(sentence.view, sentence.start, sentence.end)):
        return _behind(sentence, found, according.end())
    match = _rule("attributed").search(sentence.behind(end))
    if match is None:
        return None
    return _behind(sentence, found, end + match.end()) or _name(subject(sentence, found, end + match.start("verb")))


def _behind(sentence: Sentence, found: list[Group], at: int) -> str:
    """The name right behind an offset."""
    return _name([g for g in found if g.start >= at and rule("near").search(sentence.view[at : g.start])][:1])


def _name(found: list[Group]) -> str:
    names = named(found)
    return names[0].name if names else ""

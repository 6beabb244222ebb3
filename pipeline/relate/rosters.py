"""Lists of holders under an office, as decrees have them: « Directeur du Budget : », then « - M. X » a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.fields import replace
from pipeline.lexicon import mapping, single_words
from pipeline.records import Annotated, Mention
from pipeline.relate.clauses import Sentence, behind, offset, sentences
from pipeline.relate.gaps import TOKEN, small_words
from pipeline.relate.ties import COMPLEMENT, Tie

ROSTER = "roster"
#: what opens a line of a list: « - », « a) », « 1. », « II. »
_NUMBER = r"(?:\d{1,3}|[ivxlc]{1,6}|[a-z])[ ]?[.)°-]+"
_ITEM = re.compile(rf"[ \t]*(?:[-–—•*▪]|{_NUMBER})[ \t]*")


def rosters(annotated: Annotated) -> Iterator[tuple[Sentence, Tie]]:
    """(sentence, tie) of each first name of the lines under a line that ends in an office and a colon.

    The sentence reaches from the office to the name. A line of the list that has an office of its own before the name
    ends it, as one without a name does.
    """
    found = sentences(annotated)
    role: Mention | None = None
    for start, end in _lines(found[0].view if found else ""):
        here = [m for m in annotated.mentions if start <= offset(m) < end]
        person = _listed(found[0].view, start, here) if role else None
        if role and person:
            yield _between(annotated, found, role, person), (person, role, ROSTER)
        else:
            role = _heading(found[0].view, start, end, here)


def _lines(view: str) -> Iterator[tuple[int, int]]:
    """The offsets of the lines that are not empty."""
    return (m.span() for m in re.finditer(r"[^\n]*\S[^\n]*", view))


def _heading(view: str, start: int, end: int, here: list[Mention]) -> Mention | None:
    """The office that a line ends in, but for its organisation and a colon; it begins the line or is appointed to."""
    roles = [m for m in here if m.label == "ROLE" and m.value is not None]
    if not roles or not view[start:end].rstrip().endswith(":"):
        return None
    last = behind(roles[-1])
    tail = [m for m in here if m.label in ("ORG", "LOC", "DEMONYM") and offset(m) >= last]
    words = _without(view, last, end, tail)
    item = _ITEM.match(view, start, offset(roles[-1]))
    before = TOKEN.findall(view[item.end() if item else start : offset(roles[-1])])
    fit = small_words().issuperset(before) or any(word.rstrip("s") in mapping("appointed") for word in before)
    known = small_words().issuperset(words[:-1]) or mapping("function_words").keys().isdisjoint(
        word for word in words[:-1] if word not in COMPLEMENT
    )
    return roles[-1] if fit and words[-1:] == [":"] and known else None


def _without(view: str, start: int, end: int, left_out: list[Mention]) -> list[str]:
    for mention in reversed(left_out):
        view = view[: offset(mention)] + " " * (behind(mention) - offset(mention)) + view[behind(mention) :]
    return TOKEN.findall(view[start:end])


def _listed(view: str, start: int, here: list[Mention]) -> Mention | None:
    """The name that an item of a list begins with, behind its titles."""
    item = _ITEM.match(view, start)
    person = next((m for m in here if m.label == "PER"), None)
    if item is None or person is None:
        return None
    titles = TOKEN.findall(view[item.end() : offset(person)])
    return person if single_words("titles").issuperset(titles) else None


def _between(annotated: Annotated, found: list[Sentence], role: Mention, person: Mention) -> Sentence:
    """The sentence of a name, from the office above it on."""
    own = next(s for s in found if s.start <= offset(person) < s.end)
    inside = tuple(m for m in annotated.mentions if offset(role) <= offset(m) <= offset(person))
    return replace(own, start=min(offset(role), own.start), mentions=inside)

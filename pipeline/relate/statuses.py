"""What the verbs of a sentence say of an instrument: signed, ratified, in force …, and since when that holds."""

from __future__ import annotations

import re

from pipeline.lexicon import mapping
from pipeline.records import Annotated
from pipeline.relate.clauses import REACH, Sentence, behind, holder_rule, offset

NEAR = 160  #: characters around a count in which the verb of its clause stands
OPENING = 30  #: characters from a sentence's start in which a date says when all of it holds


def status(sentence: Sentence, start: int, end: int) -> str | None:
    """The status that the nearest verb gives to what stands at `start`:`end`; None where none does, or not."""
    cue = nearest(sentence, start, end, "value")
    if cue is None or holder_rule("negated").search(sentence.before(cue.start())):
        return None
    if holder_rule("future").search(sentence.before(cue.start())):
        return "planned"
    return _listed(cue, "value")


def status_of_part(sentence: Sentence, end: int) -> str | None:
    """The status that the verb behind `end` gives to a part of what ends there: « des huit pactes ont été signés »."""
    for cue in holder_rule("status").finditer(sentence.view, end, min(sentence.end, end + REACH)):
        between = sentence.view[end : cue.start()]
        if holder_rule("apart").search(between):
            return None
        if holder_rule("finite").search(between) and _listed(cue, "value"):
            return None if holder_rule("negated").search(between) else _listed(cue, "value")
    return None


def relation(sentence: Sentence, start: int, end: int) -> str | None:
    """The relation of a party to what stands at `start`:`end`, as the nearest verb has it; None for one to come."""
    cue = nearest(sentence, start, end, "relation")
    if cue is None or holder_rule("future").search(sentence.before(cue.start())):
        return None
    return _listed(cue, "relation")


def nearest(sentence: Sentence, start: int, end: int, column: str) -> re.Match[str] | None:
    """The nearest listed word with something in `column`, in the clause, no count between; of two, the later."""
    window = max(sentence.start, start - REACH), min(sentence.end, end + REACH)
    cues = [c for c in holder_rule("status").finditer(sentence.view, *window) if _listed(c, column)]
    around = [m for m in sentence.mentions if window[0] <= offset(m) < window[1]]
    others = [m for m in around if m.label == "COUNT" and (behind(m) <= start or offset(m) >= end)]
    near = []
    for cue in cues:
        low, high = (cue.end(), start) if cue.end() <= start else (end, cue.start())
        blocked = any(low <= offset(m) < high for m in others) or holder_rule("apart").search(sentence.view[low:high])
        if low <= high and not blocked:
            near.append((high - low, -cue.start(), cue))
    return min(near, key=lambda n: n[:2])[2] if near else None


def _listed(cue: re.Match[str], column: str) -> str | None:
    return mapping("treaty_statuses", value=column)[" ".join(cue["form"].split())] or None


def as_of(annotated: Annotated, sentence: Sentence, start: int, end: int) -> str | None:
    """EDTF date that a clause holds at: the date that opens the sentence, or, in the present, that of publication."""
    for mention in sentence.mentions:
        value = mention.value
        opens = mention.label == "DATE" and behind(mention) <= start and offset(mention) - sentence.start <= OPENING
        if opens and value is not None and value.date_start and value.date_end and not value.open:
            return str(value.edtf) if value.edtf else None
    clause = sentence.view[max(sentence.start, start - NEAR) : start] + " " + sentence.behind(end)[:NEAR]
    return annotated.document.published if holder_rule("present").search(clause) else None

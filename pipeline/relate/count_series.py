"""Counts said together, « 12 accords et 5 pactes », and counts that point back: « ces deux accords », « le double »."""

from __future__ import annotations

from pipeline.fields import replace
from pipeline.records import Mention, TreatyCount
from pipeline.relate.clauses import Sentence, behind, holder_rule, offset

MULTIPLE = "multiple"  #: the rule of rules/counts.toml whose number says how many times the count before


def series(sentence: Sentence, mention: Mention) -> tuple[int, int]:
    """The offsets of the counts that a count is coordinated with: what is said of one is said of all."""
    start, end = offset(mention), behind(mention)
    counts = [m for m in sentence.mentions if m.label == "COUNT"]
    for other in reversed([m for m in counts if behind(m) <= start]):
        if not holder_rule("listed").search(sentence.view[behind(other) : start]):
            break
        start = offset(other)
    for other in (m for m in counts if offset(m) >= end):
        if not holder_rule("listed").search(sentence.view[end : offset(other)]):
            break
        end = behind(other)
    return start, end


def pointing_back(row: TreatyCount, sentence: Sentence, mention: Mention, rows: list[TreatyCount]) -> TreatyCount:
    """A row with what the count says that it points back to; `rows` are the rows before it."""
    if mention.value.rule == MULTIPLE:
        return _multiple(row, rows[-1]) if rows else row
    same = [r for r in rows if (r.count, r.instrument) == (row.count, row.instrument)]
    if not same or not holder_rule("again").search(sentence.before(offset(mention))):
        return row
    return replace(row, **{name: getattr(row, name) or getattr(same[-1], name) for name in ("subject", "counterpart")})


def _multiple(row: TreatyCount, once: TreatyCount) -> TreatyCount:
    """« le double » as a number: of the count before, and as exact."""
    times = (row.count or 1) * (once.count or 1)
    return replace(row, count=times, qualifier=once.qualifier, subject=row.subject or once.subject)

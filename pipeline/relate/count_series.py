"""Counts said together, « 12 accords et 5 pactes », and counts that point back: « ces deux accords », « le double »."""

from __future__ import annotations

from pipeline.fields import replace
from pipeline.records import Mention, TreatyCount
from pipeline.relate.clauses import Sentence, behind, holder_rule, offset

#: rules of rules/counts.toml whose number is told by another count: how many times that, how many parts of it
MULTIPLE, SHARE = "multiple", "share"


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


def whole_of(sentence: Sentence, mention: Mention) -> Mention | None:
    """The count right behind that one is a part of: « la moitié | des 40 accords », « six | des huit pactes »."""
    for other in sentence.mentions:
        if other.label == "COUNT" and other.value is not None and offset(other) > behind(mention):
            return other if holder_rule("share_of").fullmatch(sentence.view[behind(mention) : offset(other)]) else None
    return None


def pointing_back(row: TreatyCount, sentence: Sentence, mention: Mention, rows: list[TreatyCount]) -> TreatyCount:
    """A row with what the count says that it points back to; `rows` are the rows before it."""
    if mention.value.rule == MULTIPLE:
        return _multiple(row, rows[-1]) if rows else row
    if mention.value.rule == SHARE:
        return _share(row, sentence, mention, rows)
    same = [r for r in rows if (r.count, r.instrument) == (row.count, row.instrument)]
    if not same or not holder_rule("again").search(sentence.before(offset(mention))):
        return row
    return replace(row, **{name: getattr(row, name) or getattr(same[-1], name) for name in ("subject", "counterpart")})


def _share(row: TreatyCount, sentence: Sentence, mention: Mention, rows: list[TreatyCount]) -> TreatyCount:
    """« la moitié des 40 accords » as a number: of the count that follows, else of the one before."""
    whole = whole_of(sentence, mention)
    if whole is None and not rows:
        return row
    count, qualifier = (
        (whole.value.count, whole.value.qualifier) if whole else (rows[-1].count or 0, rows[-1].qualifier)
    )
    part, rest = divmod(count * (row.count or 1), mention.value.parts)
    exact = qualifier if not rest else "approx"
    return replace(row, count=part + (2 * rest >= mention.value.parts), qualifier=exact)


def _multiple(row: TreatyCount, once: TreatyCount) -> TreatyCount:
    """« le double » as a number: of the count before, and as exact."""
    times = (row.count or 1) * (once.count or 1)
    return replace(row, count=times, qualifier=once.qualifier, subject=row.subject or once.subject)

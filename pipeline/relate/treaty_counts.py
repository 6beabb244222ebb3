"""Counted instruments with their holders, counterparts, status and date."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from pipeline.lexicon import fold, mapping
from pipeline.records import Annotated, Mention, TreatyCount
from pipeline.relate.clauses import (
    REACH,
    Party,
    Sentence,
    behind,
    holder_rule,
    of_nation,
    offset,
    provenance,
    sentences,
    together,
)
from pipeline.relate.count_series import pointing_back, series, whole_of
from pipeline.relate.envoys import with_envoys
from pipeline.relate.holders import Holders, holders
from pipeline.relate.homes import countries, home_of, partner
from pipeline.relate.statuses import as_of, status, status_of_part

_OFTEN = 3  #: so often each of the two countries that a document is about is named


def treaty_counts(annotated: Annotated) -> list[TreatyCount]:
    """The counts of a document in the order of the text, one row a COUNT mention that has a value."""
    rows: list[TreatyCount] = []
    found = sentences(annotated)
    for index, sentence in enumerate(found):
        if "COUNT" not in sentence.labels:
            continue
        counts = [m for m in sentence.mentions if m.label == "COUNT" and m.value is not None]
        around = [with_envoys(s) for s in found[max(0, index - 1) : index + 1]] if counts else []
        for mention in counts:
            row = _row(annotated, around[:-1], around[-1], mention, rows)
            rows.append(pointing_back(row, around[-1], mention, rows))
    return rows


def _row(
    annotated: Annotated, before: list[Sentence], sentence: Sentence, mention: Mention, rows: list[TreatyCount]
) -> TreatyCount:
    value, start, end = mention.value, offset(mention), behind(mention)
    first, last = series(sentence, mention)
    whole = whole_of(sentence, mention)
    last = behind(whole) if whole else last
    who = _inside(sentence, whole or mention) or holders(before, sentence, start, last, annotated)
    holder, code = _holder(who, value, _held_before(sentence, mention, rows))
    return TreatyCount(
        holder=holder,
        holder_country=code,
        count=value.count,
        qualifier=value.qualifier,
        instrument=value.instrument or mention.key or None,
        scope=_scope(before, sentence, mention, last, who, rows) or _context_scope(annotated, sentence, holder),
        subject=value.subject,
        counterpart=_counterpart(annotated.text, sentence, start, last),
        status=status_of_part(sentence, last) if whole else _status(sentence, mention, first, last),
        as_of=as_of(annotated, sentence, start, end),
        **provenance(annotated, sentence, start, end, f"counts:{value.rule}"),
    )


def _status(sentence: Sentence, mention: Mention, first: int, last: int) -> str | None:
    """The status of a count; of the whole of « six des huit pactes ont été signés », not what is said of the part."""
    told = status(sentence, first, last)
    counts = [m for m in sentence.mentions if m.label == "COUNT" and m.value is not None and behind(m) < first]
    apart = told is not None and any(whole_of(sentence, m) is mention for m in counts)
    return None if apart and told == status_of_part(sentence, last) else told


def _held_before(sentence: Sentence, mention: Mention, rows: list[TreatyCount]) -> TreatyCount | None:
    """The count before in the sentence, or, for « ces deux accords », the one that it says again."""
    again = holder_rule("again").search(sentence.before(offset(mention)))
    same = (mention.value.count, mention.value.instrument or mention.key)
    held = [r for r in rows if r.sentence == sentence.number or (again and (r.count, r.instrument) == same)]
    return held[-1] if held else None


def _inside(sentence: Sentence, mention: Mention) -> Holders | None:
    """« deux déclarations de la Pologne », « deux accords polonais »: the country in the phrase itself."""
    start, end = offset(mention), behind(mention)
    nations = [m for m in sentence.mentions if m.label == "DEMONYM" and start < offset(m) <= end + 1]
    if len(nations) == 1 and fold(nations[0].text or "") not in fold(mention.value.subject or ""):
        return Holders((of_nation(nations[0]),))
    inner = [p for p in sentence.parties if start < p.start and p.end <= end and p.label == "STATE"]
    owned = [p for p in inner if holder_rule("owned").search(sentence.view[start : p.start])]
    return Holders((owned[0],)) if len(owned) == 1 and not mention.value.subject else None


def _holder(who: Holders, value: Any, last: TreatyCount | None) -> tuple[str | None, str | None]:
    """Name and country of the holder: of one that is said, of the instruments' organisation, or of the count before."""
    if who.parties:
        return (who.one.name, who.one.country) if who.one else (None, None)
    if value.organisation:
        return value.organisation, None
    return (last.holder, last.holder_country) if last else (None, None)


def _scope(
    before: list[Sentence], sentence: Sentence, mention: Mention, end: int, who: Holders, rows: list[TreatyCount]
) -> str | None:
    """The scope that the phrase says, else what its parties say, else that of the count that it is a part of.

    `end` is where the counts end that it is coordinated with.
    """
    start = offset(mention)
    if mention.value.scope:
        return str(mention.value.scope)
    if who.one and fold(who.one.name) in mapping("multilateral_organisations"):
        return "multilateral"
    if who.two_states or _has_two_sides(sentence, start, end, bool(who.parties)):
        return "bilateral"
    return _whole(sentence, mention, rows) or ("bilateral" if _two_nations([*before, sentence]) else None)


def _context_scope(annotated: Annotated, sentence: Sentence, holder: str | None) -> str | None:
    """The scope of instruments that nobody is said to have: of many where the sentence speaks of their members, of two
    in a document that is about two countries."""
    if holder_rule("many").search(sentence.words):
        return "multilateral"
    ours = holder_rule("ours").search(sentence.words)
    return "bilateral" if not (holder or ours) and _is_about_two(annotated) else None


def _is_about_two(annotated: Annotated) -> bool:
    """Whether a document is about two countries, each named often enough to say so."""
    named, home = countries(annotated), home_of(annotated)
    other = partner(named, home)
    return other is not None and min(named[home], named[other]) >= _OFTEN


def _has_two_sides(sentence: Sentence, start: int, end: int, held: bool) -> bool:
    """Whether the instruments are between two parties, with one state, or those of « les deux pays »."""
    beside = _with(sentence, start, end)
    between = _between(sentence, sentence.start if not held else end)
    pair = holder_rule("pair").search(sentence.before(start))
    sides = ("STATE", "PLACE") if beside and beside[0].country else ("STATE",)
    tied = holder_rule("pair_behind").match(sentence.behind(end))
    return len(between) == 2 or (len(beside) == 1 and beside[0].label in sides) or bool((pair or tied) and not held)


def _between(sentence: Sentence, start: int) -> list[Party]:
    """The parties of « entre la Chine et le Laos », from an offset of the sentence on."""
    for party in sentence.parties:
        if party.start >= start and holder_rule("between").search(sentence.before(party.start)):
            return together(sentence, party)
    return []


def _with(sentence: Sentence, start: int, end: int) -> list[Party]:
    """The parties of « avec la Suisse », behind the count or right before it."""
    for party in sentence.parties:
        clause = sentence.view[end : party.start] if party.start >= end else sentence.view[party.end : start].strip()
        near = (
            party.start >= end and not holder_rule("aside").search(clause) and not _counts(sentence, end, party.start)
        )
        if (near or (party.end <= start and not clause)) and holder_rule("with").search(sentence.before(party.start)):
            return together(sentence, party) if not holder_rule("more").match(sentence.behind(party.end)) else []
    return []


def _counts(sentence: Sentence, start: int, end: int) -> bool:
    return any(m.label == "COUNT" and start <= offset(m) < end for m in sentence.mentions)


def _counterpart(text: str, sentence: Sentence, start: int, end: int) -> str | None:
    """With whom, as written: countries by name, else « d'autres pays »."""
    named = _with(sentence, start, end)
    if named:
        return " et ".join(p.name for p in named)
    match = holder_rule("counterpart").search(sentence.behind(end))
    return " ".join(text[end + match.start("counterpart") : end + match.end("counterpart")].split()) if match else None


def _whole(sentence: Sentence, mention: Mention, rows: list[TreatyCount]) -> str | None:
    """The scope of the count that this one is a part of (« dont 14 conventions ») or says again."""
    instrument = mention.value.instrument or mention.key
    for row in reversed(rows):
        again = (row.count, row.instrument) == (mention.value.count, instrument)
        if row.scope and (again or _is_part(sentence, row, offset(mention))):
            return row.scope
    return None


def _is_part(sentence: Sentence, row: TreatyCount, at: int) -> bool:
    """Whether what stands at an offset is a part of a row's count: « …, dont »."""
    end = row.end_char or 0
    near = row.sentence == sentence.number and end >= at - REACH
    return near and holder_rule("subset").search(sentence.view[end:at]) is not None


def _two_nations(around: list[Sentence]) -> bool:
    """Whether the sentences speak of one pair of nations in one word: « commission algéro-serbe »."""
    pairs = set()
    for sentence in around:
        nations = [m for m in sentence.mentions if m.label == "DEMONYM"]
        for one, other in pairwise(nations):
            joined = offset(one) == offset(other) or sentence.view[behind(one) : offset(other)] == "-"
            if joined and one.key != other.key:
                pairs.add(frozenset((one.key, other.key)))
    return len(pairs) == 1

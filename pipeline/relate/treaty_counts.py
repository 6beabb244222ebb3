"""Counted instruments with their holders, counterparts, status and date."""

from __future__ import annotations

from typing import Any

from pipeline.lexicon import fold, mapping
from pipeline.records import Annotated, Mention, TreatyCount
from pipeline.relate.clauses import Party, Sentence, behind, holder_rule, of_nation, offset, provenance, sentences
from pipeline.relate.count_scopes import context_scope, scope
from pipeline.relate.count_series import pointing_back, series, whole_of
from pipeline.relate.count_sides import counterpart
from pipeline.relate.envoys import with_envoys
from pipeline.relate.holders import Holders, holders
from pipeline.relate.statuses import as_of, status, status_of_part


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
        scope=scope(before, sentence, mention, (first, last), who, rows) or context_scope(annotated, sentence, holder),
        subject=_subject(value.subject, who),
        counterpart=counterpart(annotated.text, sentence, start, last),
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
    return Holders((owned[0],)) if len(owned) == 1 and _may_own(sentence, mention, owned[0]) else None


def _may_own(sentence: Sentence, mention: Mention, owner: Party) -> bool:
    """Whether a country at the end of a phrase has the instruments, not what they are about: « partage du Soudan »."""
    subject = fold(mention.value.subject or "")
    about = " ".join(sentence.view[owner.start : owner.end].split()) in subject
    return owner.end == behind(mention) and (not about or subject.split()[0] in mapping("owned_topics"))


def _subject(told: str | None, who: Holders) -> str | None:
    """What instruments are about, without the country that has them: « pêche », of « pêche du Sénégal »."""
    own = holder_rule("owner").search(fold(told)) if told and who.one else None
    return told[: own.start()] if told and own and who.one and fold(who.one.name) in own["owner"] else told


def _holder(who: Holders, value: Any, last: TreatyCount | None) -> tuple[str | None, str | None]:
    """Name and country of the holder: of one that is said, of the instruments' organisation, or of the count before."""
    if who.parties:
        return (who.one.name, who.one.country) if who.one else (None, None)
    if value.organisation:
        return value.organisation, None
    return (last.holder, last.holder_country) if last else (None, None)

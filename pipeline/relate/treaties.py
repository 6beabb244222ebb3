"""Named instruments and their parties: « le Laos est partie à la Convention de Vienne »."""

from __future__ import annotations

from functools import partial

from pipeline.fields import replace
from pipeline.lexicon import fold, mapping, pattern
from pipeline.records import Annotated, Mention, Treaty
from pipeline.relate.clauses import (
    Party,
    Sentence,
    behind,
    holder_rule,
    is_state,
    offset,
    provenance,
    sentences,
    together,
)
from pipeline.relate.envoys import with_envoys
from pipeline.relate.holders import holders
from pipeline.relate.modality import degree
from pipeline.relate.statuses import relation
from pipeline.relate.treaty_names import Name, names

#: cues of a name
_HEADS = frozenset({"treaties.known", "treaties.named"})
#: the relations that a party cannot have alone
_MUTUAL = frozenset(("signed", "concluded"))
_rule = partial(pattern, "treaties")


def treaties(annotated: Annotated) -> list[Treaty]:
    """The named instruments of a document, one row a (instrument, party), where they first stand together.

    An instrument whose parties are not said has one row without; the two that it is `entre` have the relation party.
    """
    rows: dict[tuple[str, str | None], Treaty] = {}
    found = sentences(annotated)
    for index, sentence in enumerate(found):
        if _HEADS.isdisjoint(sentence.cues):
            continue
        told = [
            n for n in names(annotated.text, sentence.view, sentence.start, sentence.end) if _is_treaty(sentence, n)
        ]
        around = [with_envoys(s) for s in found[max(0, index - 1) : index + 1]] if told else []
        for name in told:
            for row in _rows(annotated, around[:-1], around[-1], name):
                rows.setdefault((fold(row.treaty or ""), row.party), row)
    with_party = {treaty for treaty, party in rows if party}
    return [row for (treaty, party), row in rows.items() if party or treaty not in with_party]


def _is_treaty(sentence: Sentence, name: Name) -> bool:
    """Whether a name is not counted, nor a common noun beside a place or an organisation: « accord Israël-Liban »."""
    counts = [m for m in sentence.mentions if m.label == "COUNT"]
    if not name.title and any(offset(m) < name.end and name.start < behind(m) for m in counts):
        return False
    beside = {m.label for m in sentence.mentions if offset(m) == name.proper}
    lead = sentence.view[name.start : max(name.start, name.proper)]
    if _rule("owned").search(lead) and any(is_state(m) for m in sentence.mentions if offset(m) == name.proper):
        return False
    return not (name.apposed and "LOC" in beside) and not (name.rule == "named" and "ORG" in beside)


def _rows(annotated: Annotated, before: list[Sentence], sentence: Sentence, name: Name) -> list[Treaty]:
    """A row for each party, or one without."""
    sides = _sides(sentence, name)
    held_by = [] if sides else list(holders(before, sentence, *name.span, annotated).parties)
    sides = sides or ([] if held_by else _bound(sentence, name))
    parties = sides or held_by or _signing(sentence, name)
    held = parties and degree(sentence, *name.span) is None
    said = "party" if sides else relation(sentence, *name.span) if held else None
    parties = parties + _counterparts(sentence, name) if said in _MUTUAL and not sides else parties
    date = _date(sentence, name) if said else None
    bare = Treaty(
        treaty=" ".join((name.title or annotated.text[name.start : name.end]).split()),
        instrument=mapping("treaties" if name.rule == "known" else "treaty_heads")[" ".join(name.head.split())],
        relation=said,
        date_start=date.value.date_start if date else None,
        date_end=date.value.date_end if date else None,
        **provenance(annotated, sentence, name.start, name.end, f"treaties:{name.rule}"),
    )
    return [replace(bare, party=p.name, party_country=p.country) for p in parties] or [bare]


def _bound(sentence: Sentence, name: Name) -> list[Party]:
    """« le pacte lie la Chine et le Laos »."""
    for party in sentence.parties:
        if party.start >= name.span[1] and _rule("binds").search(sentence.view[name.span[1] : party.start]):
            return together(sentence, party)
    return []


def _signing(sentence: Sentence, name: Name) -> list[Party]:
    """« le pacte a été signé en mai entre la Chine et le Laos »."""
    for party in sentence.parties:
        gap = sentence.view[name.span[1] : party.start]
        if party.start < name.span[1] or holder_rule("aside").search(gap):
            continue
        if holder_rule("between").search(gap) and holder_rule("status").search(gap):
            return together(sentence, party)
    return []


def _sides(sentence: Sentence, name: Name) -> list[Party]:
    """The two parties of « … entre la Chine et le Laos » right behind the name."""
    for party in sentence.parties:
        gap = sentence.view[name.span[1] : party.start]
        if party.start >= name.span[1] and holder_rule("between").match(gap.strip() + " "):
            group = together(sentence, party)
            return group if len(group) == 2 else []
    return []


def _counterparts(sentence: Sentence, name: Name) -> list[Party]:
    """With whom something was signed or concluded, right behind its name."""
    for party in sentence.parties:
        behind_all = sentence.view[name.span[1] : party.start].lstrip()
        if party.start >= name.span[1] and holder_rule("with").fullmatch(behind_all):
            return together(sentence, party)
    return []


def _date(sentence: Sentence, name: Name) -> Mention | None:
    """The date right behind the name, else the one of the sentence outside it: a day or a period with both ends."""
    start, end = name.span
    dates = [m for m in sentence.mentions if m.label == "DATE" and not start <= offset(m) < end]
    near = [m for m in dates if offset(m) > name.end and _rule("dated").match(sentence.view[name.end : offset(m)])]
    told = near or (dates if len(dates) == 1 else [])
    value = told[0].value if told else None
    return told[0] if value is not None and value.date_start and value.date_end else None

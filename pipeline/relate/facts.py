"""The facts of a document in one long table; words/predicates.csv says what each predicate means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from operator import attrgetter
from typing import Any

from pipeline.identifiers import identifiers
from pipeline.lexicon import fold, mapping
from pipeline.records import Event, Fact, Official, Provenance, Treaty, TreatyCount, columns
from pipeline.relate.clauses import provenance
from pipeline.relate.event_names import Name
from pipeline.relate.groups import groups
from pipeline.relate.modality import modality
from pipeline.relate.predications import Predication
from pipeline.relate.referents import Referents
from pipeline.relate.settings import days, places

Row = Official | TreatyCount | Treaty | Event
Columns = dict[str, Any]  #: a fact before it has its identifier
_LEADS, _MEMBER, _MET = "leads", "member_of", "met_with"
_VISITED = "visited"
_PROVENANCE = ("document", *(column.name for column in columns(Provenance)))
_proven = attrgetter(*_PROVENANCE)


def facts(rows: Iterable[Row], said: Iterable[Predication], referents: Referents) -> list[Fact]:
    """The rows of the other tables, and what verbs say, as subject, predicate, object; each fact once."""
    given = list(rows)
    events = {row.event_id: row for row in given if isinstance(row, Event)}
    found = [fact for row in given for fact in _FACTS[type(row)](referents, events, row)]
    found += [_predicated(referents, one) for one in said if one.predicate != _MET or one.said.modality == "negated"]
    once = {_key(fact): fact for fact in reversed(found) if fact.get("object") or fact.get("object_id")}
    ordered = [fact for _, fact in sorted(once.items(), key=_order)]
    ids = identifiers("fact", (_place(fact, number) for number, fact in enumerate(ordered)))
    return [Fact(fact_id=one, **fact) for fact, one in zip(ordered, ids, strict=True)]


def _order(keyed: tuple[tuple[str, ...], Columns]) -> tuple[Any, ...]:
    key, fact = keyed
    return fact["document"] or "", fact["start_char"] or 0, fact["end_char"] or 0, fact["predicate"] or "", *key


def _key(fact: Columns) -> tuple[str, ...]:
    """What makes two facts one: all but the evidence, the place and the date."""
    of, what = fact.get("subject_id") or fact["subject"], fact.get("object_id") or fact.get("object")
    negated = str(fact.get("modality") == "negated")
    return fold(of or ""), fold(fact["predicate"]), fold(what or ""), str(fact.get("value")), negated


def _place(fact: Columns, number: int) -> str:
    return f"{fact['document']}\0{number}\0{fact['start_char']}"


def _provenance(row: Any) -> dict[str, Any]:
    return dict(zip(_PROVENANCE, _proven(row), strict=True))


def _office(_referents: Referents, _events: dict[str | None, Event], row: Official) -> Iterator[Columns]:
    """The office itself, and what its holder is in the organisation; of a former office only the first."""
    former = row.status == "former"
    planned = "planned" if row.status == "future" else None
    fact: partial[Columns] = partial(
        dict, subject=row.person, subject_id=row.person_id, modality=planned, **_provenance(row)
    )
    yield fact(predicate="held_office" if former else "holds_office", object=row.role)
    if row.organisation and not former:
        predicate = _LEADS if _is_leader(row) else _MEMBER
        yield fact(predicate=predicate, object=row.organisation, object_id=row.organisation_id)


def _is_leader(row: Official) -> bool:
    head, role = fold(row.role_head or ""), fold(row.role or "")
    heads = mapping("leading_roles")
    return row.status != "deputy" and (head in heads or any(role.startswith(name) for name in heads if " " in name))


def _count(referents: Referents, _events: dict[str | None, Event], row: TreatyCount) -> Iterator[Columns]:
    if row.holder:
        how: dict[str, Any] = {"modality": "planned"} if row.status == "planned" else _reported(referents, row)
        yield dict(
            subject=row.holder,
            subject_id=referents.identifier(row.holder),
            predicate="has_count",
            object=row.instrument,
            value=row.count,
            unit=row.instrument,
            **how,
            **_provenance(row),
        )


def _treaty(referents: Referents, _events: dict[str | None, Event], row: Treaty) -> Iterator[Columns]:
    predicate = mapping("treaty_relations").get(row.relation or "")
    if row.party and predicate:
        negated = mapping("treaty_relations", value="modality")[row.relation or ""]
        yield dict(
            subject=row.party,
            subject_id=referents.identifier(row.party),
            predicate=predicate,
            object=row.treaty,
            date_start=row.date_start,
            date_end=row.date_end,
            **(_reported(referents, row) | ({"modality": negated} if negated else {})),
            **_provenance(row),
        )


def _reported(referents: Referents, row: Treaty | TreatyCount) -> dict[str, Any]:
    """Who says what a row says, if its sentence reports it."""
    sentence = referents.sentences[(row.sentence or 1) - 1]
    how = modality(sentence, groups(sentence, referents), row.start_char or 0, row.end_char or 0)
    return {"modality": "reported" if how.modality == "reported" or how.source else None, "source": how.source}


def _event(referents: Referents, events: dict[str | None, Event], row: Event) -> Iterator[Columns]:
    """Where and during what it was, who took part, who met, who went where."""
    when: dict[str, Any] = {"date_start": row.date_start, "date_end": row.date_end, "place": row.place}
    fact: partial[Columns] = partial(dict, modality=row.modality, source=row.source, **when, **_provenance(row))
    itself: dict[str, Any] = {"subject": row.event, "subject_id": row.event_id}
    for place in row.places:
        yield fact(**itself, predicate="held_at", object=place, object_id=referents.identifier(place))
    outer = events.get(row.during) if row.during else None
    if outer:
        yield fact(**itself, predicate="held_during", object=outer.event, object_id=outer.event_id)
    nature = mapping("event_kinds", key="value", value="nature").get(fold(row.kind or ""), "")
    own = [name for name in row.participants if name not in row.others]
    joined = partial(fact, predicate="participated_in", object=row.event, object_id=row.event_id)
    for name in row.absent:
        yield joined(subject=name, subject_id=referents.identifier(name), modality="negated")
    for name in row.participants:
        one: dict[str, Any] = {"subject": name, "subject_id": referents.identifier(name)}
        yield joined(**one, modality=row.attendance or row.modality)
        for place in row.places if nature == "visit" and name in own else ():
            yield fact(**one, predicate=_VISITED, object=place, object_id=referents.identifier(place))
        for other in row.others if name in own and (nature == "meeting" or row.rule == "events:met") else ():
            yield fact(**one, predicate=_MET, object=other, object_id=referents.identifier(other))


def _predicated(referents: Referents, one: Predication) -> Columns:
    """A fact that a verb says, with the place and the day beside it."""
    name = Name(one.verb, one.names, "", None, "", one.end, nature="meeting")
    when, where = days(one.sentence, name), places(one.sentence, name)
    town = "; ".join(m.value.name for m in where) if one.predicate != _VISITED else ""
    return dict(
        subject=one.subject.name if one.subject else None,
        subject_id=one.subject.entity_id if one.subject else None,
        predicate=one.predicate,
        object=one.object.name if one.object else one.words,
        object_id=one.object.entity_id if one.object else None,
        place=town or None,
        date_start=when.start,
        date_end=when.end,
        modality=one.said.modality,
        source=one.said.source,
        **provenance(referents.annotated, one.sentence, one.start, one.end, f"predicates:{one.predicate}"),
    )


_FACTS: dict[type, Callable[..., Iterator[Columns]]] = {
    Official: _office,
    TreatyCount: _count,
    Treaty: _treaty,
    Event: _event,
}

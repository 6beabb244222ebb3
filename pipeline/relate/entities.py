"""Entities over a whole corpus, and the facts about them in one long table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from pipeline.records import Entity, Event, Fact, Mention, Official, Provenance, Treaty, TreatyCount, columns, digest


def entities(mentions: Iterable[Mention], names: dict[str, tuple[str, str | None, int | None]]) -> list[Entity]:
    """One Entity an `entity_id` of the mentions, sorted by it.

    `names`: {entity_id: (name, country, geonames_id)}; the other forms of the mentions are aliases.
    """
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    places: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, str] = {}
    for mention in mentions:
        if mention.entity_id:
            forms[mention.entity_id][" ".join((mention.text or "").split())] += 1
            places[mention.entity_id].add(mention.document or "")
            labels.setdefault(mention.entity_id, mention.label or "")
    return [_entity(i, labels[i], forms[i], len(places[i]), names.get(i)) for i in sorted(forms)]


def _entity(
    entity_id: str, label: str, forms: Counter[str], documents: int, known: tuple[str, str | None, int | None] | None
) -> Entity:
    name, country, geonames_id = known or (max(sorted(forms), key=len), None, None)
    return Entity(
        entity_id=entity_id,
        label=label,
        name=name,
        aliases=tuple(sorted(set(forms) - {name})),
        country=country,
        documents=documents,
        mentions=sum(forms.values()),
        geonames_id=geonames_id,
    )


def facts(rows: Iterable[Official | TreatyCount | Treaty | Event]) -> list[Fact]:
    """The rows of the other tables as subject, predicate, object; a row without a subject gives none."""
    found = [fact for row in rows for fact in _FACTS[type(row)](row) if fact.subject]
    ordered = sorted(
        found, key=lambda f: (f.document or "", f.start_char or 0, f.end_char or 0, f.predicate or "", f.object or "")
    )
    return [replace(f, fact_id=f"fact:{digest(_place(f, n))}") for n, f in enumerate(ordered)]


def _place(fact: Fact, number: int) -> str:
    return f"{fact.document}\0{number}\0{fact.start_char}"


def _provenance(row: Any) -> dict[str, Any]:
    return {"document": row.document} | {c.name: getattr(row, c.name) for c in columns(Provenance)}


def _office(row: Official) -> list[Fact]:
    role = " · ".join(part for part in (row.role, row.organisation, row.country) if part)
    return [
        Fact(
            subject=row.person,
            subject_id=row.person_id,
            predicate="holds_office",
            object=role,
            object_id=row.organisation_id,
            **_provenance(row),
        )
    ]


def _count(row: TreatyCount) -> list[Fact]:
    return [
        Fact(
            subject=row.holder,
            predicate="has_count",
            object=row.instrument,
            value=row.count,
            unit=row.instrument,
            **_provenance(row),
        )
    ]


def _treaty(row: Treaty) -> list[Fact]:
    return [
        Fact(
            subject=row.party,
            predicate="party_to",
            object=row.treaty,
            date_start=row.date_start,
            date_end=row.date_end,
            **_provenance(row),
        )
    ]


def _event(row: Event) -> list[Fact]:
    when = {"date_start": row.date_start, "date_end": row.date_end, "place": row.place} | _provenance(row)
    held = [Fact(subject=row.event, predicate="held_at", object=row.place, **when)] if row.place else []
    return held + [Fact(subject=p, predicate="participated_in", object=row.event, **when) for p in row.participants]


_FACTS: dict[type, Any] = {Official: _office, TreatyCount: _count, Treaty: _treaty, Event: _event}

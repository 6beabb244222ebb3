"""The facts of a document in one long table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from pipeline.records import Event, Fact, Official, Provenance, Treaty, TreatyCount, columns, digest


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

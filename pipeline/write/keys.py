"""What holds between rows and within cells: keys, references, limits of values; for SQLite and datapackage.json."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from pipeline.lexicon import rows
from pipeline.records import TABLES, columns

#: table -> the column that no two of its rows have in common; a row of another table is known by its place
KEYS = {
    "documents": "document",
    "events": "event_id",
    "facts": "fact_id",
    "mentions": "mention_id",
    "entities": "entity_id",
}
#: column -> the table whose key it holds, in all other tables; the sides of a fact may be entities or events
_REFERENCES = {
    "document": "documents",
    "person_id": "entities",
    "organisation_id": "entities",
    "entity_id": "entities",
}
_COUNT, _ORDINAL, _SHARE = {"minimum": 0}, {"minimum": 1}, {"minimum": 0, "maximum": 1}
_COUNTRY, _QUALIFIER = {"pattern": "[A-Z]{2}"}, {"enum": ["exact", "min", "max", "approx"]}
#: column, or table.column, -> what its values can be, in the words of Table Schema
_CONSTRAINTS: dict[str, dict[str, Any]] = {
    "document": {"required": True},
    "sentence": _ORDINAL,
    "start_char": {"required": True, **_COUNT},
    "end_char": {"required": True, **_COUNT},
    "confidence": _SHARE,
    "language": {"pattern": "[a-z]{2,3}"},
    "characters": _COUNT,
    "tokens": _COUNT,
    "sentences": _COUNT,
    "sha256": {"pattern": "[0-9a-f]{64}"},
    "mentions": _ORDINAL,
    "documents": _ORDINAL,
    "country": _COUNTRY,
    "holder_country": _COUNTRY,
    "party_country": _COUNTRY,
    "latitude": {"minimum": -90, "maximum": 90},
    "longitude": {"minimum": -180, "maximum": 180},
    "count": _COUNT,
    "edition": _COUNT,
    "qualifier": _QUALIFIER,
    "open": {"enum": ["start", "end"]},
    "timex": {"enum": ["DATE", "TIME", "DURATION", "SET"]},
    "modality": {"enum": ["negated", "possible", "planned", "reported"]},
    "mentions.label": {"enum": ["PER", "ORG", "LOC", "DEMONYM", "ROLE", "DATE", "COUNT", "QUANTITY"]},
    "entities.label": {"enum": ["PER", "ORG", "LOC"]},
}


class Reference(NamedTuple):
    """A column whose values are keys of a table."""

    column: str
    table: str


def references(table: str) -> list[Reference]:
    """The columns of a table that refer to other tables."""
    names = [column.name for column in columns(TABLES[table])]
    return [Reference(name, _REFERENCES[name]) for name in names if _REFERENCES.get(name, table) != table]


@cache
def constraints(table: str) -> dict[str, dict[str, Any]]:
    """{column: what its values can be}, for the columns of a table of which it can be said."""
    names = [column.name for column in columns(TABLES[table])]
    found = {name: {**_CONSTRAINTS.get(name, {}), **_CONSTRAINTS.get(f"{table}.{name}", {})} for name in names}
    if table in KEYS:
        found[KEYS[table]] |= {"required": True, "unique": True}
    if table == "facts":
        found["predicate"] = {"required": True, "enum": [line["predicate"] for line in rows("predicates")]}
    return {name: about for name, about in found.items() if about}

"""Who is who over all documents: from the tables as they were read to the tables as they are written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cache
from heapq import merge
from itertools import groupby
from sys import intern
from typing import Any

from pipeline import relate as relating
from pipeline.entries import Entry, entries, position, quoted, width
from pipeline.fields import replace
from pipeline.lexicon import fold
from pipeline.normalise.names import bare
from pipeline.normalise.organisations import organisation, organisations
from pipeline.normalise.places import place
from pipeline.records import TABLES, Entity, Mention, Official, columns
from pipeline.relate.entities import Known, Seen
from pipeline.relate.identities import Identities
from pipeline.relate.identity_lines import IdentityLine
from pipeline.relate.occurrences import Occurrence
from pipeline.write import Tables

#: the columns that name an entity
_IDENTIFIERS = ("entity_id", "person_id", "organisation_id", "subject_id", "object_id")
#: what marks the rule of an office whose country is a guess from the whole document
_GUESSED = "+document"


class Settled:
    """Tables whose rows bear the identifiers of the whole corpus; the rows of the given tables stay as they are.

    `entities` are the entities of the corpus, `unused` says which lines of the file of identities name nothing in it.
    Raises UsageError where lines contradict each other.
    """

    def __init__(self, tables: Tables, lines: Sequence[IdentityLine] = ()) -> None:
        self._tables = tables
        found = relating.identities(_occurrences(tables), _statements(tables), lines)
        self._moved: dict[str, dict[str, str]] = defaultdict(dict)
        for (document, base), identity in found.of.items():
            if base != identity.entity_id:
                self._moved[document][base] = identity.entity_id
        self.unused = found.unused
        self.entities = _entities(tables, found)

    def over(self, tables: Tables) -> Settled:
        """The same, with the rows of the same tables read elsewhere."""
        other = copy(self)
        other._tables = tables
        return other

    def rows(self, table: str) -> Iterator[Any]:
        """The records of a table, in the order of the given tables."""
        if table == "entities":
            return iter(self.entities)
        names, rows = _identifiers(table), self._tables.rows(table)
        return (self._settled(row, names) for row in rows) if names and self._moved else rows

    def entries(self, table: str) -> Iterator[Entry]:
        """The same as entries."""
        if table == "entities":
            return entries(table, self.entities)
        names, found = _identifiers(table), self._tables.entries(table)
        return (self._settled_entry(one, table, names) for one in found) if names and self._moved else found

    def _settled(self, row: Any, names: Iterable[str]) -> Any:
        moved = self._moved.get(row.document, {})
        changes = {name: found for name in names if (found := moved.get(getattr(row, name)))}
        return replace(row, **changes) if changes else row

    def _settled_entry(self, one: Entry, table: str, names: Iterable[str]) -> Entry:
        moved = {quoted(base): quoted(entity_id) for base, entity_id in self._moved.get(one.document, {}).items()}
        if not any(base in one.cells for base in moved):
            return one
        cells = one.lines()
        for at in (position(table, name) for name in names):
            own = slice(at, None, width(table))
            cells[own] = [moved.get(cell, cell) for cell in cells[own]]
        return one.with_lines(cells)


def _identifiers(table: str) -> list[str]:
    """The columns of a table that name an entity."""
    return [c.name for c in columns(TABLES[table]) if c.name in _IDENTIFIERS]


def _occurrences(tables: Tables) -> Iterator[Occurrence]:
    """The persons and organisations of each document; a corpus has many, so they share what they have in common."""
    together = merge(tables.rows("mentions"), tables.rows("officials"), key=_document)
    for document, rows in groupby(together, key=_document):
        names: dict[str, Counter[str]] = defaultdict(Counter)
        officials: dict[str, list[Official]] = defaultdict(list)
        for row in rows:
            if isinstance(row, Official):
                officials[row.person_id or ""].append(row)
            elif row.entity_id and row.label in ("PER", "ORG"):
                names[row.entity_id][_name(row)] += 1
        for entity_id, forms in names.items():
            said = officials.get(entity_id, ())
            shared = _forms(tuple(forms.items())), _countries(said), _offices(said)
            yield Occurrence(intern(document), intern(entity_id), *shared)


@cache
def _forms(names: tuple[tuple[str, int], ...]) -> Mapping[str, int]:
    return dict(names)


def _countries(officials: Iterable[Official]) -> frozenset[str]:
    """The countries that a document says of a person, those that are guessed left out."""
    return _one(frozenset(o.country for o in officials if o.country and _GUESSED not in (o.rule or "")))


def _offices(officials: Iterable[Official]) -> frozenset[str]:
    return _one(frozenset(fold(o.role or "") for o in officials))


@cache
def _one(strings: frozenset[str]) -> frozenset[str]:
    """The same object for the same strings."""
    return strings


def _document(row: Any) -> str:
    return str(row.document)


def _statements(tables: Tables) -> dict[str, set[tuple[str, str]]]:
    """What each document says of acronyms; documents and mentions both come sorted by document."""
    documents, found = tables.rows("documents"), {}
    for name, mentions in groupby(tables.rows("mentions"), key=lambda m: m.document):
        text = next(document.text for document in documents if document.document == name)
        if said := relating.statements(mentions, text, _organisation_id):
            found[name] = said
    return found


@cache
def _organisation_id(name: str) -> str:
    return organisation(name).organisation_id


def _entities(tables: Tables, found: Identities) -> list[Entity]:
    named = (m for m in tables.rows("mentions") if m.entity_id)
    seen = (
        Seen(found.of.get((m.document, m.entity_id), m.entity_id), m.label, _name(m), intern(m.document)) for m in named
    )
    return relating.entities(seen, _known)


def _name(mention: Mention) -> str:
    """The name as written, on one line, a person's without title."""
    return _bare(mention.text or "") if mention.label == "PER" else " ".join((mention.text or "").split())


_bare = cache(bare)


def _known(entity_id: str, names: Iterable[str]) -> Known | None:
    """What the lexicon knows of a place or organisation that goes by these names."""
    if entity_id.startswith("org:"):
        known = (o for name in names for o in map(organisation, organisations(name)))
        named = next((o for o in known if o.organisation_id == entity_id), None)
        return Known(named.name, named.country) if named else None
    if entity_id.startswith(("per:", "place:")):
        return None
    listed = place(entity_id)
    return Known(listed.name, listed.country, listed.geonames_id, listed.wikidata_id)

"""Who is who over all documents: from the tables as they were read to the tables as they are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from typing import Any

from pipeline import relate as relating
from pipeline.entries import Entry, entries, position, quoted, width
from pipeline.fields import replace
from pipeline.flow.named import named
from pipeline.normalise.organisations import organisation, organisations
from pipeline.normalise.places import place
from pipeline.records import TABLES, columns
from pipeline.relate.entities import Known, Seen
from pipeline.relate.identity_lines import IdentityLine
from pipeline.write import Tables

#: the columns that name an entity
_IDENTIFIERS = ("entity_id", "person_id", "organisation_id", "subject_id", "object_id")


class Settled:
    """Tables whose rows bear the identifiers of the whole corpus; the rows of the given tables stay as they are.

    `entities` are the entities of the corpus, `unused` says which lines of the file of identities name nothing in it.
    Raises UsageError where lines contradict each other.
    """

    def __init__(self, tables: Tables, lines: Sequence[IdentityLine] = ()) -> None:
        self._tables = tables
        heard = named(tables)
        found = relating.identities(heard.occurrences, heard.statements, lines)
        self._moved: dict[str, dict[str, str]] = defaultdict(dict)
        for (document, base), identity in found.of.items():
            if base != identity.entity_id:
                self._moved[document][base] = identity.entity_id
        for one in heard.occurrences:
            label = "PER" if one.entity_id.startswith("per:") else "ORG"
            heard.roll.hear(Seen(found.of[one.document, one.entity_id], label, one.names, one.document))
        self.entities, self.unused = heard.roll.entities(_known), found.unused

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

"""Who is who over all documents: from the tables as they were read to the tables as they are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from heapq import merge
from itertools import chain
from operator import attrgetter
from typing import Any

from pipeline import relate as relating
from pipeline.entries import Entry, entries, position, quoted, width
from pipeline.fields import replace
from pipeline.flow.moves import Moves
from pipeline.flow.named import named
from pipeline.normalise.organisations import organisation, organisations
from pipeline.normalise.places import place
from pipeline.records import TABLES, Entity, columns
from pipeline.relate.entities import Known
from pipeline.relate.identity_lines import IdentityLine
from pipeline.relate.lone import Lone
from pipeline.relate.occurrences import Occurrence
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
        heard = named(tables, lines)
        found = relating.identities(heard.occurrences, heard.statements, lines)
        self._moves = Moves(found.settled, heard.lone, heard.documents)
        self._moving = frozenset(map(quoted, self._moves.bases()))
        for identity, occurrences in found.settled:
            heard.roll.hear(identity.entity_id, _names(occurrences), _documents(occurrences), identity)
        self.entities, self.unused = Entities(heard.roll.entities(_known), heard.lone), found.unused

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
        return (self._settled(row, names) for row in rows) if names else rows

    def entries(self, table: str) -> Iterator[Entry]:
        """The same as entries."""
        if table == "entities":
            return entries(table, self.entities)
        names, found = _identifiers(table), self._tables.entries(table)
        return (self._settled_entry(one, table, names) for one in found) if names else found

    def _settled(self, row: Any, names: Iterable[str]) -> Any:
        changes = {name: found for name in names if (found := self._moves.of(getattr(row, name), row.document))}
        return replace(row, **changes) if changes else row

    def _settled_entry(self, one: Entry, table: str, names: Iterable[str]) -> Entry:
        cells, columns = one.lines(), [slice(position(table, name), None, width(table)) for name in names]
        named = chain.from_iterable(cells[column] for column in columns)
        moved = self._moved(self._moving.intersection(named), one.document)
        for column in columns if moved else ():
            cells[column] = [moved.get(cell, cell) for cell in cells[column]]
        return one._replace(cells=cells)

    def _moved(self, cells: Iterable[str], document: str) -> dict[str, str]:
        """{identifier: that of the whole corpus} of those that have another one, in JSON."""
        of = self._moves.of
        return {cell: quoted(found) for cell in cells if (found := of(cell[1:-1], document))}


class Entities:
    """The entities of a corpus, sorted by `entity_id`; those that are `lone` are made when they are asked for."""

    def __init__(self, heard: Sequence[Entity], lone: Lone) -> None:
        self._heard, self._lone = heard, lone

    def __iter__(self) -> Iterator[Entity]:
        return merge(self._heard, self._lone.entities(_known), key=attrgetter("entity_id"))


def _names(occurrences: Iterable[Occurrence]) -> dict[str, int]:
    names: Counter[str] = Counter()
    for one in occurrences:
        names.update(one.names)
    return names


def _documents(occurrences: Sequence[Occurrence]) -> int:
    """In how many documents there is one; two names of one entity may stand in the same document."""
    if len({one.entity_id for one in occurrences}) == 1:
        return sum(len(one.documents) for one in occurrences)
    return len({document for one in occurrences for document in one.documents})


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

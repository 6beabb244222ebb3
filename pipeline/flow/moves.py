"""What the name of a person or organisation means in a document, where that is another entity than its name gives."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.relate.identities import Identity
from pipeline.relate.lone import Lone
from pipeline.relate.occurrences import Occurrence, in_document, is_of_document

#: an entity_id, and the occurrences of a name that are it
_Meaning = tuple[str, Occurrence]


class Moves:
    """From entity_ids of names to those of identities; a name that means one entity in all documents is kept once."""

    def __init__(
        self, settled: Iterable[tuple[Identity, Iterable[Occurrence]]], lone: Lone, documents: Sequence[str]
    ) -> None:
        """`documents` are all that name somebody, sorted."""
        self._lone, self._documents = lone, documents
        self._last = ("", -1)
        self._of_document: set[str] = set()
        self._everywhere: dict[str, str] = {}
        self._within: dict[str, _Within] = {}
        meanings: dict[str, list[_Meaning]] = defaultdict(list)
        for identity, occurrences in settled:
            for one in occurrences:
                meanings[one.entity_id].append((identity.entity_id, one))
        for base, found in meanings.items():
            self._add(base, found)

    def _add(self, base: str, found: list[_Meaning]) -> None:
        if is_of_document(base):
            self._of_document.add(base)
        elif len({entity_id for entity_id, _ in found}) == 1:
            self._everywhere[base] = found[0][0]
            return
        other = {
            self._number(document): entity_id
            for entity_id, one in found
            for document in one.documents
            if entity_id != self._usual(base, document)
        }
        if other:
            self._within[base] = _Within(other)

    def bases(self) -> set[str]:
        """The names that are another entity than they say in some document."""
        elsewhere = {base for base, entity_id in self._everywhere.items() if entity_id != base}
        return elsewhere.union(self._of_document, self._within, self._lone)

    def of(self, base: str | None, document: str) -> str | None:
        """The entity of a name in a document, given the `entity_id` that the name gives; None where it has no other."""
        if base is None:
            return None
        within = self._within.get(base)
        entity_id = (within and within.of(self._number(document))) or self._usual(base, document)
        return entity_id if entity_id != base else None

    def _usual(self, base: str, document: str) -> str:
        if base in self._of_document or base in self._lone:
            return in_document(base, document)
        return self._everywhere.get(base, base)

    def _number(self, document: str) -> int:
        """Of a document, its place among all; -1 where it names nobody."""
        if document != self._last[0]:
            at = bisect_left(self._documents, document)
            known = at < len(self._documents) and self._documents[at] == document
            self._last = (document, at if known else -1)
        return self._last[1]


class _Within:
    """Which entity a name means, by the number of the document: 8 bytes each."""

    def __init__(self, entities: dict[int, str]) -> None:
        self._meant = sorted(set(entities.values()))
        numbers = {entity_id: number for number, entity_id in enumerate(self._meant)}
        self._documents = array("I", sorted(entities))
        self._numbers = array("I", (numbers[entities[document]] for document in self._documents))

    def of(self, document: int) -> str | None:
        """What it means there; None where that is the usual."""
        at = bisect_left(self._documents, document)
        found = at < len(self._documents) and self._documents[at] == document
        return self._meant[self._numbers[at]] if found else None

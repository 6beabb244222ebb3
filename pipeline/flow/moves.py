"""What the name of a person or organisation means in a document, where that is another entity than its name gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pipeline.relate.identities import Identity
from pipeline.relate.lone import Lone
from pipeline.relate.occurrences import Occurrence, in_document, is_of_document

#: an entity_id, and the occurrences of a name that are it
_Meaning = tuple[str, Occurrence]


class Moves:
    """From entity_ids of names to those of identities; a name that means one entity in all documents is kept once."""

    def __init__(self, settled: Iterable[tuple[Identity, Iterable[Occurrence]]], lone: Lone) -> None:
        self._lone = lone
        self._of_document: set[str] = set()
        self._everywhere: dict[str, str] = {}
        self._within: dict[str, dict[str, str]] = defaultdict(dict)
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
        for entity_id, one in found:
            for document in one.documents:
                if entity_id != self._usual(base, document):
                    self._within[document][base] = entity_id

    def of(self, base: str | None, document: str) -> str | None:
        """The entity of a name in a document, given the `entity_id` that the name gives; None where it has no other."""
        if base is None:
            return None
        entity_id = self._within.get(document, {}).get(base) or self._usual(base, document)
        return entity_id if entity_id != base else None

    def _usual(self, base: str, document: str) -> str:
        if base in self._of_document or base in self._lone:
            return in_document(base, document)
        return self._everywhere.get(base, base)

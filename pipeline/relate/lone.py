"""Entities of one document each, in little memory: names that are tied to none of another document."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.fields import replace
from pipeline.records import Entity
from pipeline.relate.entities import Heard, Known, entity
from pipeline.relate.identities import Identity
from pipeline.relate.occurrences import APART, in_document

#: what a document says of a name: its forms with how often they stand, and the countries of its offices
_Said = tuple[tuple[tuple[str, int], ...], frozenset[str]]


class Numbered(Sequence[str]):
    """Some of the documents of a corpus, each as a number; `documents` grows as they are read."""

    __slots__ = ("_documents", "_numbers")

    def __init__(self, documents: Sequence[str]) -> None:
        self._documents, self._numbers = documents, array("I")

    def add(self) -> None:
        """Add the document that was read last."""
        self._numbers.append(len(self._documents) - 1)

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, at: Any) -> Any:
        return self._documents[self._numbers[at]]


class Lone:
    """Names that are another entity in each document: `documents` grows as they are read."""

    def __init__(self, documents: Sequence[str]) -> None:
        self._documents = documents
        self._said: dict[_Said, int] = {}
        self._found: dict[str, array[int]] = {}  #: {entity_id: number of a document, number of what it says, and so on}

    def __contains__(self, entity_id: object) -> bool:
        return entity_id in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def add(self, entity_id: str, names: Mapping[str, int], countries: frozenset[str]) -> None:
        """Add what the document that was read last says of a name."""
        number = self._said.setdefault((tuple(names.items()), countries), len(self._said))
        self._found.setdefault(entity_id, array("I")).extend((len(self._documents) - 1, number))

    def entities(self, known: Callable[[str, Iterable[str]], Known | None]) -> Iterator[Entity]:
        """One a name and document, sorted by `entity_id`; `known` as for `Roll.entities`."""
        said = list(self._said)
        for base in sorted(self._found, key=lambda one: one + APART):
            own: dict[int, Entity] = {}
            for number, what in zip(*[iter(self._found[base])] * 2, strict=True):
                entity_id = in_document(base, self._documents[number])
                if what not in own:
                    own[what] = _entity(entity_id, said[what], known)
                yield replace(own[what], entity_id=entity_id)


def _entity(entity_id: str, said: _Said, known: Callable[[str, Iterable[str]], Known | None]) -> Entity:
    names, countries = said
    identity = Identity.of(entity_id, [entity_id.partition(APART)[0]], countries)
    return entity(entity_id, Heard(identity, dict(names), 1), known)

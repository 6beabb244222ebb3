"""What the names of a document are among the entities: « la délégation vietnamienne » is Vietnam."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from pipeline.records import Annotated, Mention
from pipeline.relate.clauses import behind, offset, sentences


class Referent(NamedTuple):
    """A person, organisation or place: its name and identifier among the entities, its label."""

    name: str
    entity_id: str
    label: str


#: labels of what stands for an entity
_NAMES = frozenset({"PER", "ORG", "LOC", "DEMONYM"})


class Referents:
    """The referents of one document.

    `full` gives the fullest form of each person's name, `identify` the identifier of a name.
    """

    def __init__(self, annotated: Annotated, full: Mapping[str, str], identify: Callable[[str], str]) -> None:
        self.annotated = annotated
        self.sentences = sentences(annotated)
        self.groups: dict[int, Any] = {}  #: what `groups` finds in a sentence, by its number
        self.subjects: dict[int, Any] = {}  #: the subject that stands before a sentence, by its number
        self._full = full
        self._identify = identify

    def of(self, mention: Mention) -> tuple[Referent, ...]:
        """What a mention stands for: none, one, or several that one plural names; a nationality is its country."""
        value = mention.value
        if value is None:
            return ()
        if mention.label == "PER":
            name = self._full.get(value, value)
            return (Referent(name, self._identify(name), "PER"),)
        if mention.label == "ORG":
            return tuple(Referent(o.name, o.organisation_id, "ORG") for o in value)
        return (Referent(value.name, value.key, "LOC"),) if mention.label in ("LOC", "DEMONYM") else ()

    def identifier(self, name: str | None) -> str | None:
        """The identifier of what the document calls by this name; None where that is no entity."""
        return self._named.get(name or "")

    @cached_property
    def _named(self) -> dict[str, str]:
        """{name: identifier}, the first that bears it; names like « gouvernement chinois » last."""
        named: dict[str, str] = {}
        for mention in self.annotated.mentions:
            if mention.label not in _NAMES:
                continue
            found = self.of(mention)
            for one in found:
                named.setdefault(one.name, one.entity_id)
            if len(found) == 1:
                text = mention.text or ""
                named.setdefault(_line(text) if text != found[0].name else text, found[0].entity_id)
        for name, one in self._parties():
            named.setdefault(name, one.entity_id)
        return named

    def _parties(self) -> Iterator[tuple[str, Referent]]:
        """Names like « gouvernement chinois », as the tables have them, and what they stand for."""
        for sentence in self.sentences:
            if "DEMONYM" not in sentence.labels:
                continue
            ends = {behind(m): m for m in sentence.mentions if m.label == "DEMONYM"}
            for party in sentence.parties:
                mention = ends.get(party.end)
                if mention is not None and party.start < offset(mention):
                    yield from ((party.name, one) for one in self.of(mention))


def _line(text: str | None) -> str:
    return " ".join((text or "").split())

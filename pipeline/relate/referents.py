"""What the names of a document are among the entities: « la délégation vietnamienne » is Vietnam."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from pipeline.records import Annotated, Mention
from pipeline.relate.clauses import Sentence, behind, offset, sentences


class Referent(NamedTuple):
    """A person, organisation or place: its name and identifier among the entities, its label."""

    name: str
    entity_id: str
    label: str


class Referents:
    """The referents of one document.

    `full` gives the fullest form of each person's name, `identify` the identifier of a name.
    """

    def __init__(self, annotated: Annotated, full: Mapping[str, str], identify: Callable[[str], str]) -> None:
        self.annotated = annotated
        self.sentences = sentences(annotated)
        self.groups: dict[int, Any] = {}  #: what `groups` finds in a sentence, by its number
        self._full = full
        self._identify = identify
        self._named: dict[str, str] = {}
        for mention in annotated.mentions:
            found = self.of(mention)
            for one in found:
                self._named.setdefault(one.name, one.entity_id)
            if len(found) == 1:
                self._named.setdefault(_line(mention.text), found[0].entity_id)
        self._parties(self.sentences)

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

    def _parties(self, found: Iterable[Sentence]) -> None:
        """Names like « gouvernement chinois », as the tables have them."""
        for sentence in found:
            ends = {behind(m): m for m in sentence.mentions if m.label == "DEMONYM"}
            for party in sentence.parties:
                mention = ends.get(party.end)
                if mention is not None and party.start < offset(mention):
                    for one in self.of(mention):
                        self._named.setdefault(party.name, one.entity_id)


def _line(text: str | None) -> str:
    return " ".join((text or "").split())

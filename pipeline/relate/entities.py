"""The entities of a whole corpus: each with its names, and why they are one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from pipeline.lexicon import fold, rows
from pipeline.records import Entity
from pipeline.relate.identities import Identity
from pipeline.relate.occurrences import APART
from pipeline.relate.spellings import plain


class Known(NamedTuple):
    """What the lexicon knows of an entity."""

    name: str
    country: str | None = None
    geonames_id: int | None = None
    wikidata_id: str | None = None


#: {what an entity_id begins with: the label of its mentions}; all others are places
_LABELS = {"per": "PER", "org": "ORG"}


@dataclass(slots=True)
class Heard:
    """What is said of one entity: its names, without titles, with how often they stand, and the number of documents."""

    identity: Identity | None = None
    names: dict[str, int] = field(default_factory=dict)
    documents: int = 0


class Roll:
    """The entities that were heard of."""

    def __init__(self) -> None:
        self._heard: dict[str, Heard] = {}

    def hear(
        self, entity_id: str, names: Mapping[str, int], documents: int = 1, identity: Identity | None = None
    ) -> None:
        """Be told of an entity in so many documents, other ones each time."""
        one = self._heard.get(entity_id) or self._heard.setdefault(entity_id, Heard(identity))
        for name, times in names.items():
            one.names[name] = one.names.get(name, 0) + times
        one.documents += documents

    def entities(self, known: Callable[[str, Iterable[str]], Known | None]) -> list[Entity]:
        """One Entity each, sorted by `entity_id`.

        `known(entity_id, names)` is what the lexicon knows of a place or organisation; other names are aliases.
        """
        return [entity(entity_id, self._heard[entity_id], known) for entity_id in sorted(self._heard)]


def entity(entity_id: str, heard: Heard, known: Callable[[str, Iterable[str]], Known | None]) -> Entity:
    """What is heard of an entity, and known of it, as a record."""
    base, identity = entity_id.partition(APART)[0], heard.identity
    told = known(base, sorted(heard.names, key=lambda name: (-len(name), name))) or Known(_fullest(base, heard.names))
    name = identity.name if identity and identity.name else told.name
    aliases = tuple(sorted(set(heard.names) - {name}))
    return Entity(
        entity_id=entity_id,
        label=_LABELS.get(base.partition(":")[0], "LOC"),
        name=name,
        aliases=aliases,
        merged=_reasons(identity, {told.name, *heard.names}) if identity and aliases else (),
        country=told.country or (identity.country if identity else None),
        documents=heard.documents,
        mentions=sum(heard.names.values()),
        wikidata_id=told.wikidata_id,
        geonames_id=told.geonames_id,
    )


def _fullest(base: str, names: Mapping[str, int]) -> str:
    """The name that the identifier is made of: not in capitals, with all diacritics, the most frequent."""
    own = [name for name in names if plain(name) == plain(base.partition(":")[2])]
    return min(own or names, key=lambda name: (name.isupper(), -_diacritics(name), -names[name], -len(name), name))


def _reasons(identity: Identity, names: Iterable[str]) -> tuple[str, ...]:
    """Why all names are one entity: how those of the same letters differ, then what tied the others."""
    forms = sorted(names)
    by_letters: dict[str, list[str]] = {}
    for form in forms:
        by_letters.setdefault(plain(form), []).append(form)
    found = {reason for same in by_letters.values() for one in same[1:] for reason in _differences(same[0], one)}
    bases = {plain(base.partition(":")[2]) for base in identity.bases}
    if any(letters not in bases for letters in by_letters):
        found |= {_tie(form) for form in forms if plain(form) not in bases and identity.entity_id[:4] == "org:"}
        found |= {"same document"} if identity.entity_id.startswith("per:") else set()
    return (*sorted(found - set(identity.merged)), *identity.merged)


def _differences(one: str, other: str) -> set[str]:
    folded = fold(one), fold(other)
    if folded[0] != folded[1]:
        return {"hyphens"}
    return {"case" if one.lower() == other.lower() else "diacritics"}


def _tie(form: str) -> str:
    """Why an organisation goes by a name that is not its own."""
    if form.endswith(")"):
        return "acronym"
    return "name list" if fold(form) in _listed() else "wording"


@cache
def _listed() -> frozenset[str]:
    return frozenset(
        fold(form)
        for line in rows("organisations")
        for form in (line["acronym"], line["form"], *line["variants"].split("|"))
    )


def _diacritics(name: str) -> int:
    return sum(a != b for a, b in zip(name.lower(), fold(name), strict=True))

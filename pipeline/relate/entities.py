"""The entities of a whole corpus: each with its names, and why they are one."""

from __future__ import annotations

from collections import Counter
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


class Seen(NamedTuple):
    """An entity in a document: its identity or, of a place, its entity_id; its names there, without titles, counted."""

    identity: Identity | str
    label: str
    names: Mapping[str, int]
    document: str


@dataclass(slots=True)
class _Heard:
    """What is said of one entity."""

    label: str
    identity: Identity | None
    names: Counter[str] = field(default_factory=Counter)
    documents: int = 0
    last: str = ""  #: the last document that names it


class Roll:
    """The entities that were heard of, document by document."""

    def __init__(self) -> None:
        self._heard: dict[str, _Heard] = {}

    def hear(self, seen: Seen) -> None:
        """Be told of an entity in a document; of one document, all comes together."""
        settled = seen.identity if isinstance(seen.identity, Identity) else None
        entity_id = settled.entity_id if settled else str(seen.identity)
        one = self._heard.get(entity_id) or self._heard.setdefault(entity_id, _Heard(seen.label, settled))
        names = one.names
        for name, times in seen.names.items():
            names[name] = names.get(name, 0) + times
        if one.last != seen.document:
            one.documents, one.last = one.documents + 1, seen.document

    def entities(self, known: Callable[[str, Iterable[str]], Known | None]) -> list[Entity]:
        """One Entity each, sorted by `entity_id`.

        `known(entity_id, names)` is what the lexicon knows of a place or organisation; other names are aliases.
        """
        return [_entity(entity_id, self._heard[entity_id], known) for entity_id in sorted(self._heard)]


def _entity(entity_id: str, heard: _Heard, known: Callable[[str, Iterable[str]], Known | None]) -> Entity:
    base, identity = entity_id.partition(APART)[0], heard.identity
    told = known(base, sorted(heard.names, key=lambda name: (-len(name), name))) or Known(_fullest(base, heard.names))
    name = identity.name if identity and identity.name else told.name
    aliases = tuple(sorted(set(heard.names) - {name}))
    return Entity(
        entity_id=entity_id,
        label=heard.label,
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

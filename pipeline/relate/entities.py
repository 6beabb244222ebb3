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
    """An entity named in a document: its identity or, of a place, its entity_id; the name is without title."""

    identity: Identity | str
    label: str
    name: str
    document: str


@dataclass(slots=True)
class _Heard:
    """What is said of one entity."""

    label: str
    identity: Identity | None
    names: Counter[str] = field(default_factory=Counter)
    documents: int = 0
    last: str = ""  #: the last document that names it


def entities(seen: Iterable[Seen], known: Callable[[str, Iterable[str]], Known | None]) -> list[Entity]:
    """One Entity each, sorted by `entity_id`; what is `seen` in a document comes together.

    `known(entity_id, names)` is what the lexicon knows of a place or organisation; other names are aliases.
    """
    heard: dict[str, _Heard] = {}
    for identity, label, name, document in seen:
        settled = identity if isinstance(identity, Identity) else None
        entity_id = settled.entity_id if settled else str(identity)
        one = heard.setdefault(entity_id, _Heard(label, settled))
        one.names[name] += 1
        if one.last != document:
            one.documents, one.last = one.documents + 1, document
    return [_entity(entity_id, heard[entity_id], known) for entity_id in sorted(heard)]


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

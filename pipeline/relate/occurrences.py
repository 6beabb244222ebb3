"""Entities as documents name them, and which of them are one over the corpus before any spelling is compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache, lru_cache

from pipeline.lexicon import mapping
from pipeline.relate.spellings import Name, is_full, plain

_ASKED = 10_000  #: names of which it is remembered whether they are of a document
APART = "@"  #: parts an identifier from what tells it from others of the same name: a document or a country


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A person or organisation in one document, or in several that say the same of it.

    `entity_id` is what its name gives (`per:ta-quang-khai`), `names` its names there, without titles, with how often
    they stand; `countries` and `offices` are those that each document says: ISO codes, and roles in folded words.
    """

    documents: Sequence[str]
    entity_id: str
    names: Mapping[str, int]
    countries: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()


@dataclass(slots=True)
class Node:
    """Occurrences that are one entity by their name alone. `shared` is set where others bear the very same name."""

    node_id: str
    base: str
    occurrences: list[Occurrence] = field(default_factory=list)
    shared: bool = False

    @property
    def name(self) -> Name:
        """The folded words of the name."""
        return words(self.base)

    @property
    def is_person(self) -> bool:
        """Whether it is a person and no organisation."""
        return self.base.startswith("per:")

    @property
    def countries(self) -> frozenset[str]:
        """The countries of its offices, in all documents."""
        return frozenset().union(*(o.countries for o in self.occurrences))

    @property
    def offices(self) -> frozenset[str]:
        """Its offices in all documents."""
        return frozenset().union(*(o.offices for o in self.occurrences))

    @property
    def documents(self) -> int:
        """In how many documents it is."""
        return sum(len(o.documents) for o in self.occurrences)

    @property
    def mentions(self) -> int:
        """How often it is named."""
        return sum(sum(o.names.values()) for o in self.occurrences)


@cache
def words(entity_id: str) -> Name:
    """The words of an identifier: `per:ta-quang-khai` -> `("ta", "quang", "khai")`."""
    return tuple(entity_id.partition(":")[2].split("-"))


def nodes(occurrences: Iterable[Occurrence], apart: Set[tuple[str, str]]) -> list[Node]:
    """The nodes of a corpus, sorted by identifier.

    Two documents' mononyms and bare family names are two nodes, and so are the organisations that are a noun and
    nothing more (« la Cour »), and what `apart` names, as (document, entity_id): their occurrences are in one document
    each. Persons of one name with clashing countries and offices are one node each, and one more for the documents that
    do not say which of them is meant.
    """
    found: dict[str, Node] = {}
    alike: dict[str, list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        document = occurrence.documents[0]
        if (document, occurrence.entity_id) in apart or is_of_document(occurrence.entity_id):
            node_id = in_document(occurrence.entity_id, document)
            found.setdefault(node_id, Node(node_id, occurrence.entity_id)).occurrences.append(occurrence)
        else:
            alike[occurrence.entity_id].append(occurrence)
    for base, same in alike.items():
        found |= {node.node_id: node for node in _namesakes(base, same)}
    return [found[node_id] for node_id in sorted(found)]


@lru_cache(_ASKED)
def is_of_document(entity_id: str) -> bool:
    """Whether the name says who is meant in its own document only."""
    if entity_id.startswith("per:"):
        return not is_full(words(entity_id))
    return plain(entity_id.partition(":")[2]) in _bare_heads()


def is_tied_to_none(entity_id: str) -> bool:
    """Whether nothing that is said of it makes it one with a name of another document, but for a user's word.

    So it is with a person's name of one word, and with a noun for many organisations.
    """
    return is_of_document(entity_id) and (len(words(entity_id)) == 1 or not entity_id.startswith("per:"))


def in_document(entity_id: str, document: str) -> str:
    """The identifier of what bears this one in one document only."""
    return f"{entity_id}{APART}{document}"


def compatible(one: Set[str], other: Set[str]) -> bool:
    """Whether an office of one is an office of the other, more fully said or less."""
    first = [set(office.split()) for office in one]
    second = [set(office.split()) for office in other]
    return any(a <= b or b <= a for a in first for b in second)


def _namesakes(base: str, same: list[Occurrence]) -> list[Node]:
    """The persons that bear one name: one, unless countries and offices clash."""
    groups = _by_country(same)
    if not base.startswith("per:") or len(groups) < 2:
        return [Node(base, base, same)]
    found = [Node(f"{base}{APART}{'+'.join(sorted(codes))}", base, [], shared=True) for codes, _ in groups]
    rest = Node(base, base, [], shared=True)
    for occurrence in same:
        fits = [
            node
            for node, (codes, offices) in zip(found, groups, strict=True)
            if codes & occurrence.countries or (not occurrence.countries and compatible(offices, occurrence.offices))
        ]
        (fits[0] if len(fits) == 1 else rest).occurrences.append(occurrence)
    return [node for node in [*found, rest] if node.occurrences]


def _by_country(same: Iterable[Occurrence]) -> list[tuple[frozenset[str], frozenset[str]]]:
    """(countries, offices) of the persons among the occurrences: those that share a country or an office are one."""
    groups: list[tuple[frozenset[str], frozenset[str]]] = []
    for countries, offices in sorted(_said(same).items(), key=lambda item: sorted(item[0])):
        mine = [g for g in groups if g[0] & countries or not (g[1] and offices) or compatible(g[1], offices)]
        codes = countries.union(*(g[0] for g in mine))
        groups = [g for g in groups if g not in mine] + [(codes, offices.union(*(g[1] for g in mine)))]
    return sorted(groups, key=lambda group: sorted(group[0]))


def _said(same: Iterable[Occurrence]) -> dict[frozenset[str], frozenset[str]]:
    """{countries: offices} that documents say of a name."""
    found: dict[frozenset[str], set[str]] = defaultdict(set)
    for occurrence in same:
        if occurrence.countries:
            found[occurrence.countries] |= occurrence.offices
    return {countries: frozenset(offices) for countries, offices in found.items()}


@cache
def _bare_heads() -> frozenset[str]:
    """The words of identifiers that are a noun for many organisations and nothing more."""
    listed = mapping("organisations", value="form").keys()
    return frozenset(plain(form) for form in mapping("org_heads", value="form") if form not in listed)

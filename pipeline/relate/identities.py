"""Which persons and organisations of a corpus are one, and what each is called.

Nothing depends on the order of documents or on earlier runs: the same occurrences give the same identities.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.errors import UsageError
from pipeline.relate.acronyms import Statements, ambiguous
from pipeline.relate.clusters import Clusters
from pipeline.relate.identity_lines import IdentityLine
from pipeline.relate.likenesses import Parts, links, supported
from pipeline.relate.occurrences import Node, Occurrence, in_document, nodes
from pipeline.relate.references import Orders, orders, pulled_out

CORRECTED = "identities file"
_RARE = 3  #: a name that stands in more than this many times fewer documents than another may be misread


@dataclass(frozen=True, slots=True)
class Identity:
    """A person or organisation of a corpus.

    `bases` are the entity_ids of its own names, `merged` says why they are one, `name` is the user's, or None;
    `country` is the one of all its offices, or None.
    """

    entity_id: str
    bases: tuple[str, ...]
    merged: tuple[str, ...]
    name: str | None
    country: str | None

    @classmethod
    def of(
        cls,
        entity_id: str,
        bases: Iterable[str],
        countries: Set[str],
        merged: tuple[str, ...] = (),
        name: str | None = None,
    ) -> Identity:
        """That of offices of these countries."""
        return cls(
            entity_id, tuple(sorted(set(bases))), merged, name, next(iter(countries)) if len(countries) == 1 else None
        )


class Identities(NamedTuple):
    """The identities of a corpus, each with its occurrences, and the lines that named nothing in it."""

    settled: list[tuple[Identity, list[Occurrence]]]
    unused: tuple[str, ...]


def identities(occurrences: Iterable[Occurrence], stated: Statements, lines: Sequence[IdentityLine] = ()) -> Identities:
    """Settle who is who. Raises UsageError where lines contradict each other.

    What `stated` or lines speak of within a document has an occurrence for that document alone.
    """
    given = sorted(occurrences, key=lambda o: (o.entity_id, o.documents[0]))
    apart = pulled_out(lines, given) | _unclear(stated)
    known = nodes(given, apart)
    ordered = orders(lines, known)
    clusters = Clusters(known, ordered.apart)
    _obey(clusters, ordered)
    _tie_acronyms(clusters, known, stated)
    _tie_likenesses(clusters, known)
    _tie_parts(clusters, known)
    targets = {target for _, target in ordered.one}
    settled = [
        (_identity(members, why, targets, ordered.names), [o for node in members for o in node.occurrences])
        for members, why in clusters.all()
    ]
    return Identities(settled, tuple(ordered.unused))


def _unclear(stated: Statements) -> set[tuple[str, str]]:
    """(document, acronym) where the document says what the acronym means, and another document says otherwise."""
    unclear = ambiguous(stated)
    return {(document, acronym) for document, pairs in stated.items() for acronym, _ in pairs if acronym in unclear}


def _obey(clusters: Clusters, ordered: Orders) -> None:
    for one, other in ordered.one:
        clusters.join(one, other, CORRECTED)
    for (one, other), line in ordered.apart.items():
        if clusters.root(one) == clusters.root(other):
            raise UsageError(f"{line.where}: {line.entity!r} and {line.different_from!r} are one by other lines")


def _tie_acronyms(clusters: Clusters, known: Sequence[Node], stated: Statements) -> None:
    there = {node.node_id for node in known}
    for document, pairs in sorted(stated.items()):
        for acronym, long in sorted(pairs):
            own = in_document(acronym, document)
            one = own if own in there else acronym
            if one in there and long in there and clusters.may_join(one, long):
                clusters.join(one, long, "acronym")


def _tie_likenesses(clusters: Clusters, known: Sequence[Node]) -> None:
    for one, other, why in links(known):
        certain = not (one.shared or other.shared) or supported(one, other)
        if certain and clusters.may_join(one.node_id, other.node_id):
            clusters.join(one.node_id, other.node_id, why)


def _tie_parts(clusters: Clusters, known: Sequence[Node]) -> None:
    """Tie a name to the one fuller name of the corpus that it is a part of."""
    parts = Parts(known)
    people = [node for node in known if node.is_person]
    for node in sorted(people, key=lambda n: (-len(n.name), n.node_id)):
        _tie_part(clusters, node, parts.fuller(node), proved=False)
        _tie_part(clusters, node, parts.loosely_fuller(node), proved=True)


def _tie_part(clusters: Clusters, node: Node, fuller: Sequence[Node], *, proved: bool) -> None:
    root = clusters.root(node.node_id)
    others = {clusters.root(n.node_id): n for n in fuller if clusters.root(n.node_id) != root}
    fits = [n for n in others.values() if clusters.may_join(node.node_id, n.node_id)]
    proved = proved or node.shared or len(others) > 1
    if len(fits) == 1 and (supported(node, fits[0]) or not (proved or fits[0].shared)):
        clusters.join(node.node_id, fits[0].node_id, "part of the name")


def _identity(members: list[Node], why: tuple[str, ...], targets: set[str], names: dict[str, str]) -> Identity:
    most = max(n.documents for n in members)
    first = min(members, key=lambda n: _rank(n, targets, most))
    called = [
        names[n.node_id] for n in sorted(members, key=lambda n: (n is not first, n.node_id)) if n.node_id in names
    ]
    return Identity.of(
        first.node_id,
        (n.base for n in members),
        frozenset().union(*(n.countries for n in members)),
        (*why, *([CORRECTED] if called and CORRECTED not in why else [])),
        called[0] if called else None,
    )


def _rank(node: Node, targets: set[str], most: int) -> tuple[bool, bool, int, int, int, int, str]:
    """What an identity takes its identifier from: the user's choice, else the fullest name that is no rarity.

    `most`: in how many documents the commonest name of the identity stands.
    """
    said = sum(len(word) > 1 for word in node.name)
    rare = node.documents * _RARE < most
    return node.node_id not in targets, rare, -said, -node.documents, -node.mentions, -len(node.base), node.node_id

"""Nodes put together step by step, never against what keeps them apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pipeline.relate.occurrences import Node


class Clusters:
    """Nodes in clusters, at first one each. Every answer is a property of the steps taken, not of their lookups."""

    def __init__(self, nodes: Iterable[Node], apart: Iterable[tuple[str, str]] = ()) -> None:
        self._nodes = {node.node_id: node for node in nodes}
        # of nodes that were joined, which are few
        self._above: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._countries: dict[str, frozenset[str]] = {}
        self._reasons: dict[str, set[str]] = defaultdict(set)
        self._apart: dict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def root(self, node_id: str) -> str:
        """The node that stands for the cluster of a node."""
        above = self._above
        while (root := above.get(node_id)) is not None:
            above[node_id] = above.get(root, root)
            node_id = root
        return node_id

    def _members_of(self, root: str) -> list[str]:
        return self._members.get(root) or [root]

    def _countries_of(self, root: str) -> frozenset[str]:
        found = self._countries.get(root)
        node = self._nodes[root]
        return found if found is not None else node.countries if node.is_person else frozenset()

    def may_join(self, one: str, other: str) -> bool:
        """Whether nothing keeps two clusters apart: the user, or the countries of their offices."""
        a, b = self.root(one), self.root(other)
        first, second = self._countries_of(a), self._countries_of(b)
        clash = first and second and not first & second
        return not clash and not self.kept_apart(a, b)

    def kept_apart(self, one: str, other: str) -> bool:
        """Whether the user keeps any node of one cluster from any of the other."""
        a, b = self.root(one), self.root(other)
        return any(self.root(node) == b for node in self._apart[a])

    def join(self, one: str, other: str, why: str) -> None:
        """Make one cluster of two."""
        a, b = sorted((self.root(one), self.root(other)), key=lambda i: (-len(self._members_of(i)), i))
        if a == b:
            return
        self._countries[a] = self._countries_of(a) | self._countries_of(b)
        self._above[b] = a
        self._reasons[a].add(why)
        self._members.setdefault(a, [a]).extend(self._members.pop(b, [b]))
        self._reasons[a] |= self._reasons.pop(b, set())
        self._apart[a] |= self._apart.pop(b, set())

    def all(self) -> Iterator[tuple[list[Node], tuple[str, ...]]]:
        """(nodes, why they are one) of each cluster, sorted."""
        for root in sorted(self._nodes.keys() - self._above.keys()):
            members = [self._nodes[i] for i in sorted(self._members_of(root))]
            yield members, tuple(sorted(self._reasons.get(root, ())))

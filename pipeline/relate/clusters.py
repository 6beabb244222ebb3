"""Nodes put together step by step, never against what keeps them apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pipeline.relate.occurrences import Node


class Clusters:
    """Nodes in clusters, at first one each. Every answer is a property of the steps taken, not of their lookups."""

    def __init__(self, nodes: Iterable[Node], apart: Iterable[tuple[str, str]] = ()) -> None:
        self._nodes = {node.node_id: node for node in nodes}
        self._root = {node_id: node_id for node_id in self._nodes}
        self._members = {node_id: [node_id] for node_id in self._nodes}
        self._countries = {i: set(node.countries) for i, node in self._nodes.items() if node.is_person}
        self._reasons: dict[str, set[str]] = defaultdict(set)
        self._apart: dict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def root(self, node_id: str) -> str:
        """The node that stands for the cluster of a node."""
        while self._root[node_id] != node_id:
            self._root[node_id] = self._root[self._root[node_id]]
            node_id = self._root[node_id]
        return node_id

    def may_join(self, one: str, other: str) -> bool:
        """Whether nothing keeps two clusters apart: the user, or the countries of their offices."""
        a, b = self.root(one), self.root(other)
        first, second = self._countries.get(a), self._countries.get(b)
        clash = first and second and not first & second
        return not clash and not self.kept_apart(a, b)

    def kept_apart(self, one: str, other: str) -> bool:
        """Whether the user keeps any node of one cluster from any of the other."""
        a, b = self.root(one), self.root(other)
        return any(self.root(node) == b for node in self._apart[a])

    def join(self, one: str, other: str, why: str) -> None:
        """Make one cluster of two."""
        a, b = sorted((self.root(one), self.root(other)), key=lambda i: (-len(self._members[i]), i))
        if a == b:
            return
        self._root[b] = a
        self._reasons[a].add(why)
        self._members[a] += self._members.pop(b)
        self._countries.setdefault(a, set()).update(self._countries.get(b, ()))
        self._reasons[a] |= self._reasons.pop(b, set())
        self._apart[a] |= self._apart.pop(b, set())

    def all(self) -> list[tuple[list[Node], tuple[str, ...]]]:
        """(nodes, why they are one) of each cluster, sorted."""
        return [
            ([self._nodes[i] for i in sorted(members)], tuple(sorted(self._reasons.get(root, ()))))
            for root, members in sorted(self._members.items())
        ]

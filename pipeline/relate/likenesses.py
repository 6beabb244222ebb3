"""Pairs of nodes whose names may be one: the same letters, another order, another transliteration, a part.

No pair is searched for: names that may be one fall on the same key, so that the work grows with the corpus.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from pipeline.lexicon import fold, mapping
from pipeline.relate.occurrences import Node, compatible
from pipeline.relate.spellings import (
    Name,
    has_family_first,
    is_full,
    is_syllabic,
    letters,
    likeness,
    near_sounds,
    skeleton,
    sound,
    turned,
)

#: likeness from which on two spellings with the same consonants are one name, where country and office are the same.
#: Without them no likeness would do: of the pairs of tests/cases/identities.toml (2026-11-24), 23 of 31 that are one
#: person are at or above .90, and so are 31 of 41 that are two; at .96 it is 10 and 17.
SAME_OFFICE = 0.9
#: spellings of one name up to which every pair is tried; more are tied in a row
_FEW = 12
_WORD = re.compile(r"[^\W_]+")


class Link(NamedTuple):
    """Two nodes that may be one, and why."""

    one: Node
    other: Node
    why: str


def links(nodes: Sequence[Node]) -> Iterator[Link]:
    """The links of a corpus, the surest first, each kind sorted by the nodes' identifiers."""
    people = [n for n in nodes if n.is_person and is_full(n.name)]
    organisations = [n for n in nodes if not n.is_person]
    for group in _alike([*people, *organisations], lambda n: (n.is_person, letters(n.name))):
        yield from (Link(a, b, "hyphens") for a, b in _chain(group))
    for group in _alike(people, lambda n: frozenset(n.name)):
        yield from (Link(a, b, "order") for a, b in combinations(group, 2) if _is_turned(a, b))
    for group in _alike(people, lambda n: sound(n.name)):
        yield from (_transliteration(a, b) for a, b in _chain(group))
    yield from _longer_by_a_letter(people)
    for group in _alike([n for n in people if n.offices and n.countries], lambda n: skeleton(n.name)):
        yield from (_transliteration(a, b) for a, b in combinations(group, 2) if _same_office(a, b))


class Parts:
    """The full names of a corpus by their parts."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._whole: dict[Name, list[Node]] = defaultdict(list)
        self._loose: dict[Name, list[Node]] = defaultdict(list)
        for node in nodes:
            if node.is_person and is_full(node.name):
                self._add(node)

    def fuller(self, node: Node) -> list[Node]:
        """The nodes whose name begins with this node's, or is this one with its family name in front."""
        return self._whole.get(node.name, [])

    def loosely_fuller(self, node: Node) -> list[Node]:
        """The nodes whose name is this one with more given names, or a word for its initial; more must prove it.

        José Maria Pereira may be Maria Pereira or José Pereira, and often is neither.
        """
        return self._loose.get(node.name, [])

    def _add(self, node: Node) -> None:
        name, joints = node.name, _joints(node)
        ends = self._whole if name[0] in mapping("family_first") else self._loose
        for at in joints:
            for part, index in ((name[:at], self._whole), (name[at:], ends)):
                if is_full(part):
                    index[part].append(node)
        if len(name[0]) > 1:
            self._loose[(name[0][0], *name[1:])].append(node)
        if len(name) > 2 and {1, len(name) - 1} <= set(joints):
            self._loose[(name[0], name[-1])].append(node)


def supported(one: Node, other: Node) -> bool:
    """Whether a country of their offices is the same."""
    return bool(one.countries & other.countries)


def _joints(node: Node) -> list[int]:
    """Where the name may be parted: between words, never inside `Jean-Paul`."""
    written = [name for o in node.occurrences for name in o.names if _spoken(name) == node.name]
    every = [set(_ends(name)) for name in dict.fromkeys(written)]
    return sorted(set.intersection(*every)) if every else []


def _spoken(name: str) -> Name:
    return tuple(_WORD.findall(fold(name)))


def _ends(name: str) -> Iterator[int]:
    """How many words stand before each space of a name."""
    count = 0
    for part in name.split()[:-1]:
        count += len(_spoken(part))
        yield count


def _alike(nodes: Iterable[Node], key: Callable[[Node], Hashable]) -> list[list[Node]]:
    """The nodes that have a key in common, where there are two or more, in the order of the nodes."""
    groups: dict[Hashable, list[Node]] = defaultdict(list)
    for node in nodes:
        groups[key(node)].append(node)
    return [group for group in groups.values() if len(group) > 1]


def _chain(group: list[Node]) -> Iterator[tuple[Node, Node]]:
    """Pairs that tie a group together: those of one name to each of the next."""
    by_name = defaultdict(list)
    for node in group:
        by_name[node.base].append(node)
    names = list(by_name.values())
    for some, others in combinations(names, 2) if len(names) <= _FEW else pairwise(names):
        yield from ((a, b) for a in some for b in others)


def _is_turned(one: Node, other: Node) -> bool:
    known = has_family_first(one.name) or supported(one, other)
    return known and turned(one.name, other.name)


def _transliteration(one: Node, other: Node) -> Link:
    score = f"{likeness(one.name, other.name):.2f}".removeprefix("0")
    return Link(one, other, f"transliteration {score}")


def _longer_by_a_letter(people: Iterable[Node]) -> Iterator[Link]:
    by_sound: dict[str, list[Node]] = defaultdict(list)
    for node in people:
        by_sound[sound(node.name)].append(node)
    for heard in sorted(by_sound):
        longer = by_sound[heard]
        for shorter in dict.fromkeys(near_sounds(longer[0].name)):
            for a, b in ((a, b) for a in longer for b in by_sound.get(shorter, ())):
                if len(a.name) == len(b.name):
                    yield _transliteration(a, b)


def _same_office(one: Node, other: Node) -> bool:
    """Whether two names but for a vowel in one word are said to hold the same office, one that few hold at once."""
    if not supported(one, other) or likeness(one.name, other.name) < SAME_OFFICE:
        return False
    rare = [frozenset(office for office in node.offices if " " in office) for node in (one, other)]
    return compatible(*rare) and _one_word_apart(one.name, other.name)


def _one_word_apart(one: Name, other: Name) -> bool:
    """Whether one word differs, but neither in its first letter nor in its last, which tell genders apart."""
    differing = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    inner = all(a[0] == b[0] and a[-1] == b[-1] for a, b in differing)
    return len(one) == len(other) and len(differing) == 1 and inner and not is_syllabic(one)

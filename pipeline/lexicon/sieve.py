"""Which of many patterns can match in a text: those of which a word stands there, looked for all at once.

Of each pattern the words are known that every match has one of (literals.py). One pass of Aho and Corasick's automaton
then says which patterns are worth trying.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from pipeline.lexicon.automata import automaton
from pipeline.lexicon.literals import Words

Key = TypeVar("Key")
_TOGETHER = 1_000  #: so many stretches of a text are looked through at once, for the memory that all words found take


class Sieve(Generic[Key]):
    """Patterns for folded text: the key of each, and its words, None where it has to be tried always."""

    def __init__(self, patterns: Iterable[tuple[Key, Words | None]]) -> None:
        by_word: dict[str, set[Key]] = defaultdict(set)
        always = set()
        for key, words in patterns:
            for word in words or ():
                by_word[word].add(key)
            if words is None:
                always.add(key)
        self._always = frozenset(always)
        self._keys = list(by_word.values())
        self._automaton = automaton(list(by_word)) if by_word else None

    def passing(self, view: str) -> frozenset[Key]:
        """The keys of the patterns that may match somewhere in `view`, a folded text; no other one does."""
        if self._automaton is None:
            return self._always
        found = {which for which, _, _ in self._automaton.find_matches_as_indexes(view, overlapping=True)}
        return self._always.union(*(self._keys[which] for which in found)) if found else self._always

    def passing_each(self, view: str, spans: Sequence[tuple[int, int]]) -> list[frozenset[Key]]:
        """What `passing` says of each of many stretches of `view`, which follow each other, in one pass over it."""
        together = (spans[first : first + _TOGETHER] for first in range(0, len(spans), _TOGETHER))
        return [keys for some in together for keys in self._passing_each(view, some)]

    def _passing_each(self, view: str, spans: Sequence[tuple[int, int]]) -> list[frozenset[Key]]:
        if self._automaton is None:
            return [self._always for _ in spans]
        starts, found, low = [start for start, _ in spans], dict[int, set[int]](), spans[0][0]
        for which, first, last in self._automaton.find_matches_as_indexes(view[low : spans[-1][1]], overlapping=True):
            at = bisect_right(starts, low + first) - 1
            if low + last <= spans[at][1]:
                found.setdefault(at, set()).add(which)
        passed = {at: self._always.union(*map(self._keys.__getitem__, words)) for at, words in found.items()}
        return [passed.get(at, self._always) for at in range(len(spans))]

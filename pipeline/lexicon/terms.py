"""Find many names at once: the longest name at each place, on word boundaries, by Aho and Corasick's automaton."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from pipeline.lexicon.fold import fold

Value = TypeVar("Value")
_FEW = 500  #: names of which the fastest automaton is small, and made in milliseconds


class Term(NamedTuple, Generic[Value]):
    """A name found: offsets in the text, end exclusive, and the value that the name stands for."""

    start: int
    end: int
    value: Value


class Terms(Generic[Value]):
    """A set of names, each with a value. Names and texts are compared folded.

    Those that are not `lasting` are for one text: the automaton is the one that is made, not run, in the least time.
    """

    def __init__(self, names: Iterable[tuple[str, Value]], *, lasting: bool = True) -> None:
        by_form: dict[str, Value] = {}
        for name, value in names:
            by_form.setdefault(" ".join(fold(name).split()), value)
        by_form.pop("", None)
        self._forms = list(by_form)
        self._values = list(by_form.values())
        self._automaton = _automaton(self._forms, lasting=lasting) if self._forms else None

    def __len__(self) -> int:
        return len(self._forms)

    def find(self, view: str) -> list[Term[Value]]:
        """The names in `view`, a folded text: leftmost, then longest; they do not overlap."""
        taken = -1
        found: list[Term[Value]] = []
        for start, end, which in self._candidates(view.replace("\n", " ")):
            if start >= taken:
                found.append(Term(start, end, self._values[which]))
                taken = end
        return found

    def _candidates(self, view: str) -> Iterator[tuple[int, int, int]]:
        if self._automaton is None:
            return iter(())
        matches = self._automaton.find_matches_as_indexes(view, overlapping=True)
        whole = [(s, e, w) for w, s, e in matches if _is_word(view, s, e)]
        return iter(sorted(whole, key=lambda m: (m[0], -m[1])))


def _automaton(forms: list[str], *, lasting: bool) -> AhoCorasick:
    small = Implementation.DFA if len(forms) <= _FEW else None
    kind = small if lasting else Implementation.NoncontiguousNFA
    return AhoCorasick(forms, matchkind=MatchKind.Standard, implementation=kind)


def _is_word(view: str, start: int, end: int) -> bool:
    before = view[start - 1] if start else " "
    after = view[end] if end < len(view) else " "
    return not before.isalnum() and not after.isalnum()

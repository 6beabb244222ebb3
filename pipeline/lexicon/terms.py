"""Find many names at once: the longest name at each place, on word boundaries, by Aho and Corasick's automaton."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from pipeline.lexicon.automata import automaton, whole
from pipeline.lexicon.fold import fold
from pipeline.lexicon.together import Candidate, Together

Value = TypeVar("Value")
_TOGETHER = Together()


class Term(NamedTuple, Generic[Value]):
    """A name found: offsets in the text, end exclusive, and the value that the name stands for."""

    start: int
    end: int
    value: Value


class Terms(Generic[Value]):
    """A set of names, each with a value. Names and texts are compared folded.

    Those that are not `lasting` are for one text: the automaton is the one that is made, not run, in the least time.
    Those that are looked for `together` in whole texts share one automaton (together.py).
    """

    def __init__(self, names: Iterable[tuple[str, Value]], *, lasting: bool = True, together: bool = False) -> None:
        by_form: dict[str, Value] = {}
        for name, value in names:
            by_form.setdefault(" ".join(fold(name).split()), value)
        by_form.pop("", None)
        self._forms = list(by_form)
        self._values = list(by_form.values())
        self._shared = _TOGETHER.add(self._forms) if together else None
        self._automaton = automaton(self._forms, lasting=lasting) if self._forms and not together else None

    def __len__(self) -> int:
        return len(self._forms)

    def find(self, view: str) -> list[Term[Value]]:
        """The names in `view`, a folded text: leftmost, then longest; they do not overlap."""
        taken = -1
        found: list[Term[Value]] = []
        for start, negative_end, which in self._candidates(_in_one_line(view)):
            if start >= taken:
                taken = -negative_end
                found.append(Term(start, taken, self._values[which]))
        return found

    def _candidates(self, view: str) -> list[Candidate]:
        """(start, -end, number) of all names on word boundaries, sorted."""
        if self._shared is not None:
            return sorted(_TOGETHER.candidates(self._shared, view))
        if self._automaton is None:
            return []
        return sorted([(start, -end, which) for which, start, end in whole(self._automaton, view)])


@lru_cache(1)  # so that a text that is looked through for list after list is the same object each time
def _in_one_line(view: str) -> str:
    return view.replace("\n", " ")

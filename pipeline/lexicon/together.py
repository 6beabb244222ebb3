"""Lists of names that are looked for in a text all at once, by one automaton: who asks first finds for all."""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakSet

from ahocorasick_rs import AhoCorasick

from pipeline.lexicon.automata import automaton, whole

Candidate = tuple[int, int, int]  #: start, -end, number of the name
_SHORT = 200  #: characters of a text that only one list is asked for


class Names:
    """The folded names of a list, and its number among the lists."""

    def __init__(self, forms: Sequence[str]) -> None:
        self.forms = forms
        self.at = 0


class Together:
    """Lists of names; one that is no longer there is left out when the next is added."""

    def __init__(self) -> None:
        self._lists: WeakSet[Names] = WeakSet()
        self._automaton: AhoCorasick | None = None
        self._size = 0  #: lists that the automaton was made of
        self._owners: list[list[tuple[int, int]]] = []  #: of each name, the lists that it stands in, and where
        self._last: tuple[str, list[list[Candidate]]] = "", []  #: a text, and what each list has there

    def add(self, forms: Sequence[str]) -> Names:
        """Add a list."""
        names = Names(forms)
        self._lists.add(names)
        self._automaton = None
        return names

    def candidates(self, names: Names, view: str) -> list[Candidate]:
        """(start, -end, number) of all names of a list on word boundaries in a folded text, in no order."""
        if self._automaton is None:
            self._automaton, self._last = self._made(), ("", [])
        text, found = self._last
        if not found or text != view:
            found = self._found(self._automaton, view)
            self._last = (view, found) if len(view) > _SHORT else self._last
        return found[names.at]

    def _made(self) -> AhoCorasick:
        owners: dict[str, list[tuple[int, int]]] = {}
        lists = list(self._lists)
        for at, names in enumerate(lists):
            names.at = at
            for number, form in enumerate(names.forms):
                owners.setdefault(form, []).append((at, number))
        self._size, self._owners = len(lists), list(owners.values())
        return automaton(list(owners))

    def _found(self, found_by: AhoCorasick, view: str) -> list[list[Candidate]]:
        found: list[list[Candidate]] = [[] for _ in range(self._size)]
        for form, start, end in whole(found_by, view):
            for at, number in self._owners[form]:
                found[at].append((start, -end, number))
        return found

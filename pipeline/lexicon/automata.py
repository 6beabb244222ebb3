"""Automata of Aho and Corasick: what finds all of some words in a text at once."""

from __future__ import annotations

from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

_FEW = 500  #: names of which the fastest automaton is small, and made in milliseconds


def automaton(forms: Sequence[str], *, lasting: bool = True) -> AhoCorasick:
    """What finds all of some words, the fastest that is small; one that is not `lasting` is made in the least time."""
    small = Implementation.DFA if len(forms) <= _FEW else None
    kind = small if lasting else Implementation.NoncontiguousNFA
    return AhoCorasick(forms, matchkind=MatchKind.Standard, implementation=kind)


def whole(found_by: AhoCorasick, view: str) -> list[tuple[int, int, int]]:
    """(number, start, end) of all words in a folded text that begin and end where words of the text do."""
    last = len(view)
    return [
        one
        for one in found_by.find_matches_as_indexes(view, overlapping=True)
        if not (one[1] and view[one[1] - 1].isalnum()) and not (one[2] < last and view[one[2]].isalnum())
    ]

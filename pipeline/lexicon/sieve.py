"""Which of many patterns can match in a text: those of which a word stands there, looked for all at once.

Of each pattern the words are read off that every match has one of: « signé » or « paraphé » of
`(?:a|ont) (?:signé|paraphé)`. One pass of Aho and Corasick's automaton then says which patterns are worth trying.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import import_module
from itertools import product
from typing import Any, Generic, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

Key = TypeVar("Key")
Words = frozenset[str]

_NOTHING: Words = frozenset([""])
_MOST = 400  #: so many words are put together from the parts of a pattern
_SHORTEST = 2  #: letters of a word that is worth looking for
_ONCE = (1, 1)


class Sieve(Generic[Key]):
    """Patterns by their keys, all for folded text."""

    def __init__(self, patterns: Iterable[tuple[Key, re.Pattern[str]]]) -> None:
        by_word: dict[str, set[Key]] = defaultdict(set)
        always = set()
        for key, pattern in patterns:
            words = required(pattern)
            for word in words or ():
                by_word[word].add(key)
            if words is None:
                always.add(key)
        self._always = frozenset(always)
        self._keys = list(by_word.values())
        self._automaton = AhoCorasick(list(by_word), matchkind=MatchKind.Standard) if by_word else None

    def passing(self, view: str) -> frozenset[Key]:
        """The keys of the patterns that may match somewhere in `view`, a folded text; no other one does."""
        if self._automaton is None:
            return self._always
        found = {which for which, _, _ in self._automaton.find_matches_as_indexes(view, overlapping=True)}
        return self._always.union(*(self._keys[which] for which in found)) if found else self._always


@cache
def required(pattern: re.Pattern[str]) -> Words | None:
    """Words of which every match of a pattern has at least one; None where no such words are known."""
    parser = _parser()
    if parser is None or pattern.flags & re.IGNORECASE:
        return None
    words = _read(parser.parse(pattern.pattern, pattern.flags))[1]
    return words if _weight(words)[0] >= _SHORTEST else None


def _parser() -> Any:
    """Python's own parser of patterns; None where a future version has none: all patterns are tried then."""
    try:
        return import_module("re._parser")
    except ModuleNotFoundError:
        return None


def _read(parts: Iterable[tuple[Any, Any]]) -> tuple[Words | None, Words | None]:
    """(all that a sequence of parts matches, or None; the best words of which each match has one, or None)."""
    run, best, whole = _NOTHING, None, True
    for kind, content in parts:
        exact, inner = _part(str(kind), content)
        if exact is not None and len(run) * len(exact) <= _MOST:
            run = frozenset(map("".join, product(run, exact)))
            continue
        best, run, whole = max(best, run, inner, key=_weight), exact or _NOTHING, False
    return run if whole else None, max(best, run, key=_weight)


def _part(kind: str, content: Any) -> tuple[Words | None, Words | None]:
    """The same of one part."""
    read = _PARTS.get(kind)
    return read(content) if read else (None, None)


def _class(content: Any) -> tuple[Words | None, Words | None]:
    letters = [chr(letter) for kind, letter in content if str(kind) == "LITERAL"]
    return frozenset(letters) if len(letters) == len(content) else None, None


def _group(content: Any) -> tuple[Words | None, Words | None]:
    _, add, remove, inside = content
    return (None, None) if add or remove else _read(inside)


def _either(branches: Sequence[tuple[Words | None, Words | None]]) -> tuple[Words | None, Words | None]:
    exact, best = ([one[at] for one in branches] for at in (0, 1))
    return _union(exact), _union(best)


def _union(some: Sequence[Words | None]) -> Words | None:
    known = [words for words in some if words is not None]
    return frozenset[str]().union(*known) if len(known) == len(some) else None


def _repeated(least: int, most: int, inside: Any) -> tuple[Words | None, Words | None]:
    exact, best = _read(inside)
    if (least, most) == _ONCE:
        return exact, best
    if least == 0:
        return exact | _NOTHING if exact is not None and most == 1 else None, None
    return None, best


#: {part of a pattern: how it is read}; all others may match anything
_PARTS: dict[str, Callable[[Any], tuple[Words | None, Words | None]]] = {
    "LITERAL": lambda code: (frozenset([chr(code)]), None),
    "IN": _class,
    **dict.fromkeys(("AT", "ASSERT", "ASSERT_NOT"), lambda _: (_NOTHING, None)),
    "SUBPATTERN": _group,
    "ATOMIC_GROUP": _read,
    "BRANCH": lambda content: _either([_read(branch) for branch in content[1]]),
    **dict.fromkeys(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"), lambda content: _repeated(*content)),
}


def _weight(words: Words | None) -> tuple[int, int]:
    """How good words are to look for: the longer the shortest of them the better, then the fewer."""
    return (min(map(len, words)), -len(words)) if words else (0, 0)

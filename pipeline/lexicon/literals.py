"""Words that every match of a pattern has one of, read off the pattern: « signé » of `(?:a|ont) (?:bien )?signé`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import product
from typing import Any

Words = frozenset[str]

_NOTHING: Words = frozenset([""])
_MOST = 400  #: so many words are put together from the parts of a pattern
_SHORTEST = 2  #: letters of a word that is worth looking for
_ONCE = (1, 1)


def required(parsed: Iterable[tuple[Any, Any]]) -> Words | None:
    """Words of which every match has at least one; None where no such words are known.

    `parsed` is what Python's own parser makes of a pattern that tells capitals from small letters.
    """
    words = _read(parsed)[1]
    return words if _weight(words)[0] >= _SHORTEST else None


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

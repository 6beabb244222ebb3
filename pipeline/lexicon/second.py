"""What may stand behind the first word of a match, read off its pattern: « m » behind the number of `[0-9]+ mars`."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_lowercase, digits
from typing import Any

States = frozenset[str]

_WORD, _SPACE = "word", "space"  #: a match has got to the first word, or into the space behind it
_SPACES = frozenset(" \n")
_ZERO_WIDTH = frozenset(("AT", "ASSERT", "ASSERT_NOT"))
_REPEATS = frozenset(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"))
_WIDEST = 64  #: letters of a range that are looked at one by one
_ANY = ""
#: kinds of first words
WORDS = {"number": frozenset(digits), "letters": frozenset(ascii_lowercase)}


def signs_behind(parsed: Iterable[tuple[Any, Any]], kind: str) -> frozenset[str] | None:
    """The signs one of which stands behind the first word of each match, whatever white space is between.

    None: any sign, or the end. `kind` is that of the word, a number or small letters; `parsed` is what Python's own
    parser makes of a pattern.
    """
    seen: set[str] = set()
    if _behind(parsed, frozenset([_WORD]), WORDS[kind], seen):
        return None
    return None if _ANY in seen else frozenset(seen)


def _behind(parts: Iterable[tuple[Any, Any]], states: States, word: frozenset[str], seen: set[str]) -> States:
    """The states behind a sequence of parts; signs that stand behind the word are added to `seen`."""
    for kind, content in parts:
        if not states:
            break
        states = _part(str(kind), content, states, word, seen)
    return states


def _part(kind: str, content: Any, states: States, word: frozenset[str], seen: set[str]) -> States:
    if kind in _ZERO_WIDTH:
        return states
    if kind in {"SUBPATTERN", "ATOMIC_GROUP"}:
        return _behind(content[-1] if kind == "SUBPATTERN" else content, states, word, seen)
    if kind == "BRANCH":
        return frozenset[str]().union(*(_behind(branch, states, word, seen) for branch in content[1]))
    if kind in _REPEATS:
        return _repeated(content, states, word, seen)
    return _sign(_signs(kind, content), states, word, seen)


def _repeated(content: Any, states: States, word: frozenset[str], seen: set[str]) -> States:
    """The states behind a part that comes several times: twice shows all that it can lead to."""
    least, most, inside = content
    reached = states if least == 0 else frozenset[str]()
    for _ in range(min(int(most), len((_WORD, _SPACE)) + least)):
        states = _behind(inside, states, word, seen)
        reached |= states
    return reached


def _sign(signs: frozenset[str], states: States, word: frozenset[str], seen: set[str]) -> States:
    """The states behind one sign of several."""
    if _ANY in signs:
        seen.add(_ANY)
        return frozenset()
    seen |= signs - _SPACES if _SPACE in states else signs - _SPACES - word
    goes_on = _WORD in states and not signs.isdisjoint(word)
    return frozenset([_WORD] * goes_on + [_SPACE] * (not signs.isdisjoint(_SPACES)))


def _signs(kind: str, content: Any) -> frozenset[str]:
    """The signs that a part stands for."""
    if kind == "LITERAL":
        return frozenset([chr(content)])
    if kind != "IN":
        return frozenset([_ANY])
    return frozenset[str]().union(*(_members(str(one), what) for one, what in content))


def _members(kind: str, content: Any) -> frozenset[str]:
    if kind == "LITERAL":
        return frozenset([chr(content)])
    if kind == "RANGE" and content[1] - content[0] < _WIDEST:
        return frozenset(map(chr, range(content[0], content[1] + 1)))
    return frozenset([_ANY])

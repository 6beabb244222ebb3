"""Where the words of a correction stand in a document that may have changed since.

A place is remembered as in a concordance: the words, and what stands before and after them in their sentence. Offsets
only choose between places that are equally good.
"""

from __future__ import annotations

import re
from typing import NamedTuple

#: the end of a sentence, roughly, or of a paragraph: it must be found again in another version of the document
_BOUNDARY = re.compile(r"(?<=[.!?…])\s+|\n\s*\n")
_REACH = 200  #: characters to each side, at most
_LEAST = 0.5  #: share of the words around that must be the same


class Evidence(NamedTuple):
    """The words that a row stands on, what surrounds them in their sentence, and their offsets if known."""

    text: str
    before: str = ""
    after: str = ""
    start_char: int | None = None
    end_char: int | None = None


def evidence(text: str, start: int, end: int) -> Evidence:
    """The evidence at a place of a document's text."""
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    for boundary in _BOUNDARY.finditer(text, first, start):
        first = boundary.end()
    if following := _BOUNDARY.search(text, end, last):
        last = following.start()
    return Evidence(text[start:end], _line(text[first:start]), _line(text[end:last]), start, end)


def place(found: Evidence, text: str) -> tuple[int, int] | None:
    """Where the evidence stands in a document's text now, None where it does not.

    Its words must be there, however they are wrapped, with at least half of the words that stood around them or
    at the very same place; without words around, they must be there.
    """
    words = found.text.split()
    if not words:
        return None
    # what a file of corrections cannot hold stands there as U+FFFD; places may overlap
    wrapped = r"\s+".join(map(re.escape, words)).replace("\ufffd", ".")
    pattern = re.compile(f"(?=({wrapped}))", re.DOTALL)
    ranked = [(*_likeness(found, text, *m.span(1)), m.span(1)) for m in pattern.finditer(text)]
    if not ranked:
        return None
    share, *_, best = max(ranked, key=lambda one: one[:3])
    stays = best[0] == found.start_char
    return best if share >= _LEAST or stays else None


def _likeness(found: Evidence, text: str, start: int, end: int) -> tuple[float, int, int]:
    """The share of the words around that are the same; the old place, whole words or neither; how near the old one."""
    before, after = found.before.split(), found.after.split()
    now_before, now_after = text[max(0, start - 2 * _REACH) : start].split(), text[end : end + 2 * _REACH].split()
    same = _common(before[::-1], now_before[::-1]) + _common(after, now_after)
    around = len(before) + len(after)
    near = -abs(start - found.start_char) if found.start_char is not None else -start
    kind = 2 if start == found.start_char else int(_is_whole(text, start) and _is_whole(text, end))
    return same / around if around else 1.0, kind, near


def _is_whole(text: str, at: int) -> bool:
    """Whether no word goes on at an offset."""
    return not (text[max(0, at - 1) : at].isalnum() and text[at : at + 1].isalnum())


def _common(some: list[str], others: list[str]) -> int:
    """How many words are the same, from the first one on."""
    count = 0
    for one, other in zip(some, others, strict=False):
        if one != other:
            break
        count += 1
    return count


def _line(text: str) -> str:
    return " ".join(text.split())

"""Lines to paragraphs: where one ends, and what becomes of a word that goes on in the next line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from statistics import median

from pipeline.lexicon import fold, rows
from pipeline.read.pdf.lines import Line

#: in heights or distances of lines
_FAR, _INDENT, _OTHER_SIZE, _LEAST_STEP = 1.35, 0.8, 1.15, 0.7
#: a line that ends so much of the column's width before its edge is short
_SHORT = 0.12
_BULLET = re.compile(r"(?:[•▪◦‣●■–—*-]|\(?(?:\d{1,3}|[a-z])[.)°])\s")
_END = re.compile(r"[.!?…:;»”\"]\W*$")
_HYPHENATED = re.compile(r"(?P<first>[^\W\d_]+)-$")
_GOES_ON = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


def paragraphs(lines: Sequence[Line]) -> list[list[str]]:
    """The paragraphs of a column, each as its lines."""
    if not lines:
        return []
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    step = _step(lines)
    found = [[lines[0].text]]
    for before, line in pairwise(lines):
        if _begins(before, line, step, left, right):
            found.append([line.text])
        else:
            found[-1].append(line.text)
    return found


def _step(lines: Sequence[Line]) -> float:
    """How far below each other the lines of a paragraph are: nearly the least distance, since most are in one."""
    size = median(line.size for line in lines)
    steps = sorted(step for one, other in pairwise(lines) if (step := one.top - other.top) > _LEAST_STEP * size)
    return steps[len(steps) // 5] if steps else 0.0


def _begins(before: Line, line: Line, step: float, left: float, right: float) -> bool:
    """Whether a paragraph begins with `line`."""
    apart = before.top - line.top > _FAR * step
    other = max(before.size, line.size) > _OTHER_SIZE * min(before.size, line.size)
    cells = "\t" in before.text or "\t" in line.text
    indented = line.left - before.left > _INDENT * line.size and before.left - left < _INDENT * line.size
    short = right - before.right > _SHORT * (right - left) and _END.search(before.text) is not None
    return apart or other or cells or indented or short or _BULLET.match(line.text) is not None


def joined(columns: Iterable[Sequence[Sequence[str]]]) -> str:
    """The paragraphs of all columns of all pages as a text; one that goes on in the next column is one."""
    found: list[list[str]] = []
    for column in columns:
        for number, paragraph in enumerate(column):
            if number == 0 and found and _goes_on(found[-1][-1], paragraph[0]):
                found[-1].extend(paragraph)
            else:
                found.append(list(paragraph))
    words = Counter(word for paragraph in found for line in paragraph for word in _WORD.findall(fold(line)))
    return "\n\n".join(_one(paragraph, words) for paragraph in found)


def _goes_on(last: str, first: str) -> bool:
    return first[:1].islower() and _END.search(last) is None


def _one(lines: Sequence[str], words: Counter[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        text = text[:-1] + line if _is_split(text, line, words) else text + ("" if text.endswith("-") else " ") + line
    return text


def _is_split(text: str, line: str, words: Counter[str]) -> bool:
    """Whether the hyphen at the end of `text` only says that a word goes on in the next line.

    What the document writes elsewhere tells, with a hyphen or without; else the lexicon's list of words that bear one.
    """
    before, behind = _HYPHENATED.search(text), _GOES_ON.match(line)
    if before is None or behind is None or not behind[0][0].islower():
        return False
    first, second = fold(before["first"]), fold(behind[0])
    with_hyphen, without = words[f"{first}-{second}"], words[first + second]
    if with_hyphen != without:
        return without > with_hyphen
    return first not in _hyphened("first") and second not in _hyphened("second")


@cache
def _hyphened(side: str) -> frozenset[str]:
    return frozenset(fold(row["form"]) for row in rows("hyphened_words") if row["value"] == side)

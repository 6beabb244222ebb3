"""The lines of a page: characters side by side, and where they stand. Points, from the page's lower left."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from ctypes import byref
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from pipeline.read.libraries import library

#: in heights of a character: a space that may be one between columns, one between words, and none at all
_WIDE, _SPACE, _TOUCHING = 0.8, 0.14, 0.1
#: so much smaller and higher is a superscript; its digits are no part of the number before
_SMALL, _UP = 0.8, 0.15
_RAISED = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
#: what PDFium gives in the place of a hyphen at the end of a line, and what is none
_HYPHENS = {0x02, 0xFFFE, 0xAD, 0x2010}
_BREAKS, _A_SPACE = {0x0A, 0x0D}, 0x20
_NOTHING = {0x00, 0xFEFF, 0xFFFF}
_LIGATURES = str.maketrans({chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)})


class Line(NamedTuple):
    """Characters on one line, their box, and how far up it is on the page, from 0 to 1."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    height_on_page: float = 0.0

    @property
    def size(self) -> float:
        """The height of its characters."""
        return self.top - self.bottom


def lines(text: Any, page_height: float) -> list[Line]:
    """The lines of a text page of pypdfium2, in its order; wide spaces end them as line breaks do."""
    found = (_line(run, page_height) for run in _whole(list(_runs(text))))
    return [line for line in found if line.text]


def _runs(text: Any) -> Iterator[list[Line]]:
    """The characters of the page, those together that PDFium gives one after the other, side by side."""
    run: list[Line] = []
    for character in _characters(text):
        if run and (character is None or _is_apart(run[-1], character)):
            yield run
            run = []
        if character is not None:
            run.append(character)
    if run:
        yield run


def _characters(text: Any) -> Iterator[Line | None]:
    """Each character with its box, None for a line break; not the spaces that PDFium makes up."""
    raw = library("pypdfium2.raw", "pdf", "PDF")
    code_at, box_at, is_made_up = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_IsGenerated
    page, box = text.raw, raw.FS_RECTF()
    to_box = byref(box)
    for at in range(text.count_chars()):
        code = code_at(page, at)
        if code in _BREAKS:
            yield None
        elif code in _NOTHING or (code == _A_SPACE and is_made_up(page, at) == 1):
            continue
        elif box_at(page, at, to_box):
            yield Line("-" if code in _HYPHENS else chr(code), box.left, box.bottom, box.right, box.top)


def _is_apart(before: Line, behind: Line) -> bool:
    space = behind.left - before.right
    if -_SPACE < space < _SPACE:
        return False
    size = max(before.size, behind.size)
    return space > _WIDE * size or behind.right < before.left - size


def _whole(runs: list[list[Line]]) -> Iterator[list[Line]]:
    """The runs, those made one that touch on one line: programs write the letters of another font later."""
    of_rows: list[list[list[Line]]] = []
    for run in sorted(runs, key=lambda run: -run[0].top):
        if of_rows and _is_beside(of_rows[-1][0][0], run[0]):
            of_rows[-1].append(run)
        else:
            of_rows.append([run])
    for row in of_rows:
        row.sort(key=lambda run: run[0].left)
        whole = row[0]
        for run in row[1:]:
            if run[0].left - max(c.right for c in whole) < _TOUCHING * run[0].size:
                whole = whole + run
            else:
                yield whole
                whole = run
        yield whole


def _is_beside(one: Line, other: Line) -> bool:
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    return shared > 0.5 * min(one.size, other.size)


def _line(run: Sequence[Line], page_height: float) -> Line:
    characters = sorted(run, key=lambda c: c.left)
    text = characters[0].text + "".join(_written(before, behind) for before, behind in pairwise(characters))
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").translate(_LIGATURES)
    bottom, top = median(c.bottom for c in characters), median(c.top for c in characters)
    left, right = characters[0].left, max(c.right for c in characters)
    on_page = bottom / page_height if page_height else 0.0
    return Line(" ".join(whole.split()), left, bottom, right, top, on_page)


def _written(before: Line, behind: Line) -> str:
    """A character behind another one: a space before it where it stands apart, and as a superscript if it is one."""
    size = before.top - before.bottom
    if behind.text not in _RAISED:
        return f" {behind.text}" if behind.left - before.right > _SPACE * size else behind.text
    is_raised = behind.size < _SMALL * size and behind.bottom - before.bottom > _UP * size
    text = _RAISED.get(behind.text, behind.text) if is_raised else behind.text
    return f" {text}" if behind.left - before.right > _SPACE * size else text

"""The order in which the lines of a page are read: columns from left to right, and what goes across them between.

After the XY-cut of Nagy and Seth (1984), but for lines across the columns, which cut them into bands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median

from pipeline.read.pdf.lines import Line

#: a column has so many lines, of so many characters; less is a table or a form, which is read row by row
_LEAST_LINES, _LEAST_CHARACTERS = 4, 14
#: so many of the lines may go across the space between columns
_MOST_ACROSS = 0.34
#: the space between columns has at least so many heights of a line
_LEAST_SPACE = 0.5
#: wider spaces within a row, in heights of a line, are those of a table
_CELLS = 2.5


def columns(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The columns of a page in reading order, each as its rows from top to bottom."""
    between = _space(lines)
    if between is None:
        if lines:
            yield _rows(lines)
        return
    for is_across, band in groupby(sorted(lines, key=lambda line: -line.top), lambda line: _is_across(line, between)):
        if is_across:
            yield _rows(list(band))
            continue
        listed = list(band)
        yield from columns([line for line in listed if line.right <= between])
        yield from columns([line for line in listed if line.right > between])


def _is_across(line: Line, x: float) -> bool:
    return line.left < x < line.right


def _space(lines: Sequence[Line]) -> float | None:
    """Where the space between two columns is, if there is one: the widest of those that the fewest lines cross."""
    if len(lines) < 2 * _LEAST_LINES:
        return None
    least = _LEAST_SPACE * median(line.size for line in lines)
    found = [
        space for x in sorted({round(line.right, 1) for line in lines}) if (space := _space_behind(lines, x, least))
    ]
    return min(found)[2] if found else None


def _space_behind(lines: Sequence[Line], x: float, least: float) -> tuple[int, float, float] | None:
    """How many lines cross the space behind `x`, its width (negative) and its middle; None where there is none."""
    left = [line for line in lines if line.right <= x + 0.1]
    right_of = [line for line in lines if line.left > x]
    if len(left) < _LEAST_LINES or len(right_of) < _LEAST_LINES:
        return None
    width = min(line.left for line in right_of) - x
    across = len(lines) - len(left) - len(right_of)
    if width < least or across > _MOST_ACROSS * len(lines) or not (_is_prose(left) and _is_prose(right_of)):
        return None
    return (across, -width, x + width / 2) if _are_side_by_side(left, right_of) else None


def _is_prose(lines: Sequence[Line]) -> bool:
    return median(len(line.text) for line in lines) >= _LEAST_CHARACTERS


def _are_side_by_side(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether the lower of the two begins above the end of the higher one, by at least some lines."""
    top = min(max(line.top for line in side) for side in (left, right))
    bottom = max(min(line.bottom for line in side) for side in (left, right))
    return top - bottom > _LEAST_LINES * 0.8 * median(line.size for line in (*left, *right))


def _rows(lines: Sequence[Line]) -> list[Line]:
    """Lines at one height as one, from left to right; a tab between the cells of a table."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (-line.top, line.left)):
        if rows and _is_beside(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_row(sorted(row, key=lambda line: line.left)) for row in rows]


def _is_beside(one: Line, other: Line) -> bool:
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    return shared > 0.5 * min(one.size, other.size)


def _row(parts: Sequence[Line]) -> Line:
    text = parts[0].text
    for before, line in pairwise(parts):
        text += ("\t" if line.left - before.right > _CELLS * line.size else " ") + line.text
    main = max(parts, key=lambda line: len(line.text))
    left, right = min(line.left for line in parts), max(line.right for line in parts)
    return main._replace(text=text, left=left, right=right)

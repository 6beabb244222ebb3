"""A text cut into runs by spans that may overlap, so that each run can be shown in one colour; and the colours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple


class Colour(NamedTuple):
    """How mentions of a label are shown: background and ink of a page, and a colour of terminals."""

    background: str
    ink: str
    terminal: str


#: label of a mention -> its colour, in the order of legends
COLOURS = {
    "PER": Colour("#ffe7a3", "#5c4300", "yellow"),
    "ROLE": Colour("#ffd9bd", "#7a3306", "bright_red"),
    "ORG": Colour("#cfe3ff", "#12406f", "bright_blue"),
    "LOC": Colour("#cdeed5", "#14532d", "green"),
    "DEMONYM": Colour("#e4eeb8", "#464f0b", "bright_green"),
    "DATE": Colour("#e3d9ff", "#4a2a94", "magenta"),
    "COUNT": Colour("#ffd3da", "#8a1532", "red"),
    "QUANTITY": Colour("#c6f0ee", "#0c5552", "cyan"),
}
#: that of labels that a recogniser of somebody else's gives
UNKNOWN = Colour("#e5e7eb", "#1f2937", "white")


class Span(NamedTuple):
    """A stretch of text, `end` exclusive, and what it is."""

    start: int
    end: int
    label: str


def within(length: int, spans: Iterable[Span]) -> list[Span]:
    """The spans that stand in a text of that length, each once, sorted; the empty ones are left out."""
    return sorted({span for span in spans if 0 <= span.start < span.end <= length})


def bracketed(text: str, spans: Iterable[Span]) -> str:
    """The text with all spans in brackets, those within others too: « le [Parquet du [Vietnam|LOC]|ORG] »."""
    inside = within(len(text), spans)
    # what ends at a place ends before the next begins; the longer begins first and ends last
    opening = [(s.start, 1, -s.end, "[") for s in inside]
    closing = [(s.end, 0, -s.start, f"|{s.label}]") for s in inside]
    parts, at = [], 0
    for place, _, _, sign in sorted(opening + closing):
        parts += [text[at:place], sign]
        at = place
    return "".join([*parts, text[at:]])


def runs(length: int, spans: Iterable[Span]) -> Iterator[tuple[int, int, Span | None]]:
    """The runs that a text of that length is cut into: (start, end, the span that it shows), together the whole text.

    Where spans overlap, the shortest shows, of equals the first. Spans that are empty or reach out of the text are left
    out.
    """
    inside = within(length, spans)
    cuts = sorted({0, length, *(place for span in inside for place in span[:2])})
    begun: list[tuple[int, Span]] = []
    waiting = iter(inside)
    upcoming = next(waiting, None)
    last: tuple[int, int, Span | None] | None = None
    for start, end in pairwise(cuts):
        while upcoming and upcoming.start <= start:
            heappush(begun, (upcoming.end - upcoming.start, upcoming))
            upcoming = next(waiting, None)
        while begun and begun[0][1].end <= start:
            heappop(begun)
        shown = begun[0][1] if begun else None
        if last and last[2] == shown:
            last = (last[0], end, shown)
            continue
        if last:
            yield last
        last = (start, end, shown)
    if last:
        yield last

"""Annotated documents for tests of `relate`: organisations and persons are marked, `[Samba Diop|PER]`.

Places, dates, counts and quantities are found and read with the components' own functions, without a model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from pipeline.normalise.counts import normalise_count
from pipeline.normalise.dates import find_dates
from pipeline.normalise.names import bare, person_id
from pipeline.normalise.organisations import organisation, organisations
from pipeline.normalise.places import place
from pipeline.normalise.quantities import normalise_quantity
from pipeline.normalise.roles import role
from pipeline.recognise.counts import Counts
from pipeline.recognise.places import Places
from pipeline.recognise.quantities import Quantities, overlaps
from pipeline.records import Annotated, Document, Mention
from pipeline.relate.referents import Referents

_MARK = re.compile(r"\[([^\[\]|]*)\|([A-Z]+)\]")
_VALUES: dict[str, Callable[[str], object]] = {
    "PER": bare,
    "ORG": lambda words: tuple(map(organisation, organisations(words))),
    "ROLE": role,
}
_END = re.compile(r"(?<=[^\WA-Z][.!?»]) (?=\[?[A-ZÀ-Þ])")


def annotate(marked: str, published: str | None = None) -> Annotated:
    """The annotated document of a text with marks."""
    text, mentions, last = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        mentions.append(_mention(mark[2], len(text), mark[1], value=_VALUES[mark[2]](mark[1])))
        text, last = text + mark[1], mark.end()
    text += marked[last:]
    sentences = tuple(_sentences(text))
    numbers = [*_counts(text, sentences), *_dates(text, published)]
    found = [*mentions, *_places(text), *numbers, *_quantities(text, sentences, numbers)]
    ordered = tuple(sorted(found, key=lambda m: (m.start_char or 0, -(m.end_char or 0))))
    return Annotated(Document(document="test.txt", published=published, text=text), text, sentences, ordered)


def referents(marked: str, published: str | None = None) -> Referents:
    """The referents of a text with marks; every name is its own full form."""
    return Referents(annotate(marked, published), {}, person_id)


def _mention(label: str, start: int, words: str, key: str = "", value: object = None) -> Mention:
    return Mention(label=label, start_char=start, end_char=start + len(words), text=words, key=key, value=value)


def _places(text: str) -> Iterator[Mention]:
    for start, end, key, _, label in _finder().find(text):
        yield _mention(label, start, text[start:end], key, place(key))


def _counts(text: str, sentences: tuple[tuple[int, int], ...]) -> Iterator[Mention]:
    for start, end in sentences:
        for count in _counter().find(text[start:end]):
            words = text[start + count.start : start + count.end]
            yield _mention("COUNT", start + count.start, words, count.instrument, normalise_count(words))


def _quantities(text: str, sentences: tuple[tuple[int, int], ...], numbers: list[Mention]) -> Iterator[Mention]:
    others = sorted((m.start_char or 0, m.end_char or 0) for m in numbers)
    for start, end in sentences:
        for found in Quantities().find(text[start:end]):
            words = text[start + found.start : start + found.end]
            if not overlaps(others, start + found.start, start + found.end):
                yield _mention("QUANTITY", start + found.start, words, found.kind, normalise_quantity(words))


def _dates(text: str, published: str | None) -> Iterator[Mention]:
    for date in find_dates(text, published):
        yield _mention("DATE", date.start_char or 0, date.text or "", value=date)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    starts = [0, *(end.end() for end in _END.finditer(text))]
    yield from zip(starts, [*starts[1:], len(text)], strict=True)


@cache
def _finder() -> Places:
    return Places()


@cache
def _counter() -> Counts:
    return Counts()

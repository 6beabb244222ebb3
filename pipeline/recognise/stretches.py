"""The spans of a group of a Doc as plain records, for all components that read the group."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from spacy.tokens import Doc, Span, SpanGroup

from pipeline.recognise.text import words_of

_GROUPS = 16  #: groups that are kept: those of the document in hand


class Stretch(NamedTuple):
    """A span: its tokens and its characters, ends exclusive, its label and its `id_`."""

    start: int
    end: int
    start_char: int
    end_char: int
    label: str
    key: str
    span: Span


_known: dict[SpanGroup, tuple[Stretch, ...]] = {}


def stretches(doc: Doc, group: str) -> tuple[Stretch, ...]:
    """The spans of a group of a Doc; none where there is no such group."""
    found = doc.spans.get(group)
    if found is None:
        return ()
    known = _known.get(found)
    if known is None or len(known) != len(found):
        known = _remember(found, map(_stretch_of, found))
    return known


def write(doc: Doc, group: str, found: Iterable[Stretch]) -> None:
    """Make stretches of a Doc the spans of a group."""
    records = tuple(found)
    doc.spans[group] = [one.span for one in records]
    _remember(doc.spans[group], records)


def stretch(doc: Doc, start: int, end: int, label: str, key: str) -> Stretch:
    """The tokens from `start` to `end` of a Doc, with a label."""
    words = words_of(doc)
    span = Span(doc, start, end, label=label, span_id=key)
    return Stretch(start, end, words.starts[start], words.ends[end - 1], label, key, span)


def _stretch_of(span: Span) -> Stretch:
    return Stretch(span.start, span.end, span.start_char, span.end_char, span.label_, span.id_, span)


def _remember(group: SpanGroup, found: Iterable[Stretch]) -> tuple[Stretch, ...]:
    if len(_known) >= _GROUPS:
        _known.clear()
    records = _known[group] = tuple(found)
    return records

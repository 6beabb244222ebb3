"""The spans of a group of a Doc as plain records, made once for all components that read the group."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Doc, Span, SpanGroup

_GROUPS = 8  #: groups that are kept: those of the document in hand


class Stretch(NamedTuple):
    """A span: its tokens and its characters, ends exclusive, its label and its `id_`."""

    start: int
    end: int
    start_char: int
    end_char: int
    label: str
    key: str
    span: Span


def stretches(doc: Doc, group: str) -> tuple[Stretch, ...]:
    """The spans of a group of a Doc; none where there is no such group."""
    found = doc.spans.get(group)
    return _read(found, len(found)) if found is not None else ()


@lru_cache(_GROUPS)  # a group that has grown is read anew
def _read(group: SpanGroup, _size: int) -> tuple[Stretch, ...]:
    return tuple(stretch_of(span) for span in group)


def stretch_of(span: Span) -> Stretch:
    """A span as a record."""
    return Stretch(span.start, span.end, span.start_char, span.end_char, span.label_, span.id_, span)

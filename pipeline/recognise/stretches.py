"""The spans of a group of a Doc as plain records, for all components that write or read the group."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from spacy.tokens import Doc, Span

from pipeline.recognise.text import words_of

#: in `doc.user_data`: {group: its stretches}, where the Doc is read by Greffier alone and needs no spans
PLAIN = "greffier_groups"


class Stretch(NamedTuple):
    """A span: its tokens and its characters, ends exclusive, its label and its `id_`."""

    start: int
    end: int
    start_char: int
    end_char: int
    label: str
    key: str


def stretches(doc: Doc, group: str) -> tuple[Stretch, ...]:
    """What is written to a group of a Doc; nothing where there is no such group."""
    plain = doc.user_data.get(PLAIN, {}).get(group)
    return tuple(map(_stretch_of, doc.spans.get(group, ()))) if plain is None else plain


def write(doc: Doc, group: str, found: Iterable[Stretch]) -> None:
    """Write stretches of a Doc to a group: `doc.spans[group]`, but for a Doc that needs no spans."""
    plain = doc.user_data.get(PLAIN)
    if plain is None:
        doc.spans[group] = [Span(doc, one.start, one.end, label=one.label, span_id=one.key) for one in found]
    else:
        plain[group] = tuple(found)


def stretch(doc: Doc, start: int, end: int, label: str, key: str) -> Stretch:
    """The tokens from `start` to `end` of a Doc, with a label."""
    words = words_of(doc)
    return Stretch(start, end, words.starts[start], words.ends[end - 1], label, key)


def stretch_over(doc: Doc, start: int, end: int, label: str, key: str) -> Stretch:
    """The tokens of a Doc that two offsets stand in, with a label."""
    return stretch(doc, *words_of(doc).around(start, end), label, key)


def _stretch_of(span: Span) -> Stretch:
    return Stretch(span.start, span.end, span.start_char, span.end_char, span.label_, span.id_)

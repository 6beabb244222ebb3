"""The sentences of a Doc, and those of them that are worth reading."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from spacy.tokens import Doc

from pipeline.recognise.text import words_of


def sentences_with(doc: Doc, offsets: Sequence[int]) -> list[tuple[int, int]]:
    """Where the sentences of a Doc begin and end that hold one of `offsets` in its text, which are in their order.

    A Doc without sentences is one.
    """
    if not offsets:
        return []
    sentences = words_of(doc).sentences
    return [(start, end) for start, end in sentences if bisect_left(offsets, start) < bisect_left(offsets, end)]

"""The text and the words of a Doc, made once for all that read them: spaCy makes each anew whenever it is asked."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Doc

from pipeline.lexicon import fold


class Words(NamedTuple):
    """The tokens of a Doc: as they are, folded, and which of them were found to be parts of names or not."""

    texts: list[str]
    views: list[str]
    parts: dict[int, bool]


@lru_cache(1)  # each component asks for that of the document in hand
def text_of(doc: Doc) -> str:
    """`doc.text`."""
    return doc.text


@lru_cache(1)
def words_of(doc: Doc) -> Words:
    """The words of a Doc."""
    texts = [token.text for token in doc]
    return Words(texts, list(map(fold, texts)), {})

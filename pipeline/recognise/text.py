"""The text of a Doc, which spaCy puts together anew each time that it is asked for it."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Doc


@lru_cache(1)  # each component asks for that of the document in hand
def text_of(doc: Doc) -> str:
    """`doc.text`."""
    return doc.text

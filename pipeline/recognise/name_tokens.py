"""The tokens of a text as names are read in them: column by column, with what is known of each."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Doc

from pipeline.recognise.stretches import Stretch
from pipeline.recognise.text import Words, entities_of, words_of


class Tokens(NamedTuple):
    """The tokens of a text, and what is found out about them: `parts` and `ends` fill as they are asked for."""

    words: Words
    texts: tuple[str, ...]
    views: tuple[str, ...]
    spaced: list[int]  #: whether white space follows
    opening: frozenset[int]  #: those with which a sentence begins
    labels: list[str]  #: what the model takes each for
    parts: list[bool | None]  #: whether each may be a part of a name; None as long as that is not known
    known: dict[int, Stretch]  #: the place, office or organisation that a token lies in
    ends: dict[int, int]  #: the token behind the name that begins with a token

    def written(self, start: int, end: int) -> str:
        """The text of some tokens."""
        return self.words.text[self.words.starts[start] : self.words.ends[end - 1]]


def tokens_of(doc: Doc) -> Tokens:
    """The tokens of a Doc of which nothing is known but what the model says."""
    words, labels = words_of(doc), [""] * len(doc)
    for start, end, label in entities_of(doc):
        labels[start:end] = [label] * (end - start)
    nothing: list[bool | None] = [None] * len(labels)
    return Tokens(words, words.texts, words.views, words.spaced, frozenset(words.firsts), labels, nothing, {}, {})

"""The component `greffier_sentences`: sentence starts by punctuation, capitals, line ends and abbreviations."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np
from spacy.attrs import ORTH, SENT_START, SPACY
from spacy.language import Language
from spacy.strings import StringStore
from spacy.tokens import Doc

from pipeline.lexicon import fold, mapping
from pipeline.remembered import Remembered

_KEPT = 50_000  #: so many words of a vocabulary are remembered
_START, _NO_START = 1, 2**64 - 1  #: values of SENT_START in arrays, which hold no -1
_TERMINAL = frozenset(".!?…")
_CLOSING = frozenset("»\"”’')]")
_LINE_END = frozenset('.!?…:;»"”)')
_INITIALS = re.compile(r"(?:[^\W\d_a-zß-öø-ÿ]\.){2,3}")
_BULLETS = frozenset("-–—•*#")
#: what a word may do to a sentence, besides `stop` and `initials`, which end it
_SPACE, _DOT, _NOTHING = "space", "dot", ""


class Tokens(NamedTuple):
    """The tokens of a Doc: their texts, these folded, what each may do to a sentence, and whether a space follows."""

    texts: tuple[str, ...]
    views: tuple[str, ...]
    kinds: tuple[str, ...]
    spaced: list[int]


class Sentences:
    """Sets `is_sent_start` of every token. Works on any French Doc, needs no model."""

    def __init__(self) -> None:
        self.openers = frozenset(mapping("sentence_openers"))

    def __call__(self, doc: Doc) -> Doc:
        """Mark the sentences of `doc` and give it back."""
        self.mark(doc)
        return doc

    def mark(self, doc: Doc) -> tuple[Tokens, list[int]]:
        """Mark the sentences of `doc`; gives its tokens, and those with which a sentence begins."""
        tokens = _tokens_of(doc)
        starts = self._starts(tokens)
        marks = np.full(len(doc), _NO_START, np.uint64)
        marks[starts] = _START
        # not `token.is_sent_start = …`, which looks through the whole Doc each time
        doc.from_array([SENT_START], marks)  # type: ignore[arg-type]
        return tokens, starts

    def _starts(self, tokens: Tokens) -> list[int]:
        """The tokens with which sentences begin."""
        starts, line = [0] if tokens.texts else [], 0
        pending = None  # what makes the next word a sentence's first: None, "stop", "initials" or "line"
        for at, kind in enumerate(tokens.kinds):
            if pending is None and not kind:
                continue  # most tokens
            if at and pending is not None and self._begins(tokens, at, pending):
                starts.append(at)
                pending = None
            pending = _after(tokens, at, line, pending)
            if kind == _SPACE and "\n" in tokens.texts[at]:
                line = at + 1
        return starts

    def _begins(self, tokens: Tokens, at: int, pending: str) -> bool:
        """Whether a sentence begins with a token; behind « A.P.J. » only a word of the language begins one."""
        text = tokens.texts[at]
        if tokens.kinds[at] == _SPACE or (pending != "line" and text in _CLOSING and tokens.spaced[at]):
            return False
        if pending == "line":
            return True
        if pending == "initials" and fold(text) not in self.openers:
            return False
        first = text[0]
        closes = text in _CLOSING and text not in {'"', "'"}
        return not first.islower() and first not in ",;:" and not closes


@lru_cache(1)
def _words(store: StringStore) -> Remembered[int, tuple[str, str, str]]:
    """{number of a string: it, its view, and what a token of it may do to a sentence}, asked of spaCy once."""
    return Remembered(partial(_word, store), _KEPT)


def _word(store: StringStore, number: int) -> tuple[str, str, str]:
    text = store[number]
    return text, fold(text), _kind(text)


def _tokens_of(doc: Doc) -> Tokens:
    numbers, spaced = doc.to_array([ORTH, SPACY]).T.tolist()
    words = map(_words(doc.vocab.strings).__getitem__, numbers)
    texts, views, kinds = zip(*words, strict=True) if numbers else ((), (), ())
    return Tokens(texts, views, kinds, spaced)


def _kind(text: str) -> str:
    """What a word by itself may do to a sentence."""
    if text.isspace():
        return _SPACE
    if text == ".":
        return _DOT
    if text[-1:] not in _TERMINAL or not _is_stop(fold(text)):
        return _NOTHING
    return "initials" if _INITIALS.fullmatch(text) else "stop"


def _is_stop(word: str) -> bool:
    """Whether a folded word with a stop at its end is neither abbreviated nor an initial."""
    return word not in mapping("abbreviations") and not (len(word) == 2 and word[0].isalpha())


def _after(tokens: Tokens, at: int, line: int, pending: str | None) -> str | None:
    """What is pending behind a token of the line that begins with the token `line`."""
    kind = tokens.kinds[at]
    if kind == _SPACE:
        return "line" if pending == "line" or _ends_line(tokens, at, line) else pending
    if kind == _DOT:
        tied = tokens.texts[at - 1] if at and not tokens.spaced[at - 1] else ""
        kind = "stop" if _is_stop(fold(tied) + ".") else _NOTHING
    return kind or (pending if tokens.texts[at] in _CLOSING else None)


def _ends_line(tokens: Tokens, at: int, line: int) -> bool:
    """Whether the line end in this white space ends a sentence: a blank line, a stop before or a bullet behind it."""
    texts = tokens.texts
    breaks = texts[at].count("\n")
    if breaks != 1:
        return breaks > 1
    before = texts[at - 1][-1] if at else "."
    after = texts[at + 1][0] if at + 1 < len(texts) else "."
    return before in _LINE_END or after in _BULLETS or texts[line][0] == "#"


@Language.factory("greffier_sentences", assigns=["token.is_sent_start", "doc.sents"])
def create(nlp: Language, name: str) -> Sentences:
    """The component, for `nlp.add_pipe("greffier_sentences", before="ner")`."""
    return Sentences()

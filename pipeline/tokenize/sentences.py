"""The component `greffier_sentences`: sentence starts by punctuation, capitals, line ends and abbreviations."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
from spacy.attrs import ORTH, SENT_START
from spacy.language import Language
from spacy.strings import StringStore
from spacy.tokens import Doc, Token

from pipeline.lexicon import fold, mapping

_KEPT = 50_000  #: so many words of a vocabulary are remembered
_START, _NO_START = 1, -1  #: values of SENT_START
_TERMINAL = frozenset(".!?…")
_CLOSING = frozenset("»\"”’')]")
_LINE_END = frozenset('.!?…:;»"”)')
_INITIALS = re.compile(r"(?:[^\W\d_a-zß-öø-ÿ]\.){2,3}")
_BULLETS = frozenset("-–—•*#")


class Sentences:
    """Sets `is_sent_start` of every token. Works on any French Doc, needs no model."""

    def __init__(self) -> None:
        self.abbreviations = mapping("abbreviations")
        self.openers = frozenset(mapping("sentence_openers"))

    def __call__(self, doc: Doc) -> Doc:
        """Mark the sentences of `doc` and give it back."""
        pending = None  # what makes the next word a sentence's first: None, "stop", "initials" or "line"
        starts = np.full(len(doc), _NO_START)
        starts[:1] = _START
        ends = _ends(doc.vocab.strings)
        for at, number in enumerate(doc.to_array([ORTH]).tolist()):
            if pending is None and not ends[number]:
                continue  # most tokens
            token = doc[at]
            if at and pending is not None and self._begins(token, pending):
                starts[at] = _START
                pending = None
            pending = self._after(token, pending)
        # not `token.is_sent_start = …`, which looks through the whole Doc each time
        return doc.from_array([SENT_START], starts.astype(np.uint64))  # type: ignore[arg-type]

    def _after(self, token: Token, pending: str | None) -> str | None:
        if token.is_space:
            return "line" if pending == "line" or _ends_line(token) else pending
        if self._is_stop(token):
            return "initials" if _INITIALS.fullmatch(token.text) else "stop"
        return pending if pending and token.text in _CLOSING else None

    def _is_stop(self, token: Token) -> bool:
        if token.text[-1] not in _TERMINAL:
            return False
        word = fold(token.text)
        if token.text == "." and token.i:
            before = token.nbor(-1)
            word = fold(before.text) + "." if not before.whitespace_ else word
        is_initial = len(word) == 2 and word[0].isalpha()
        return word not in self.abbreviations and not is_initial

    def _begins(self, token: Token, pending: str) -> bool:
        """Whether a sentence begins with a token; behind « A.P.J. » only a word of the language begins one."""
        if token.is_space or (pending != "line" and token.text in _CLOSING and token.whitespace_):
            return False
        if pending == "line":
            return True
        if pending == "initials" and fold(token.text) not in self.openers:
            return False
        first = token.text[0]
        closes = token.text in _CLOSING and token.text not in {'"', "'"}
        return not first.islower() and first not in ",;:" and not closes


class _Ends(dict[int, bool]):
    """{number of a string: whether a token of it may end a sentence}, asked of spaCy once."""

    def __init__(self, store: StringStore) -> None:
        super().__init__()
        self.store = store

    def __missing__(self, number: int) -> bool:
        if len(self) == _KEPT:
            self.clear()
        text = self.store[number]
        ends = self[number] = text[-1:] in _TERMINAL or "\n" in text
        return ends


@lru_cache(1)
def _ends(store: StringStore) -> _Ends:
    return _Ends(store)


def _ends_line(space: Token) -> bool:
    """Whether the line end in this white space ends a sentence: a blank line, a stop before or a bullet behind it."""
    breaks = space.text.count("\n")
    if breaks != 1:
        return breaks > 1
    doc, i = space.doc, space.i
    before = doc[i - 1].text[-1] if i else "."
    line_start = next((doc[j + 1].text[0] for j in range(i - 1, -1, -1) if "\n" in doc[j].text), doc[0].text[0])
    after = doc[i + 1].text[0] if i + 1 < len(doc) else "."
    return before in _LINE_END or after in _BULLETS or line_start == "#"


@Language.factory("greffier_sentences", assigns=["token.is_sent_start", "doc.sents"])
def create(nlp: Language, name: str) -> Sentences:
    """The component, for `nlp.add_pipe("greffier_sentences", before="ner")`."""
    return Sentences()

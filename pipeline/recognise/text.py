"""The text and the tokens of a Doc, made once for all that read them: spaCy makes each anew whenever it is asked."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from spacy.attrs import ORTH, SPACY
from spacy.strings import StringStore
from spacy.tokens import Doc

from pipeline.lexicon import fold

_KEPT = 50_000  #: so many words of a vocabulary are kept as strings
#: in the `doc.user_data` of a passage of a text: {names or acronyms: those that the passages before it spell out}
EARLIER = "greffier_earlier"


class Words(NamedTuple):
    """The text of a Doc, its folded view, and its tokens: as they are, folded, their offsets, the space behind."""

    text: str
    view: str
    texts: list[str]
    views: list[str]
    starts: list[int]
    ends: list[int]
    spaced: list[int]

    def within(self, start: int, end: int) -> tuple[int, int] | None:
        """The tokens that two offsets mark off: the first, and the one behind; None where they cut one."""
        first, last = bisect_left(self.starts, start), bisect_left(self.ends, end)
        if first > last or last == len(self.ends) or self.starts[first] != start or self.ends[last] != end:
            return None
        return first, last + 1


class _Strings(dict[int, str]):
    """{number of a string: the string}, asked of spaCy once."""

    def __init__(self, store: StringStore) -> None:
        super().__init__()
        self.store = store

    def __missing__(self, number: int) -> str:
        if len(self) == _KEPT:
            self.clear()
        string = self[number] = self.store[number]
        return string


@lru_cache(1)
def _strings(store: StringStore) -> _Strings:
    return _Strings(store)


def text_of(doc: Doc) -> str:
    """`doc.text`."""
    return words_of(doc).text


@lru_cache(1)  # each component asks for those of the document in hand
def words_of(doc: Doc) -> Words:
    """The words of a Doc."""
    numbers, spaced = doc.to_array([ORTH, SPACY]).T.tolist()
    texts = list(map(_strings(doc.vocab.strings).__getitem__, numbers))
    written = [word + " " if space else word for word, space in zip(texts, spaced, strict=True)]
    text = "".join(written)
    starts = list(accumulate(map(len, written[:-1]), initial=0)) if written else []
    ends = [start + len(word) for start, word in zip(starts, texts, strict=True)]
    return Words(text, fold(text), texts, list(map(fold, texts)), starts, ends, spaced)


def spelt_out(doc: Doc, kind: str, found: set[str]) -> set[str]:
    """The names or acronyms `found` in a Doc, with those of the passages before it, and for those behind it."""
    earlier: dict[str, set[str]] | None = doc.user_data.get(EARLIER)
    if earlier is None:
        return found
    earlier[kind] = earlier.get(kind, set()) | found
    return earlier[kind]

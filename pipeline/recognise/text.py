"""The text and the tokens of a Doc, made once for all that read them: spaCy makes each anew whenever it is asked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache, partial
from itertools import accumulate
from operator import add
from typing import NamedTuple

from spacy.attrs import ORTH, SENT_START, SPACY
from spacy.strings import StringStore
from spacy.tokens import Doc

from pipeline.lexicon import fold
from pipeline.remembered import Remembered

_KEPT = 50_000  #: so many words of a vocabulary are kept as strings
#: in the `doc.user_data` of a passage of a text: {names or acronyms: those that the passages before it spell out}
EARLIER = "greffier_earlier"
#: in the `doc.user_data` of a Doc of Greffier's own tokenizer: what it knows already
WORDS = "greffier_words"
#: a text, its tokens, these folded, the space behind each, and those that begin a sentence
Columns = tuple[str, tuple[str, ...], tuple[str, ...], list[int], list[int]]


class Words(NamedTuple):
    """The text of a Doc, its folded view, and its tokens: as they are, folded, their offsets, the space behind.

    `firsts` are the tokens that begin a sentence.
    """

    text: str
    view: str
    texts: tuple[str, ...]
    views: tuple[str, ...]
    starts: list[int]
    ends: list[int]
    spaced: list[int]
    firsts: list[int]

    @property
    def sentences(self) -> list[tuple[int, int]]:
        """Where each sentence begins and ends, in characters; a Doc without sentences is one."""
        behind = [*self.firsts[1:], len(self.texts)]
        return [(self.starts[first], self.ends[end - 1]) for first, end in zip(self.firsts, behind, strict=False)]

    def within(self, start: int, end: int) -> tuple[int, int] | None:
        """The tokens that two offsets mark off: the first, and the one behind; None where they cut one."""
        first, last = bisect_left(self.starts, start), bisect_left(self.ends, end)
        if first > last or last == len(self.ends) or self.starts[first] != start or self.ends[last] != end:
            return None
        return first, last + 1

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The tokens that two offsets stand in: the first, and the one behind; whole where they cut one."""
        return bisect_right(self.starts, start) - 1, bisect_left(self.starts, end)


@lru_cache(1)
def _strings(store: StringStore) -> Remembered[int, tuple[str, str]]:
    """{number of a string: the string, as it is and folded}, asked of spaCy once."""
    return Remembered(partial(_string, store), _KEPT)


def _string(store: StringStore, number: int) -> tuple[str, str]:
    text = store[number]
    return text, fold(text)


def text_of(doc: Doc) -> str:
    """`doc.text`."""
    return words_of(doc).text


@lru_cache(1)  # each component asks for those of the document in hand
def words_of(doc: Doc) -> Words:
    """The words of a Doc."""
    text, texts, views, spaced, firsts = doc.user_data.get(WORDS) or _read(doc)
    lengths = list(map(len, texts))
    starts = list(accumulate(map(add, lengths, spaced), initial=0))[:-1]
    return Words(text, fold(text), texts, views, starts, list(map(add, starts, lengths)), spaced, firsts)


def _read(doc: Doc) -> Columns:
    columns = doc.to_array([ORTH, SPACY, SENT_START]).T
    columns[-1, :1] = 1  # a Doc without sentences may not say so
    numbers, spaced = columns[:-1].tolist()
    strings = _strings(doc.vocab.strings)
    texts, views = zip(*map(strings.__getitem__, numbers), strict=True) if numbers else ((), ())
    text = "".join([word + " " if space else word for word, space in zip(texts, spaced, strict=True)])
    return text, texts, views, spaced, (columns[-1] == 1).nonzero()[0].tolist()


class Entity(NamedTuple):
    """An entity of the model: its tokens, end exclusive, and its label."""

    start: int
    end: int
    label: str


@lru_cache(1)
def entities_of(doc: Doc) -> tuple[Entity, ...]:
    """`doc.ents`, as they are when the first component asks for them."""
    return tuple([Entity(one.start, one.end, one.label_) for one in doc.ents])


def spelt_out(doc: Doc, kind: str, found: set[str]) -> set[str]:
    """The names or acronyms `found` in a Doc, with those of the passages before it, and for those behind it."""
    earlier: dict[str, set[str]] | None = doc.user_data.get(EARLIER)
    if earlier is None:
        return found
    earlier[kind] = earlier.get(kind, set()) | found
    return earlier[kind]

"""The words of a Doc are those that spaCy gives, token by token."""

import itertools

import pytest

from pipeline import flow
from pipeline.lexicon import fold
from pipeline.recognise.text import words_of

TEXTS = [
    "",
    "L’ambassadrice Ĩ. Ng’weno-Đặng arrive\nà  Ouagadougou , dit-on.\n\n« Ça va ? » 3,5 %",
    " Un espace devant ; M.Okafor\tderrière \n",
]


@pytest.mark.parametrize("text", TEXTS)
def test_words(text: str) -> None:
    doc = flow.load().make_doc(text)
    words = words_of(doc)
    assert (words.text, words.view) == (doc.text, fold(doc.text))
    columns = zip(words.texts, words.views, words.starts, words.ends, words.spaced, strict=True)
    assert list(columns) == [(t.text, fold(t.text), t.idx, t.idx + len(t), bool(t.whitespace_)) for t in doc]


@pytest.mark.parametrize("text", TEXTS)
def test_within(text: str) -> None:
    doc = flow.load().make_doc(text)
    for start, end in itertools.combinations(range(len(doc.text) + 1), 2):
        span = doc.char_span(start, end)
        assert words_of(doc).within(start, end) == (span and (span.start, span.end))

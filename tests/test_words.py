"""The words of a Doc are those that spaCy gives, token by token."""

import itertools

import pytest

from pipeline import flow, tokenize
from pipeline.lexicon import fold
from pipeline.recognise.stretches import PLAIN, stretch, stretch_over, stretches, write
from pipeline.recognise.text import words_of
from pipeline.records import Document

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
def test_words_that_the_tokenizer_gives(text: str) -> None:
    nlp = flow.load()
    doc = tokenize.tokenize(Document(document="x", text=text), nlp)
    assert words_of(doc) == words_of(nlp.get_pipe("greffier_sentences")(nlp.make_doc(doc.text)))


@pytest.mark.parametrize("text", TEXTS)
def test_within(text: str) -> None:
    doc = flow.load().make_doc(text)
    for start, end in itertools.combinations(range(len(doc.text) + 1), 2):
        span = doc.char_span(start, end)
        assert words_of(doc).within(start, end) == (span and (span.start, span.end))


@pytest.mark.parametrize("text", TEXTS)
def test_around(text: str) -> None:
    doc = flow.load().make_doc(text)
    words = [at for at, char in enumerate(text) if not char.isspace()]
    for start, last in itertools.combinations_with_replacement(words, 2):
        span = doc.char_span(start, last + 1, alignment_mode="expand")
        assert words_of(doc).around(start, last + 1) == (span.start, span.end)


def test_stretches_are_those_of_the_spans() -> None:
    doc = flow.load().make_doc("La reine Ngozi Ada arrive.")
    write(doc, "x", [stretch(doc, 1, 2, "ROLE", "queen"), stretch(doc, 2, 4, "PER", "rule")])
    written = stretches(doc, "x")
    assert [(s.text, s.label_, s.id_) for s in doc.spans["x"]] == [
        ("reine", "ROLE", "queen"),
        ("Ngozi Ada", "PER", "rule"),
    ]
    assert written == (stretch(doc, 1, 2, "ROLE", "queen"), stretch_over(doc, 10, 17, "PER", "rule"))
    doc.spans["x"].append(doc.char_span(0, 2, label="DET", span_id="la"))
    assert [(one.start_char, one.end_char, one.label, one.key) for one in stretches(doc, "x")] == [
        (3, 8, "ROLE", "queen"),
        (9, 18, "PER", "rule"),
        (0, 2, "DET", "la"),
    ]
    assert stretches(doc, "y") == ()


def test_stretches_without_spans() -> None:
    doc = flow.load().make_doc("La reine arrive.")
    doc.spans["x"] = [doc[2:3]]
    doc.user_data[PLAIN] = {}
    write(doc, "y", [stretch(doc, 1, 2, "ROLE", "queen")])
    assert (len(stretches(doc, "x")), stretches(doc, "y")) == (1, (stretch(doc, 1, 2, "ROLE", "queen"),))
    assert list(doc.spans) == ["x"]


@pytest.mark.parametrize("text", TEXTS)
def test_sentences_of_words(text: str) -> None:
    doc = flow.load().make_doc(text)
    assert words_of(doc).sentences == ([(0, len(text.rstrip(" ")))] if text else [])
    doc = flow.load().get_pipe("greffier_sentences")(flow.load().make_doc(text))
    assert words_of(doc).sentences == [(s.start_char, s.end_char) for s in doc.sents]

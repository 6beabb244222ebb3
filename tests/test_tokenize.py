"""The tokenizer gives spaCy's tokens, and remembers those of every word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokenizer import Tokenizer

from pipeline.tokenize import model
from pipeline.tokenize.words import WordTokenizer

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

TEXT = "M. Diop,\n(M. Ba)\xa0: l'après-midi du n° 5 d'aujourd'hui, « dit-il »  etc. Peut-être…"


PIECES = [
    "Ar",
    "é",
    "IX",
    "9",
    "km",
    "m²",
    "°C",
    ".",
    "...",
    ",",
    "-",
    "—",
    "'",
    "’",
    "l'",
    "M.",
    "/",
    "%",
    "«",
    ")",
    "_",
    "+",
]


def tokens(doc: Doc) -> list[tuple[str, str, str]]:
    return [(token.text, token.norm_, token.whitespace_) for token in doc]


@pytest.fixture
def settings(nlp: Language) -> dict[str, object]:
    names = ("rules", "prefix_search", "suffix_search", "infix_finditer", "token_match", "url_match")
    return {name: getattr(nlp.tokenizer, name) for name in names}


def test_tokens_are_those_of_spacy(nlp: Language, settings: dict[str, object]) -> None:
    ours, own = WordTokenizer(nlp.vocab, **settings), Tokenizer(nlp.vocab, **settings)
    for text in (TEXT, TEXT, "", " ", TEXT * 3):
        assert tokens(ours(text)) == tokens(own(text))


def test_a_word_behind_a_special_case_is_remembered(nlp: Language, settings: dict[str, object]) -> None:
    searched: list[str] = []
    ours = WordTokenizer(nlp.vocab, **settings)
    ours.suffix_search = lambda word: searched.append(word) or nlp.tokenizer.suffix_search(word)
    ours("M. Diop,\nvenu d'Ankara, est parti.")
    assert {"venu", "Ankara,", "parti."} <= set(searched)
    searched.clear()
    ours("M. Diop, est parti.\nM. Diop, venu d'Ankara,\nest parti.")
    assert not searched


@pytest.fixture(scope="module")
def without_signs(nlp: Language) -> Tokenizer:
    """The model's tokenizer, whose patterns are tried everywhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model, "_SIGNS", {})
        return model._tokenizer(nlp.path / "tokenizer", nlp.vocab)


@given(pieces=st.lists(st.sampled_from([*PIECES, "anti", "saint", "Ⓐ", "①"]), max_size=9))
def test_patterns_match_only_where_their_sign_stands(
    nlp: Language, without_signs: Tokenizer, pieces: list[str]
) -> None:
    word = "".join(pieces)
    assert tokens(nlp.tokenizer(word)) == tokens(without_signs(word))

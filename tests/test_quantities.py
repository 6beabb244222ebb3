"""Stated quantities: what is found, what a phrase says, who holds it, and what is none."""

from __future__ import annotations

import time
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from examples import assert_examples_hold
from hypothesis import given, settings
from hypothesis import strategies as st
from markup import annotate

from pipeline.lexicon import load_rules, rows
from pipeline.normalise.numbers import evaluate_amounts
from pipeline.normalise.quantities import normalise_quantity
from pipeline.recognise.quantities import Quantities, evaluate_quantities
from pipeline.relate.quantities import quantities

CASES = tomllib.loads((Path(__file__).parent / "cases" / "quantities.toml").read_text("utf-8"))
FOUND = [case for group in ("money", "counted", "doubled", "measures", "holders") for case in CASES[group]["cases"]]
RULES = [("amounts", evaluate_amounts), ("quantities", evaluate_quantities)]
NUMBERS = ["33", "1,5", "trois", "vingt", "et", "une", "un", "dizaine", "millions", "M"]
WORDS = st.sampled_from([*NUMBERS, "d'", "de", "à", "euros", "%", "$", "juges", ","])


def shown(row) -> str:  # type: ignore[no-untyped-def]
    amount = f"{row.amount}" if row.amount_max is None else f"{row.amount}..{row.amount_max}"
    about = " ".join([row.kind, amount, row.unit or "-", row.qualifier])
    return " | ".join([row.text, about, row.noun or "-", row.holder_country or "-"])


@pytest.mark.parametrize("case", FOUND, ids=lambda case: case["text"])
def test_found(case: dict[str, object]) -> None:
    assert [shown(row) for row in quantities(annotate(str(case["text"])))] == case["rows"]


@pytest.mark.parametrize("text", CASES["nothing"]["cases"])
def test_nothing(text: str) -> None:
    assert [row.text for row in quantities(annotate(text))] == []


@pytest.mark.parametrize(
    ("name", "evaluate", "rule"),
    [(name, evaluate, rule) for name, evaluate in RULES for rule in load_rules(name)],
    ids=lambda value: getattr(value, "id", None),
)
def test_examples(name, evaluate, rule) -> None:  # type: ignore[no-untyped-def]
    assert_examples_hold(rule, evaluate)


def test_a_phrase_says_the_same_alone() -> None:
    texts = [row.text for case in FOUND for row in quantities(annotate(str(case["text"])))]
    assert [text for text in texts if normalise_quantity(text) is None] == []


def test_a_phrase_without_an_amount_says_nothing() -> None:
    assert normalise_quantity("des millions d'euros") is None


def test_component() -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("greffier_quantities")
    doc = nlp("La Zambie a acheté 14 camions à 3 millions d'euros.")
    assert [(s.text, s.label_, s.id_) for s in doc.spans["quantities"]] == [
        ("14 camions", "QUANTITY", "equipment"),
        ("3 millions d'euros", "QUANTITY", "money"),
    ]


def test_counted_nouns_are_listed_once_and_are_no_instruments() -> None:
    forms = [line["form"] for line in rows("counted_nouns")]
    assert sorted(forms) == sorted(set(forms))
    assert set(forms).isdisjoint(line["value"] for line in rows("instruments_plural") if line["strength"] == "strong")


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=30))
def test_rows_stand_where_they_say(words: list[str]) -> None:
    text = " ".join(words)
    found = quantities(annotate(text))
    assert all(text[row.start_char : row.end_char] == row.text for row in found)
    assert all(one.start_char < other.start_char for one, other in pairwise(found))


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=30))
def test_a_sentence_that_is_not_read_has_no_quantity(words: list[str]) -> None:
    doc = Quantities()(spacy.blank("fr")(" ".join(words)))
    assert len(doc.spans["quantities"]) == len(Quantities().find(doc.text))


@pytest.mark.parametrize("unit", ["3 ", "1 500 soldats ", "un million ", "de 3 à ", "12 juges français et ", "trente "])
def test_time_is_linear(unit: str) -> None:
    def once(times: int) -> float:
        start = time.perf_counter()
        Quantities().find(unit * times)
        return time.perf_counter() - start

    def took(times: int) -> float:
        return min(once(times) for _ in range(3))

    once(10)
    assert took(4000) < 10 * max(took(1000), 0.01)

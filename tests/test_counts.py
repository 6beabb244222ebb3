"""Counted instruments: what is found, what a phrase says, and whom it belongs to."""

from __future__ import annotations

import tomllib
from functools import partial
from pathlib import Path

import pytest
import spacy
from examples import assert_examples_hold
from hypothesis import given, settings
from hypothesis import strategies as st
from markup import annotate

from pipeline.lexicon import load_rules, matches
from pipeline.normalise.counts import Count, evaluate_subjects, normalise_count
from pipeline.recognise.counts import Counts, evaluate_counts
from pipeline.relate.treaty_counts import treaty_counts

CASES = tomllib.loads((Path(__file__).parent / "cases" / "counts.toml").read_text("utf-8"))
RULES = [("counts", evaluate_counts), ("subjects", evaluate_subjects), ("holders", partial(matches, "holders"))]
WORDS = st.sampled_from(
    [
        "33",
        "trois",
        "une",
        "vingtaine",
        "d'",
        "accords",
        "de",
        "conventions",
        "sur",
        "la",
        "et",
        ",",
        "dont",
        "bilatéraux",
    ]
)


def shown(row) -> str:  # type: ignore[no-untyped-def]
    number = f"{row.count} {row.qualifier}"
    return " | ".join([row.text, number, row.instrument, row.scope or "-", row.holder_country or "-"])


PARTS = [part for part in CASES if part not in ("details", "nothing")]
FOUND = [case for part in PARTS for case in CASES[part]["cases"]]


@pytest.mark.parametrize("case", FOUND, ids=lambda case: case["text"])
def test_found(case: dict[str, object]) -> None:
    assert [shown(row) for row in treaty_counts(annotate(str(case["text"])))] == case["rows"]


@pytest.mark.parametrize("text", CASES["nothing"]["cases"])
def test_nothing(text: str) -> None:
    assert treaty_counts(annotate(text)) == []


@pytest.mark.parametrize("case", CASES["details"]["cases"], ids=lambda case: case["text"])
def test_details(case: dict[str, object]) -> None:
    row = treaty_counts(annotate(case["text"], case.get("published")))[0]  # type: ignore[arg-type]
    expected: dict[str, str] = case["row"]  # type: ignore[assignment]
    assert {name: getattr(row, name) or "" for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("33 accords", Count(33, "exact", instrument="accord", rule="counted")),
        ("de 5 à 8 pactes", Count(5, "min", 8, instrument="pacte", rule="counted")),
        ("12 bilatéraux", Count(12, "exact", scope="bilateral", rule="anaphor")),
        ("un seul traité", Count(1, "exact", instrument="traité", rule="sole")),
        ("beaucoup d'accords", None),
    ],
)
def test_normalise_count(text: str, value: Count | None) -> None:
    assert normalise_count(text) == value


@pytest.mark.parametrize(("name", "evaluate"), RULES)
def test_rules(name, evaluate) -> None:  # type: ignore[no-untyped-def]
    for rule in load_rules(name):
        assert_examples_hold(rule, evaluate)


def test_component() -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("greffier_counts")
    doc = nlp("Le Bénin a signé 14 accords de pêche. Il en a dénoncé deux, dont huit bilatéraux.")
    assert [(s.text, s.label_, s.id_) for s in doc.spans["counts"]] == [("14 accords de pêche", "COUNT", "accord")]


@settings(deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text())
def test_offsets(text: str) -> None:
    for count in Counts().find(text):
        assert 0 <= count.start < count.end <= len(text)
        assert normalise_count(text[count.start : count.end]) is not None

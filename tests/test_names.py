"""Names of persons: where they stand, titles and ranks, who can be the same person, identifiers."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import recognise, tokenize
from pipeline.normalise.names import bare, fullest, gender, person_id, same_person, short_forms
from pipeline.records import Document

CASES = tomllib.loads((Path(__file__).parent / "cases" / "names.toml").read_text("utf-8"))
NAMES = st.lists(st.text("abcdéïÀÉđ-' .", min_size=1, max_size=9), min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize("case", CASES["bare"]["cases"], ids=lambda case: repr(case["text"]))
def test_bare(case: dict[str, str]) -> None:
    assert bare(case["text"]) == case["found"]


@pytest.mark.parametrize(("one", "other"), CASES["same"]["cases"])
def test_same_person(one: str, other: str) -> None:
    assert (same_person(one, other), same_person(other, one)) == (True, True)


@pytest.mark.parametrize(("one", "other"), CASES["different"]["cases"])
def test_different_persons(one: str, other: str) -> None:
    assert (same_person(one, other), same_person(other, one)) == (False, False)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("M. Sow", "m"), ("Mme Sow", "f"), ("Mgr Sow", "m"), ("Dr Sow", None), ("Awa Sow", None), ("Mohamed Sow", None)],
)
def test_gender(name: str, expected: str | None) -> None:
    assert gender(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Tran Van Hoa", ("Van Hoa", "Hoa", "Tran")),
        ("M. João de Brito", ("de Brito", "Brito", "João")),
        ("Pieter van der Berg", ("van der Berg", "der Berg", "Berg", "Pieter")),
        ("José Ortega y Gasset", ("Ortega y Gasset", "Gasset", "José")),
        ("Nadia Ben Salem", ("Ben Salem", "Salem", "Nadia")),
        ("Pelé", ()),
    ],
)
def test_short_forms(name: str, expected: tuple[str, ...]) -> None:
    assert short_forms(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Trần Văn Hòa", "per:tran-van-hoa"),
        ("M. Tran  Van\nHoa", "per:tran-van-hoa"),
        ("Đặng Thị Lan", "per:dang-thi-lan"),
        ("général Nabil al-Hariri", "per:nabil-al-hariri"),
        ("Mᵉ Cœuret d’Arc", "per:coeuret-d-arc"),
        ("Łukasz Żak", "per:lukasz-zak"),
    ],
)
def test_person_id(name: str, expected: str) -> None:
    assert person_id(name) == expected


@given(NAMES)
def test_bare_is_settled(name: str) -> None:
    assert bare(bare(name)) == bare(name)


@given(NAMES, NAMES)
def test_same_person_goes_both_ways(one: str, other: str) -> None:
    assert same_person(one, other) == same_person(other, one)


@given(st.lists(NAMES, max_size=9))
def test_fullest_is_the_first_of_the_longest_that_is_the_same_person(names: list[str]) -> None:
    found: dict[str, str] = {}
    for name in sorted(dict.fromkeys(names), key=lambda name: -len(name.split())):
        found[name] = next((form for form in dict.fromkeys(found.values()) if same_person(name, form)), name)
    assert fullest(names) == found


@given(NAMES)
def test_short_forms_are_the_same_person(name: str) -> None:
    assert [form for form in short_forms(name) if not same_person(form, bare(name))] == []


def persons(text: str, nlp: Any) -> list[str | None]:
    doc = tokenize.tokenize(Document(document="x", text=text), nlp)
    return [m.text for m in recognise.recognise(doc, nlp) if m.label == "PER"]


@pytest.mark.parametrize("case", CASES["persons"]["cases"], ids=lambda case: repr(case["text"][:50]))
def test_persons(case: dict[str, Any], nlp: Any) -> None:
    assert persons(case["text"], nlp) == case["found"]


@pytest.mark.parametrize("text", CASES["nobody"]["sentences"])
def test_nobody(text: str, nlp: Any) -> None:
    assert persons(text, nlp) == []


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("l'AFP.Avant", ["l'", "AFP", ".", "Avant"]),
        ("Kouyaté.- Le", ["Kouyaté", ".", "-", "Le"]),
        ("(VNA).- Le", ["(", "VNA", ")", ".", "-", "Le"]),
        ("en 2019.Puis", ["en", "2019", ".", "Puis"]),
        ("M.Tran", ["M.", "Tran"]),
        ("S.E.M.Wen", ["S.E.M.", "Wen"]),
        ("J.-P. Sow", ["J.-P.", "Sow"]),
        ("A.P.J. Sow", ["A.P.J.", "Sow"]),
        ("lejournal.com", ["lejournal.com"]),
        ("3.5", ["3.5"]),
        ("TV5.fr", ["TV5.fr"]),
    ],
)
def test_glued_tokens(text: str, tokens: list[str], nlp: Any) -> None:
    assert [token.text for token in nlp.tokenizer(text)] == tokens


def test_the_space_of_a_glued_article_is_not_in_the_text(nlp: Any) -> None:
    text = "Reçue par leprocureur Ly Van Tam, la présidente a signé."
    doc = tokenize.tokenize(Document(document="x", text=text), nlp)
    start, end = tokenize.view_of(doc).given(doc.text.index("procureur"), len("Reçue par le procureur"))
    assert (doc.text[:22], text[start:end]) == ("Reçue par le procureur", "procureur")


def test_the_names_and_sentences_of_the_benchmark() -> None:
    corpus = Path(__file__).parents[1] / "benchmarks" / "corpus"
    names, sentences = (
        list(csv.DictReader((corpus / file).open(encoding="utf-8"))) for file in ("names.csv", "name_sentences.csv")
    )
    assert set(Counter((line["origin"], line["half"]) for line in names).values()) == {10}
    assert len({line["name"] for line in names}) == len(names) == 200
    assert [line for line in sentences if line["sentence"].count("{name}") != 1] == []
    assert Counter(line["half"] for line in sentences) == {"seen": 27, "held out": 27}

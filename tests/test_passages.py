"""Documents longer than a passage: where they are cut, and that it changes nothing."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import flow
from pipeline.records import Document
from pipeline.tokenize.passages import cut

MOST = 2_500
OPENING = (
    "Le ministre kényan des Affaires étrangères, Musa Okelo-Barasa, et la présidente de l’Agence pour l’eau du lac "
    "(AEL), Linh Tran Thi, se sont rencontrés le 3 mai 2024 à Kampala.\n\n"
)
PARAGRAPH = (
    "Le {day} juin 2024, M. Okelo-Barasa a reçu le procureur général de Lituanie, Jonas Petrauskas, à Vilnius. L’AEL "
    "gère {number} accords bilatéraux. Le lendemain, la juge malienne Awa Coulibaly s’est rendue à Ségou avec "
    "{number} experts. Linh Tran Thi a quitté Nairobi.\n"
)
LONG = OPENING + "".join(PARAGRAPH.format(day=2 + n % 28, number=11 + n) for n in range(45))


def sentence_starts(text: str, nlp: Any) -> set[int]:
    return {s.start_char for s in nlp.get_pipe("greffier_sentences")(nlp.tokenizer(text)).sents}


def tables(text: str, nlp: Any) -> tuple[Document, flow.Tables]:
    return flow.facts_of(Document(document="x", text=text, published="2024-07-01"), nlp)


def test_passages_begin_with_a_sentence(nlp: Any) -> None:
    passages = list(cut(LONG, nlp, MOST))
    starts = {sum(map(len, passages[:n])) for n in range(len(passages))}
    assert "".join(passages) == LONG
    assert (len(passages), max(map(len, passages)) <= MOST, starts - sentence_starts(LONG, nlp)) == (5, True, set())


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("", [0]),
        ("a" * MOST, [MOST]),
        ("a" * (MOST + 1), [MOST, 1]),
        ("mot " * 700, [MOST, 300]),
        (" " * 3000, [MOST, 500]),
    ],
)
def test_passages_of_no_sentence(text: str, lengths: list[int], nlp: Any) -> None:
    assert [len(passage) for passage in cut(text, nlp, MOST)] == lengths


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.text(st.sampled_from("aé. \n«»!"), max_size=400), max_size=20))
def test_passages_make_up_the_text(nlp: Any, pieces: list[str]) -> None:
    text = "".join(pieces) * 3
    passages = list(cut(text, nlp, MOST))
    assert ("".join(passages), max(map(len, passages)) <= MOST) == (text, True)


def test_a_cut_changes_no_row(nlp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = tables(LONG, nlp)
    monkeypatch.setattr("pipeline.tokenize.cut", partial(cut, most=MOST))
    assert tables(LONG, nlp) == whole
    assert {row.text for row in whole[1]["mentions"]} >= {"Okelo-Barasa", "AEL", "Le lendemain"}


def test_offsets_behind_a_cut_are_those_of_the_given_text(nlp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.tokenize.cut", partial(cut, most=MOST))
    text = LONG.replace("é", "e\u0301").replace("Kampala", "Kam\u00adpala")
    found = [row for rows in tables(text, nlp)[1].values() for row in rows]
    assert [row.text for row in found] == [text[row.start_char : row.end_char] for row in found]
    assert len({row.start_char // MOST for row in found}) == 5

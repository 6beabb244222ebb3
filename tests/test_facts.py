"""Facts: for each predicate sentences with its facts and traps; modality; identifiers on both sides."""

from __future__ import annotations

import tomllib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from examples import assert_examples_hold

from pipeline.flow import facts_of
from pipeline.lexicon import load_rules, matches, rows
from pipeline.records import Document, Fact
from pipeline.relate.predications import evaluate_predicates

if TYPE_CHECKING:
    from spacy.language import Language

CASES = tomllib.loads((Path(__file__).parent / "cases" / "facts.toml").read_text("utf-8"))
SENTENCES = [(predicate, case) for predicate, cases in CASES.items() for case in cases]
RULES = {
    "groups": partial(matches, "groups"),
    "modality": partial(matches, "modality"),
    "predicates": evaluate_predicates,
}


def shown(fact: Fact) -> str:
    number = f" {fact.value:g}" if fact.value is not None else ""
    return " | ".join([fact.subject or "-", f"{fact.object}{number}", fact.modality or "-", fact.source or "-"])


@pytest.mark.parametrize(("predicate", "case"), SENTENCES, ids=[f"{p}: {c['text']}" for p, c in SENTENCES])
def test_facts(predicate: str, case: dict[str, Any], nlp: Language) -> None:
    _, tables = facts_of(Document(document="x", text=case["text"], published="2025-03-28"), nlp)
    assert sorted(shown(fact) for fact in tables["facts"] if fact.predicate == predicate) == sorted(case["facts"])


def test_every_predicate_is_documented_and_tried() -> None:
    assert sorted(CASES) == sorted(row["predicate"] for row in rows("predicates"))
    for predicate, cases in CASES.items():
        traps = [case for case in cases if not case["facts"]]
        assert (predicate, len(cases) - len(traps) >= 8, len(traps) >= 4) == (predicate, True, True)


def test_the_readme_has_the_predicates() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    lines = [[row["predicate"], row["meaning"], row["subject"], row["object"]] for row in rows("predicates")]
    for line in lines:
        assert f"| {' | '.join(cell.replace('|', ', ') for cell in line)} |" in readme


def test_entities_and_events_have_their_identifiers(nlp: Language) -> None:
    text = (
        "Awa Sarr et la Cour suprême du Kenya ont participé au 3e forum sur l'eau, à Lima. Le Chili a signé un accord."
    )
    _, tables = facts_of(Document(document="x", text=text, published="2025-03-28"), nlp)
    (event,) = tables["events"]
    assert [(f.subject_id, f.predicate, f.object_id) for f in tables["facts"]] == [
        (event.event_id, "held_at", "city:3936456"),
        ("org:cour-supreme-du-kenya", "participated_in", event.event_id),
        ("per:awa-sarr", "participated_in", event.event_id),
        ("country:CL", "signed", None),
    ]


@pytest.mark.parametrize(
    ("name", "rule"),
    [(name, rule) for name in RULES for rule in load_rules(name)],
    ids=lambda one: getattr(one, "id", one),
)
def test_rules(name: str, rule) -> None:  # type: ignore[no-untyped-def]
    assert_examples_hold(rule, RULES[name])

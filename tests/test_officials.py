"""Room 5, officials: tables of sentences, through the whole line."""

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.flow import facts_of
from pipeline.lexicon import fold, load_rules
from pipeline.lexicon.copulas import copula, evaluate_copulas
from pipeline.records import Document
from pipeline.relate.clauses import REACH

CASES = tomllib.loads((Path(__file__).parent / "cases" / "officials.toml").read_text("utf-8"))["case"]


def found(text: str, nlp: Any) -> list[list[str]]:
    _, tables = facts_of(Document(document="x", text=text), nlp)
    return [[o.person, o.role, o.organisation or "", o.country or "", o.status] for o in tables["officials"]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_officials(case: dict[str, Any], nlp: Any) -> None:
    assert found(case["text"], nlp) == case["officials"]


@pytest.mark.parametrize("rule", load_rules("copulas"), ids=lambda rule: rule.id)
def test_the_first_rule_of_a_copula_that_fits_decides(rule: Any) -> None:
    for text in (*(example["text"] for example in rule.examples), *rule.counter_examples):
        labels = [label for _, label in evaluate_copulas(text)]
        assert copula(fold(text)) == (labels[0] if labels else None)


def test_a_name_keeps_its_fullest_form_and_its_mentions(nlp: Any) -> None:
    text = "Le juge malien Oumar Konaté a parlé. M. Konaté a ensuite signé. « Merci », a dit Konaté."
    _, tables = facts_of(Document(document="x", text=text), nlp)
    assert [(o.person, o.mentions) for o in tables["officials"]] == [("Oumar Konaté", 3)]


def test_a_long_list_costs_no_more_than_its_length(nlp: Any) -> None:
    names = [f"Kofi {letter}mensah" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    text = "Sont nommés préfets :\n" + "".join(f"- M. {name}, né à Accra le 3 mai 1970 ;\n" for name in names * 20)
    started = time.process_time()
    _, tables = facts_of(Document(document="x", text=text), nlp)
    assert time.process_time() - started < 8  # quadratic would take half a minute
    assert [o.person for o in tables["officials"]] == names
    assert all(len(o.text or "") <= REACH for o in tables["officials"])
    assert all(text[o.start_char : o.end_char] == o.text for o in tables["officials"])

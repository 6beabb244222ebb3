"""Room 5, officials: tables of sentences, through the whole line."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.flow import facts_of
from pipeline.records import Document

CASES = tomllib.loads((Path(__file__).parent / "cases" / "officials.toml").read_text("utf-8"))["case"]


def found(text: str, nlp: Any) -> list[list[str]]:
    _, tables = facts_of(Document(document="x", text=text), nlp)
    return [[o.person, o.role, o.organisation or "", o.country or "", o.status] for o in tables["officials"]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_officials(case: dict[str, Any], nlp: Any) -> None:
    assert found(case["text"], nlp) == case["officials"]


def test_a_name_keeps_its_fullest_form_and_its_mentions(nlp: Any) -> None:
    text = "Le juge malien Oumar Konaté a parlé. M. Konaté a ensuite signé. « Merci », a dit Konaté."
    _, tables = facts_of(Document(document="x", text=text), nlp)
    assert [(o.person, o.mentions) for o in tables["officials"]] == [("Oumar Konaté", 3)]

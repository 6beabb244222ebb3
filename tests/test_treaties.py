"""Named instruments and their parties."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from examples import assert_examples_hold
from hypothesis import given
from hypothesis import strategies as st
from markup import annotate

from pipeline.lexicon import fold, load_rules
from pipeline.relate.treaties import treaties
from pipeline.relate.treaty_names import evaluate_treaties, names

CASES = tomllib.loads((Path(__file__).parent / "cases" / "treaties.toml").read_text("utf-8"))["cases"]
WORDS = st.sampled_from(
    ["la", "Convention", "accords", "de", "Vienne", "d'", "Évian", "sur", "le", "climat", "1961", ",", "traité"]
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_treaties(case: dict[str, object]) -> None:
    rows = treaties(annotate(str(case["text"]), "2024"))
    shown = [(r.treaty, r.instrument, r.party, r.party_country, r.relation, r.date_start) for r in rows]
    assert [" | ".join(cell or "-" for cell in row) for row in shown] == case["rows"]


@pytest.mark.parametrize("rule", load_rules("treaties"), ids=lambda rule: rule.id)
def test_rules(rule) -> None:  # type: ignore[no-untyped-def]
    assert_examples_hold(rule, evaluate_treaties)


@given(st.lists(WORDS, max_size=30).map(" ".join) | st.text())
def test_offsets(text: str) -> None:
    last = 0
    for name in names(text, fold(text), 0, len(text)):
        assert last <= name.start < name.end <= len(text)
        last = name.end

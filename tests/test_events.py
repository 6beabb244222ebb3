"""Events: their names, editions, places, dates and participants."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from examples import assert_examples_hold
from hypothesis import given
from hypothesis import strategies as st
from markup import referents

from pipeline.lexicon import fold, load_rules
from pipeline.records import Event
from pipeline.relate.event_names import evaluate_events, names
from pipeline.relate.events import events
from pipeline.relate.predications import predications

CASES = tomllib.loads((Path(__file__).parent / "cases" / "events.toml").read_text("utf-8"))
WORDS = st.sampled_from(
    ["la", "16ᵉ", "conférence", "XIe", "sommet", "sur", "le", "climat", "à", "Lima", ",", "rencontré", "table\n ronde"]
)


def read(text: str) -> list[Event]:
    found = referents(text, "2024-03-08")
    return events(found, predications(found))


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["text"])
def test_events(case: dict[str, object]) -> None:
    rows = read(str(case["text"]))
    shown = [(r.event, r.kind, r.edition, r.place, r.country, r.date_start, r.date_end) for r in rows]
    assert [" | ".join(str(cell or "-") for cell in row) for row in shown] == case["rows"]


@pytest.mark.parametrize("case", CASES["with"], ids=lambda case: case["text"])
def test_participants(case: dict[str, object]) -> None:
    assert [list(row.participants) for row in read(str(case["text"]))] == case["participants"]


@pytest.mark.parametrize("rule", load_rules("events"), ids=lambda rule: rule.id)
def test_rules(rule) -> None:  # type: ignore[no-untyped-def]
    assert_examples_hold(rule, evaluate_events)


@given(st.lists(WORDS, max_size=30).map(" ".join) | st.text())
def test_offsets(text: str) -> None:
    last = 0
    for name in names(text, fold(text), 0, len(text)):
        assert last <= name.start < name.end <= len(text)
        last = name.end

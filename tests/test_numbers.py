"""Numbers of things: what they are worth and how exact they are."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from examples import assert_examples_hold
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexicon import fold, load_rules
from pipeline.normalise.numbers import evaluate_numbers, find_numbers, number

CASES = tomllib.loads((Path(__file__).parent / "cases" / "numbers.toml").read_text("utf-8"))["cases"]
WORDS = st.sampled_from(
    ["trois", "cent", "et", "un", "vingt", "mille", "une", "trentaine", "de", "plus", "12", "4,5", "à", "-"]
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_find_numbers(case: dict[str, object]) -> None:
    found = [
        f"{n.qualifier} {n.value}" + (f"..{n.upper}" if n.upper else "") for n in find_numbers(fold(str(case["text"])))
    ]
    assert found == case["numbers"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("33", 33),
        ("1 081", 1081),
        ("quarante-deux", 42),
        ("plus de cent", 100),
        ("une trentaine", 30),
        ("dix accords", None),
        ("deux cinq", None),
        ("", None),
        ("beaucoup", None),
    ],
)
def test_number(text: str, value: int | None) -> None:
    assert number(text) == value


@pytest.mark.parametrize("rule", load_rules("numbers"), ids=lambda rule: rule.id)
def test_rules(rule) -> None:  # type: ignore[no-untyped-def]
    assert_examples_hold(rule, evaluate_numbers)


@given(st.integers(1, 999_999))
def test_figures_with_spaces(value: int) -> None:
    assert [n.value for n in find_numbers(f"{value:,} pays".replace(",", " "))] == [value]


@given(st.lists(WORDS).map(" ".join) | st.text())
def test_offsets(text: str) -> None:
    view, last = fold(text), 0
    for n in find_numbers(view):
        assert last <= n.start <= n.figure < n.end <= len(view)
        last = n.end

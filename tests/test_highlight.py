"""Marks in a text: runs that never overlap, and brackets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.highlight import Span, bracketed, runs

TEXT = "le Parquet du Vietnam à Huế"
ORG, LOC, CITY = Span(3, 21, "ORG"), Span(14, 21, "LOC"), Span(24, 27, "LOC")

WITHIN = st.tuples(st.integers(-2, 32), st.integers(-2, 32), st.sampled_from(["PER", "ORG", "LOC"]))
SPANS = st.lists(WITHIN.map(lambda cells: Span(*cells)), max_size=12)


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        ([], [("le Parquet du Vietnam à Huế", None)]),
        ([CITY], [("le Parquet du Vietnam à ", None), ("Huế", "LOC")]),
        ([ORG, LOC], [("le ", None), ("Parquet du ", "ORG"), ("Vietnam", "LOC"), (" à Huế", None)]),
        ([Span(0, 10, "A"), Span(5, 12, "B")], [("le Pa", "A"), ("rquet d", "B"), ("u Vietnam à Huế", None)]),
        ([Span(0, 99, "A"), Span(4, 4, "B"), Span(-1, 3, "C")], [("le Parquet du Vietnam à Huế", None)]),
    ],
)
def test_runs(spans: list[Span], shown: list[tuple[str, str | None]]) -> None:
    cut = [(TEXT[start:end], span.label if span else None) for start, end, span in runs(len(TEXT), spans)]
    assert cut == shown


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        ([], TEXT),
        ([ORG, LOC, CITY], "le [Parquet du [Vietnam|LOC]|ORG] à [Huế|LOC]"),
        ([ORG, ORG, Span(3, 21, "PER")], "le [[Parquet du Vietnam|ORG]|PER] à Huế"),
        ([Span(0, 2, "A"), Span(2, 3, "B")], "[le|A][ |B]Parquet du Vietnam à Huế"),
    ],
)
def test_brackets(spans: list[Span], shown: str) -> None:
    assert bracketed(TEXT, spans) == shown


@given(st.integers(0, 30), SPANS)
def test_runs_are_the_whole_text_and_show_what_is_marked(length: int, spans: list[Span]) -> None:
    cut = list(runs(length, spans))
    assert [place for start, end, _ in cut for place in range(start, end)] == list(range(length))
    covering = {place: {s for s in spans if 0 <= s.start <= place < s.end <= length} for place in range(length)}
    shown = {place: span for start, end, span in cut for place in range(start, end)}
    assert all((shown[place] in covering[place]) if covering[place] else shown[place] is None for place in covering)


@given(st.text("abc é😀\n", max_size=30), SPANS)
def test_brackets_add_nothing_but_brackets(text: str, spans: list[Span]) -> None:
    shown = bracketed(text, spans)
    for sign in ("[", "|PER]", "|ORG]", "|LOC]"):
        shown = shown.replace(sign, "")
    assert shown == text

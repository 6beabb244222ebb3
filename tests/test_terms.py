"""Names found all at once are those that a look at every place finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexicon import Rule, Terms, load_rules
from pipeline.lexicon.copulas import copula, copula_from

NAMES = ["a", "a b", "b a b", "ab", "e'a", "b-a", "(a"]


def longest_first(names: list[str], view: str) -> list[tuple[int, int, str]]:
    found, at, flat = [], 0, view.replace("\n", " ")
    while at < len(flat):
        hits = [name for name in names if flat.startswith(name, at) and is_whole(flat, at, at + len(name))]
        best = max(hits, key=len, default="")
        found += [(at, at + len(best), best)] * bool(best)
        at += len(best) or 1
    return found


def is_whole(view: str, start: int, end: int) -> bool:
    return not view[max(0, start - 1) : start].isalnum() and not view[end : end + 1].isalnum()


@given(names=st.sets(st.sampled_from(NAMES)), view=st.text("abe'- (\n", max_size=30), lasting=st.booleans())
def test_terms(names: set[str], view: str, lasting: bool) -> None:
    terms = Terms(((name, name) for name in names), lasting=lasting)
    assert [tuple(term) for term in terms.find(view)] == longest_first(sorted(names), view)


@given(lists=st.lists(st.sets(st.sampled_from(NAMES)), max_size=3), view=st.text("abe'- (\n", max_size=500))
def test_lists_together_are_those_by_themselves(lists: list[set[str]], view: str) -> None:
    together = [Terms(((name, name) for name in names), together=True) for names in lists]
    alone = [Terms((name, name) for name in names) for names in lists]
    for text in (view, view[:30], view):
        assert [terms.find(text) for terms in together] == [terms.find(text) for terms in alone]


@pytest.mark.parametrize("rule", load_rules("copulas"), ids=lambda rule: rule.id)
def test_no_copula_ends_with_punctuation(rule: Rule) -> None:
    """So that a name before an office is looked for behind a word only."""
    texts = [example["text"] for example in rule.examples]
    assert [copula(f"{text} {mark}") for text in texts for mark in ",.;:()«»-–3"] == [None] * 11 * len(texts)


PIECES = [",", "qui", "est", "a", "ete", "elue", "nomme", "a la", "quitte", "la", "\n", "ministre"]


@given(words=st.lists(st.sampled_from(PIECES), max_size=8))
def test_a_copula_begins_where_the_words_from_there_on_are_one(words: list[str]) -> None:
    starts = [start for start in range(len(words)) if copula(" ".join(words[start:]))]
    assert copula_from(words) == (starts[0] if starts else None)

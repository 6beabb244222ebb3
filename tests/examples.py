"""Whether the examples of the lexicon's rules hold, for the tests of each room."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.lexicon import Rule


def assert_examples_hold(rule: Rule, evaluate: Callable[[str], list[tuple[str, str]]]) -> None:
    """Every example gives the rule with its value, no counter-example gives the rule."""
    for example in rule.examples:
        assert (rule.id, example["value"]) in evaluate(example["text"])
    for text in rule.counter_examples:
        assert rule.id not in [found for found, _ in evaluate(text)]

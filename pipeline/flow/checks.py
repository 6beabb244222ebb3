"""What can be checked of the lexicon: that all its examples hold."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pipeline.lexicon import load_rules, matches
from pipeline.lexicon.copulas import evaluate_copulas
from pipeline.lexicon.rules import RULES, Rule
from pipeline.normalise.counts import evaluate_subjects
from pipeline.normalise.dates import evaluate as evaluate_dates
from pipeline.normalise.dates.tense import evaluate as evaluate_tense
from pipeline.normalise.numbers import evaluate_amounts, evaluate_numbers
from pipeline.normalise.role_categories import check_categories
from pipeline.read.published import evaluate as evaluate_header
from pipeline.recognise.counts import evaluate_counts
from pipeline.recognise.quantities import evaluate_quantities
from pipeline.relate.event_names import evaluate_events
from pipeline.relate.predications import evaluate_predicates
from pipeline.relate.treaty_names import evaluate_treaties

_EVALUATE: dict[str, Callable[[str], list[tuple[str, str]]]] = {
    "amounts": evaluate_amounts,
    "copulas": evaluate_copulas,
    "counts": evaluate_counts,
    "dates_tense": evaluate_tense,
    "events": evaluate_events,
    "groups": partial(matches, "groups"),
    "holders": partial(matches, "holders"),
    "modality": partial(matches, "modality"),
    "places": partial(matches, "places"),
    "numbers": evaluate_numbers,
    "predicates": evaluate_predicates,
    "quantities": evaluate_quantities,
    "scenes": partial(matches, "scenes"),
    "subjects": evaluate_subjects,
    "treaties": evaluate_treaties,
}


def check_lexicon() -> list[str]:
    """Run every example and counter-example of every rule; what does not hold, a line each."""
    failures: list[str] = []
    for path in sorted(RULES.glob("*.toml")):
        for rule in load_rules(path.stem):
            failures += _check(path.stem, rule)
    return failures + check_categories()


def _check(name: str, rule: Rule) -> list[str]:
    where = f"{name}.toml, rule {rule.id}"
    wrong = [
        f"{where}: {example['text']!r} gives {got!r}, expected {example['value']!r}"
        for example in rule.examples
        if example["value"] not in (got := _values(name, rule, example["text"]))
    ]
    return wrong + [
        f"{where}: {text!r} gives {got!r}, expected nothing"
        for text in rule.counter_examples
        if (got := _values(name, rule, text))
    ]


def _values(name: str, rule: Rule, text: str) -> list[str]:
    if name == "headers":
        value = evaluate_header(rule, text)
        return [] if value is None else [value]
    evaluate = _EVALUATE.get(name, evaluate_dates)
    if name == "dates_tense":
        return [value for _, value in evaluate(text) if value == rule.label]
    return [value for rule_id, value in evaluate(text) if rule_id == rule.id]

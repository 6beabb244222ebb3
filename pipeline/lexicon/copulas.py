"""What a verb between a name and an office makes of the office: rules/copulas.toml."""

from __future__ import annotations

from pipeline.lexicon.fold import fold
from pipeline.lexicon.rules import load_rules


def copula(between: str) -> str | None:
    """What folded words between a name and its office make of it: current, former or future; None for no such verb."""
    words = " ".join(between.split())
    return next((rule.label for rule in load_rules("copulas") if words and rule.regex.fullmatch(words)), None)


def evaluate_copulas(text: str) -> list[tuple[str, str]]:
    """What an example of rules/copulas.toml gives: (rule, label) of each rule that is all of it."""
    view = fold(text)
    return [(rule.id, rule.label) for rule in load_rules("copulas") if rule.regex.fullmatch(view)]

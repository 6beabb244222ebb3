"""What a verb between a name and an office makes of the office: rules/copulas.toml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.lexicon.compiled import compiled
from pipeline.lexicon.fold import fold
from pipeline.lexicon.rules import load_rules, sieve


def copula(between: str) -> str | None:
    """What folded words between a name and its office make of it: current, former or future; None for no such verb."""
    words = " ".join(between.split())
    found = _copulas().fullmatch(words) if words and sieve("copulas").passing(words) else None
    return load_rules("copulas")[found.lastindex - 1].label if found and found.lastindex else None


def copula_from(words: Sequence[str]) -> int | None:
    """The first of folded words from which on all of them are what `copula` takes; None where there is none."""
    text = " ".join(" ".join(words).split())
    if not sieve("copulas").passing(text):
        return None
    fullmatch, start = _copulas().fullmatch, 0
    for at, word in enumerate(words):
        if fullmatch(text, start):
            return at
        start += 0 if word.isspace() else len(word) + 1
    return None


@cache
def _copulas() -> re.Pattern[str]:
    """All rules in one pattern, a group each; they have none of their own."""
    return compiled("|".join(f"({rule.regex.pattern})" for rule in load_rules("copulas"))).regex


def evaluate_copulas(text: str) -> list[tuple[str, str]]:
    """What an example of rules/copulas.toml gives: (rule, label) of each rule that is all of it."""
    view = fold(text)
    return [(rule.id, rule.label) for rule in load_rules("copulas") if rule.regex.fullmatch(view)]

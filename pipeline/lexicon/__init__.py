"""The linguist's room: word lists (words/*.csv), rules with examples (rules/*.toml), and their loader."""

from pipeline.lexicon.fold import fold
from pipeline.lexicon.linkers import linkers
from pipeline.lexicon.lists import mapping, rows, single_words
from pipeline.lexicon.rules import Rule, alternatives, branching, load_rules, matches, pattern, sieve
from pipeline.lexicon.sieve import Sieve
from pipeline.lexicon.terms import Term, Terms

__all__ = [
    "Rule",
    "Sieve",
    "Term",
    "Terms",
    "alternatives",
    "branching",
    "fold",
    "linkers",
    "load_rules",
    "mapping",
    "matches",
    "pattern",
    "rows",
    "sieve",
    "single_words",
]

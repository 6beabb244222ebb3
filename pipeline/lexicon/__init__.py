"""The linguist's room: word lists (words/*.csv), rules with examples (rules/*.toml), and their loader."""

from pipeline.lexicon.fold import fold
from pipeline.lexicon.lists import mapping, rows
from pipeline.lexicon.rules import Rule, load_rules
from pipeline.lexicon.terms import Term, Terms

__all__ = ["Rule", "Term", "Terms", "fold", "load_rules", "mapping", "rows"]

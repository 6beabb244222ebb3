"""Whole numbers of things. Ordinals, decimals, percentages and numbers of articles do not count."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from text_to_num import text2num

from pipeline.lexicon import Rule, fold, load_rules, mapping, sieve
from pipeline.normalise.numbers.exactness import Number, qualified, ranges

DIGIT = re.compile(r"\d")
_ATOMS = ("collective", "digits", "words")  #: where they overlap, the first rule counts
_NO_FIGURES = frozenset(["digits"])  #: the rules that find nothing in a sentence without figures
_SENTENCES = 200  #: so many sentences are remembered: first instruments are looked for in them, then what is measured


def number(text: str) -> int | None:
    """The number that `text` consists of, qualifier included or not; None where it is something else."""
    view = fold(text).strip()
    found = find_numbers(f"{view} de ")
    return found[0].value if len(found) == 1 and (found[0].start, found[0].end) == (0, len(view)) else None


def find_numbers(view: str) -> list[Number]:
    """The numbers in `view`, a folded text, in their order; they do not overlap."""
    found = atoms(view)
    return qualified(view, ranges(view, found, rules()), rules()) if found else []


def evaluate_numbers(text: str) -> list[tuple[str, str]]:
    """(rule, value) of every number in `text`, for `greffier lexicon check`; parts of a number are rules as well."""
    found = []
    for n in find_numbers(fold(text)):
        value = f"{n.qualifier} {n.value}" + (f"..{n.upper}" if n.upper else "")
        found.append((n.rule, value))
        found += [("link", value)] if n.upper else []
        found += [("change", value)] if rules()["change"].regex.search(fold(text), 0, n.figure) else []
        found += [("opening" if n.upper else "qualifier", value)] if n.start < n.figure else []
    return found


@cache
def rules() -> dict[str, Rule]:
    """The rules of rules/numbers.toml by their id."""
    return {rule.id: rule for rule in load_rules("numbers")}


@lru_cache(_SENTENCES)
def atoms(view: str) -> list[Number]:
    """Collectives, figures and words, where they overlap the first rule's; the list is not to be changed."""
    found: list[Number] = []
    taken = bytearray(len(view))
    possible = sieve("numbers", *_ATOMS).passing(view) - (_NO_FIGURES if DIGIT.search(view) is None else frozenset())
    for name in (name for name in _ATOMS if name in possible):
        for match in rules()[name].regex.finditer(view):
            start, end = match.span()
            value = None if any(taken[start:end]) else _value(match)
            if value:
                qualifier = "approx" if name == "collective" else "exact"
                found.append(Number(start, start, end, value, qualifier, None, name))
                taken[start:end] = b"\1" * (end - start)
    return sorted(found)


def _value(match: re.Match[str]) -> int | None:
    parts = match.groupdict()
    if parts.get("digits"):
        return int(re.sub(r"\D", "", parts["digits"]))
    if parts.get("words"):
        return _spelled(parts["words"])
    base = int(mapping("collectives")[parts["collective"]])
    if not parts["multiplier"]:
        return None if parts["collective"].endswith("s") else base
    times = _spelled(parts["multiplier"])
    return times * base if times else None


def _spelled(words: str) -> int | None:
    """The value of number words: with hyphens throughout, text2num reads every spelling, old, new and mixed."""
    try:
        return int(text2num("-".join(re.split(r"[ \n-]+", words)), "fr"))
    except ValueError:
        return None

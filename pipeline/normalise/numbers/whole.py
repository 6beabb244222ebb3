"""Whole numbers of things. Ordinals, decimals, percentages and numbers of articles do not count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from text_to_num import text2num

from pipeline.lexicon import Rule, Terms, fold, load_rules, mapping
from pipeline.normalise.numbers.exactness import Number, qualified, ranges

_FIGURES = re.compile(r"\d+")
_NO_FIGURE = re.compile(r"\D")
_ROUND = 10  #: its multiples are round numbers
_SPELLED = 4_000  #: so many numbers in words are remembered with their values


def number(text: str) -> int | None:
    """The number that `text` consists of, qualifier included or not; None where it is something else."""
    view = fold(text).strip()
    found = find_numbers(f"{view} de ")
    return found[0].value if len(found) == 1 and (found[0].start, found[0].end) == (0, len(view)) else None


def find_numbers(view: str) -> list[Number]:
    """The numbers in `view`, a folded text, in their order; they do not overlap."""
    digits = [_number(match) for match in at_figures(rules()["digits"].regex, view)]
    found = sorted([*(n for n in digits if n.value), *spelled(view)])
    return qualified(view, ranges(view, found, rules()), rules()) if found else []


def evaluate_numbers(text: str) -> list[tuple[str, str]]:
    """(rule, value) of every number in `text`, for `greffier lexicon check`; parts of a number are rules as well."""
    found = []
    for n in find_numbers(fold(text)):
        value = f"{n.qualifier} {n.value}" + (f"..{n.upper}" if n.upper else "")
        found.append((n.rule, value))
        found += [("link", value)] if n.upper else []
        found += [("some-more", value)] if rules()["some-more"].regex.search(fold(text), n.figure, n.end + 1) else []
        found += [("change", value)] if rules()["change"].regex.search(fold(text), 0, n.figure) else []
        found += [("opening" if n.upper else "qualifier", value)] if n.start < n.figure else []
    return found


@cache
def rules() -> dict[str, Rule]:
    """The rules of rules/numbers.toml by their id."""
    return {rule.id: rule for rule in load_rules("numbers")}


def at_figures(regex: re.Pattern[str], view: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern that begins with figures, before which it may have a minus."""
    end = 0
    for figures in _FIGURES.finditer(view):
        at = figures.start()
        if at < end:
            continue
        signed = regex.match(view, at - 1) if at > end and view[at - 1] == "-" else None
        match = signed or regex.match(view, at)
        if match:
            end = match.end()
            yield match


def whole(digits: str) -> int:
    """The value of figures, whatever groups them."""
    return int(digits if digits.isdecimal() else _NO_FIGURE.sub("", digits))


def _number(match: re.Match[str]) -> Number:
    return Number(match.start(), match.start(), match.end(), whole(match["digits"]), "exact", None, "digits")


def spelled(view: str) -> list[Number]:
    """Collectives and numbers in words, in no order; where they overlap, the collective counts."""
    terms = _words().find(view)
    some = _collectives(view) if any(term.value for term in terms) else []
    end, found = 0, some.copy()
    for at, _, _ in terms:
        match = rules()["words"].regex.match(view, at) if at >= end else None
        if match:
            end = match.end()
            value = None if any(at < n.end and n.start < end for n in some) else _value(match["words"])
            found += [_some_more(view, Number(at, at, end, value, "exact", None, "words"))] if value else []
    return found


def _some_more(view: str, number: Number) -> Number:
    """A round number in words, with « et quelques » behind it where that stands there."""
    even = number.value > _ROUND and number.value % _ROUND == 0
    more = rules()["some-more"].regex.match(view, number.end) if even else None
    return number._replace(end=more.end(), qualifier="approx") if more else number


def _collectives(view: str) -> list[Number]:
    found = ((match, _gathered(match)) for match in rules()["collective"].regex.finditer(view))
    return [Number(m.start(), m.start(), m.end(), value, "approx", None, "collective") for m, value in found if value]


@cache
def _words() -> Terms[bool]:
    """The words of numbers, and whether they are collectives."""
    return Terms((form, name == "collectives") for name in ("number_words", "collectives") for form in mapping(name))


def _gathered(match: re.Match[str]) -> int | None:
    """The value of a collective, « une trentaine », « deux douzaines »."""
    base = int(mapping("collectives")[match["collective"]])
    if not match["multiplier"]:
        return None if match["collective"].endswith("s") else base
    times = _value(match["multiplier"])
    return times * base if times else None


@lru_cache(_SPELLED)
def _value(words: str) -> int | None:
    """The value of number words: with hyphens throughout, text2num reads every spelling, old, new and mixed."""
    try:
        return int(text2num("-".join(re.split(r"[ \n-]+", words)), "fr"))
    except ValueError:
        return None

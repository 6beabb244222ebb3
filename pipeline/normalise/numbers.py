"""Numbers of things in French, in figures and in words, each with how exact it is.

Offsets count in the view (`fold(text)`), which are the offsets in the text. A range is one number: its lower end, with
the qualifier `min`, and its upper end. Ordinals, decimals, percentages and numbers of articles do not count.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from text_to_num import text2num

from pipeline.lexicon import Rule, fold, load_rules, mapping


class Number(NamedTuple):
    """A number found: `start` is that of its qualifier, if it has one, `figure` that of the number itself."""

    start: int
    figure: int
    end: int
    value: int
    qualifier: str  #: exact, min, max or approx
    upper: int | None
    rule: str  #: collective, digits or words


def number(text: str) -> int | None:
    """The number that `text` consists of, qualifier included or not; None where it is something else."""
    view = fold(text).strip()
    found = find_numbers(f"{view} de ")
    return found[0].value if len(found) == 1 and (found[0].start, found[0].end) == (0, len(view)) else None


def find_numbers(view: str) -> list[Number]:
    """The numbers in `view`, a folded text, in their order; they do not overlap."""
    opened = _qualifiers(view)
    return [_qualified(n, opened) for n in _ranges(view, _atoms(view))]


def evaluate_numbers(text: str) -> list[tuple[str, str]]:
    """(rule, value) of every number in `text`, for `greffier lexicon check`; parts of a number are rules as well."""
    found = []
    for n in find_numbers(fold(text)):
        value = f"{n.qualifier} {n.value}" + (f"..{n.upper}" if n.upper else "")
        found.append((n.rule, value))
        found += [("link", value)] if n.upper else []
        found += [("opening" if n.upper else "qualifier", value)] if n.start < n.figure else []
    return found


@cache
def _rules() -> dict[str, Rule]:
    return {rule.id: rule for rule in load_rules("numbers")}


def _atoms(view: str) -> list[Number]:
    """Collectives, figures and words, where they overlap the first rule's."""
    found: list[Number] = []
    taken = bytearray(len(view))
    for name in ("collective", "digits", "words"):
        for match in _rules()[name].regex.finditer(view):
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


def _ranges(view: str, atoms: list[Number]) -> list[Number]:
    """Put two numbers with nothing but `à`, `ou` … between them together; `et` needs an `entre` before."""
    out: list[Number] = []
    ranges = {
        low: (start, high) for low, high in pairwise(atoms) if (start := _range_start(view, low, high)) is not None
    }
    for atom in atoms:
        low = out[-1] if out else None
        if low in ranges and ranges[low][1] == atom:
            out[-1] = low._replace(start=ranges[low][0], end=atom.end, qualifier="min", upper=atom.value)
        else:
            out.append(atom)
    return out


def _range_start(view: str, low: Number, high: Number) -> int | None:
    """Where the range of two neighbouring numbers begins, with its `entre` or `de`; None where they are no range."""
    link = _rules()["link"].regex.fullmatch(view, low.end, high.start)
    if link is None or low.value >= high.value:
        return None
    opening = _rules()["opening"].regex.search(view, max(0, low.start - 8), low.start)
    if link["both"]:
        return opening.start() if opening and opening["both"] else None
    return opening.start() if opening else low.start


def _qualifiers(view: str) -> dict[int, tuple[int, str]]:
    """{offset where a number may follow: (start of the qualifier, its value)}."""
    forms = mapping("number_qualifiers")
    found: dict[int, tuple[int, str]] = {}
    for match in _rules()["qualifier"].regex.finditer(view):
        form = " ".join(match["qualifier"].split())
        found[match.end()] = (match.start(), forms[form])
    return found


def _qualified(n: Number, opened: dict[int, tuple[int, str]]) -> Number:
    if n.upper is not None or n.start not in opened:
        return n
    start, qualifier = opened[n.start]
    return n._replace(start=start, qualifier=qualifier)

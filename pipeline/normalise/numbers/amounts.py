"""Amounts: numbers, whole or not, and the words that multiply them: « 1,2 milliard », « une dizaine de millions »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise

from pipeline.lexicon import Rule, fold, load_rules, mapping
from pipeline.normalise.numbers import whole
from pipeline.normalise.numbers.exactness import Amount, qualified, ranges

_HALF = Decimal("0.5")


def find_amounts(view: str) -> list[Amount]:
    """The amounts in `view`, a folded text, in their order; they do not overlap. Also those that measure nothing."""
    found = _atoms(view)
    if not found:
        return []
    atoms = _apart(_scaled(view, atom) for atom in found)
    if len(atoms) > 1:
        atoms = ranges(view, _sharing(view, _summed(view, atoms)), amount_rules())
    return qualified(view, atoms, amount_rules())


def evaluate_amounts(text: str) -> list[tuple[str, str]]:
    """(rule, value) of every amount in `text`, for `greffier lexicon check`; parts of an amount are rules as well."""
    view = fold(text)
    found = []
    for n in find_amounts(view):
        value = f"{n.qualifier} {n.value.normalize():f}" + (f"..{n.upper.normalize():f}" if n.upper else "")
        found.append((n.rule, value))
        found += [("scale", value)] if n.times > 1 else []
        found += [("link", value)] if n.upper else []
        found += [("change", value)] if amount_rules()["change"].regex.search(view, 0, n.figure) else []
    return found


@cache
def amount_rules() -> dict[str, Rule]:
    """The rules of numbers.toml, and those of amounts.toml in their place."""
    return {**whole.rules(), **{rule.id: rule for rule in load_rules("amounts")}}


@cache
def _scales() -> dict[str, str]:
    return {**mapping("amount_scales"), **mapping("amount_signs")}


def _atoms(view: str) -> list[Amount]:
    figures = [_figure(match) for match in whole.at_figures(amount_rules()["figure"].regex, view)]
    words = [Amount(*n[:3], Decimal(n.value), n.qualifier, None, n.rule) for n in whole.spelled(view)]
    return sorted(figures + words)


def _figure(match: re.Match[str]) -> Amount:
    digits, decimals = match["digits"], match["decimals"] or ""
    value = Decimal(f"{whole.whole(digits)}.{decimals}" if decimals else whole.whole(digits))
    rule = "grouped" if len(digits) <= len(decimals) == 3 and "," in match[0] else "figure"
    return Amount(match.start(), match.start(), match.end(), -value if match["minus"] else value, "exact", None, rule)


def _scaled(view: str, atom: Amount) -> Amount:
    scale = amount_rules()["scale"].regex.match(view, atom.end)
    if scale is None:
        return atom
    times = int(_scales()[scale["scale"] or scale["sign"]])
    value = (atom.value + (_HALF if scale["half"] else 0)) * times
    rule = "figure" if atom.rule == "grouped" else atom.rule
    return atom._replace(end=scale.end(), value=value, rule=rule, times=times)


def _apart(atoms: Iterator[Amount]) -> list[Amount]:
    """The amounts without those that begin inside one before."""
    found: list[Amount] = []
    for atom in atoms:
        if not found or atom.start >= found[-1].end:
            found.append(atom)
    return found


def _summed(view: str, atoms: list[Amount]) -> list[Amount]:
    """« trois millions deux cent mille » as one amount."""
    found: list[Amount] = []
    for atom in atoms:
        last = found[-1] if found else None
        if last and last.times > 1 and view[last.end : atom.start] == " " and 100 <= atom.value < last.value:
            found[-1] = last._replace(end=atom.end, value=last.value + atom.value)
        else:
            found.append(atom)
    return found


def _sharing(view: str, atoms: list[Amount]) -> list[Amount]:
    """The first number of a range with the scale of the second: « de 3 à 5 millions »."""
    shared = {}
    for low, high in pairwise(atoms):
        lower = low.times == 1 < high.times and low.value * high.times < high.value
        if lower and amount_rules()["link"].regex.fullmatch(view, low.end, high.start):
            shared[low] = low._replace(value=low.value * high.times, times=high.times)
    return [shared.get(atom, atom) for atom in atoms]

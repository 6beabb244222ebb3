"""How exact numbers are: two of them as a range, and the qualifier before one."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple, TypeVar

from pipeline.lexicon import Rule, mapping, sieve

REACH = 60  #: characters before a range in which a verb says that it is a change


class Number(NamedTuple):
    """A number found: `start` is that of its qualifier, if it has one, `figure` that of the number itself."""

    start: int
    figure: int
    end: int
    value: int
    qualifier: str  #: exact, min, max or approx
    upper: int | None
    rule: str  #: collective, digits or words


class Amount(NamedTuple):
    """As Number, but not only whole ones."""

    start: int
    figure: int
    end: int
    value: Decimal
    qualifier: str  #: exact, min, max or approx
    upper: Decimal | None
    rule: str  #: figure, grouped (« 1,500 », decimal or thousand), collective or words
    times: int = 1  #: what a word such as « millions » multiplies it by


N = TypeVar("N", Number, Amount)


def ranges(view: str, atoms: list[N], rules: Mapping[str, Rule]) -> list[N]:
    """Put two numbers with nothing but `à`, `ou` … between them together; `et` needs an `entre` before."""
    if len(atoms) < 2:
        return atoms
    out: list[N] = []
    starts = {
        low: (start, high) for low, high in pairwise(atoms) if (start := _start(view, low, high, rules)) is not None
    }
    for atom in atoms:
        low = out[-1] if out else None
        if low in starts and starts[low][1] == atom:
            out[-1] = low._replace(start=starts[low][0], end=atom.end, qualifier="min", upper=atom.value)
        else:
            out.append(atom)
    return out


def _start(view: str, low: N, high: N, rules: Mapping[str, Rule]) -> int | None:
    """Where the range of two neighbouring numbers begins, with its `entre` or `de`; None where they are no range."""
    link = rules["link"].regex.fullmatch(view, low.end, high.start)
    if link is None or low.value >= high.value:
        return None
    opening = rules["opening"].regex.search(view, max(0, low.start - 8), low.start)
    if link["both"]:
        return opening.start() if opening and opening["both"] else None
    if opening and "change" in rules and rules["change"].regex.search(view, max(0, low.start - REACH), low.start):
        return None
    return opening.start() if opening else low.start


def qualified(view: str, numbers: list[N], rules: Mapping[str, Rule]) -> list[N]:
    """The numbers with the qualifiers that stand before them."""
    opened = _qualifiers(view, rules["qualifier"]) if sieve("numbers", "qualifier").passing(view) else None
    if not opened:
        return numbers
    found = []
    for n in numbers:
        start, qualifier = opened.get(n.start, (n.start, n.qualifier)) if n.upper is None else (n.start, n.qualifier)
        found.append(n._replace(start=start, qualifier=qualifier))
    return found


def _qualifiers(view: str, rule: Rule) -> dict[int, tuple[int, str]]:
    """{offset where a number may follow: (start of the qualifier, its value)}."""
    forms = mapping("number_qualifiers")
    matches = rule.regex.finditer(view)
    return {m.end(): (m.start(), forms[" ".join(m["qualifier"].split())]) for m in matches}

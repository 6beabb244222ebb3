"""Dates in French text, without any model: find them, and say which days they mean.

    find_dates("réunis du 24 au 28 mars", "2025-03")   # one row, 2025-03-24 to 2025-03-28

atoms.py finds the smallest expressions by the rules of the lexicon, compose.py joins them, narrative.py reads them in
their order and resolve.py counts the days.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from pipeline.lexicon import Rule, fold, load_rules
from pipeline.normalise.dates.atoms import find_atoms, rules
from pipeline.normalise.dates.compose import compose
from pipeline.normalise.dates.narrative import Narrative
from pipeline.normalise.dates.periods import Period
from pipeline.normalise.dates.reference import read_reference
from pipeline.records import DateMention

__all__ = ["EXAMPLE_REFERENCE", "date_rules", "evaluate", "find_dates"]

#: the date that the examples of the rules are read with, a Friday
EXAMPLE_REFERENCE = date(2025, 3, 28)
#: so many texts are remembered with their dates: a component and the values of its mentions ask for the same ones
_TEXTS = 2


def find_dates(text: str, reference: date | str | None = None, *, undated: bool = False) -> list[DateMention]:
    """The dates of a text, in order and without overlap, each with its offsets in characters and its days.

    `reference` is the date that relative dates are counted from, mostly that of the publication: a date, or EDTF as
    precise as it is known (`2025-03-28`, `2025-03`, `2025`). What it is too coarse for has empty dates. `undated` adds
    what has a TIMEX3 value but no days: durations (`P2Y`), frequencies, times of the day, « ces derniers mois ».
    Raises UsageError where `reference` is no such date; never for a text.
    """
    return list(_found(text, read_reference(reference), undated))


@lru_cache(_TEXTS)
def _found(text: str, reference: Period | None, undated: bool) -> tuple[DateMention, ...]:
    narrative = Narrative(text, fold(text), reference)
    expressions = compose(text, narrative.view, find_atoms(text, narrative.view, undated))
    return tuple(row for row in map(narrative.read, expressions) if row is not None)


def date_rules() -> tuple[Rule, ...]:
    """The rules whose examples `evaluate` can check: atoms, links and open sides."""
    return rules() + load_rules("dates_links") + load_rules("dates_open")


def evaluate(text: str) -> list[tuple[str, str]]:
    """What an example of a rule gives: (rule, EDTF) of each row and of each atom in it.

    Without EDTF it is the TIMEX3 value, or nothing.
    """
    atoms = find_atoms(text, fold(text), undated=True)
    found: list[tuple[str, str]] = []
    for row in find_dates(text, EXAMPLE_REFERENCE, undated=True):
        inside = {a.rule for a in atoms if (row.start_char or 0) <= a.start < (row.end_char or 0)}
        found += [(rule, row.edtf or row.value or "") for rule in sorted(inside | {row.rule or ""})]
    return found

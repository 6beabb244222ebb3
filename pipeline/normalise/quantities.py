"""What a quantity says by itself: « près de 33 millions d'euros »."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from pipeline.lexicon import fold, mapping
from pipeline.lexicon.counted import Counted, counted_at, quantity_rule, sign_before
from pipeline.normalise.numbers import Amount, find_amounts

_THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Quantity:
    """The value of a quantity; what the phrase does not say is None."""

    kind: str  #: money, persons, percentage, distance …
    amount: int | float
    amount_max: int | float | None
    unit: str | None  #: ISO 4217 code or sign of a measure
    qualifier: str  #: exact, min, max or approx
    noun: str | None  #: what is counted, singular
    countries: Mapping[str, str]  #: where the currency is one country's or another's: {country: ISO 4217 code}
    rule: str  #: sum, sign, measure or noun


def normalise_quantity(text: str) -> Quantity | None:
    """The value of `text`, a phrase that greffier_quantities found; None where it holds no quantity."""
    view = fold(text)
    for amount in find_amounts(view):
        counted = counted_at(text, view, amount.end, single=abs(amount.value) < 2)
        if counted:
            return _quantity(view, amount, counted)
        signed = sign_before(text, view, amount.start)
        if signed:
            return _quantity(view, amount, signed[1])
    return None


def _quantity(view: str, amount: Amount, counted: Counted) -> Quantity:
    late = quantity_rule("late").match(view, counted.end)
    qualifier = mapping("late_qualifiers")[" ".join(late["late"].split())] if late else amount.qualifier
    times = _THOUSAND if amount.rule == "grouped" and counted.rule != "measure" else 1
    return Quantity(
        kind=counted.kind,
        amount=_plain(amount.value * times),
        amount_max=None if amount.upper is None else _plain(amount.upper * times),
        unit=counted.unit,
        qualifier=qualifier,
        noun=counted.noun,
        countries=counted.countries,
        rule=counted.rule,
    )


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)

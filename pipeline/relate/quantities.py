"""Stated quantities with who gives or has them; a currency that several countries have becomes one of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from pipeline.records import Annotated, Mention, Quantity
from pipeline.relate.clauses import Sentence, behind, country, offset, provenance, sentences
from pipeline.relate.holders import givers


def quantities(annotated: Annotated) -> list[Quantity]:
    """The quantities of a document in the order of the text, one row a QUANTITY mention that has a value."""
    found = sentences(annotated)
    return [
        _row(annotated, found[max(0, index - 1) : index], sentence, mention)
        for index, sentence in enumerate(found)
        if "QUANTITY" in sentence.labels
        for mention in sentence.mentions
        if mention.label == "QUANTITY" and mention.value is not None
    ]


def _row(annotated: Annotated, before: list[Sentence], sentence: Sentence, mention: Mention) -> Quantity:
    value, start, end = mention.value, offset(mention), behind(mention)
    holder = givers(before, sentence, start, end, annotated).one
    code = holder.country if holder else None
    near = (_countries(mentions) for mentions in (sentence.mentions, annotated.mentions))
    return Quantity(
        kind=value.kind,
        amount=value.amount,
        amount_max=value.amount_max,
        unit=_unit(value.unit, value.countries, code, near) if value.countries else value.unit,
        qualifier=value.qualifier,
        noun=value.noun,
        holder=holder.name if holder else None,
        holder_country=code,
        **provenance(annotated, sentence, start, end, f"quantities:{value.rule}"),
    )


def _unit(unit: str | None, codes: Mapping[str, str], holder: str | None, near: Iterable[Set[str]]) -> str | None:
    """A currency of several countries: that of the holder, else of the sentence, else of the document.

    Where the name alone has a meaning (dollar), only the holder can give it another one.
    """
    if unit or holder in codes:
        return codes.get(holder or "", unit)
    for countries in near:
        own = {codes[country] for country in countries if country in codes}
        if own:
            return own.pop() if len(own) == 1 else None
    return unit


def _countries(mentions: Iterable[Mention]) -> frozenset[str]:
    """The countries of places, peoples and organisations among the mentions."""
    named = (country(mention) for mention in mentions if mention.label in ("LOC", "DEMONYM", "ORG"))
    return frozenset(code for code in named if code)

"""Stated quantities with who gives or has them; a currency that several countries have becomes one of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.records import Annotated, Mention, Quantity
from pipeline.relate.clauses import Sentence, behind, country, offset, provenance, sentences
from pipeline.relate.holders import givers


def quantities(annotated: Annotated) -> list[Quantity]:
    """The quantities of a document in the order of the text, one row a QUANTITY mention that has a value."""
    found = sentences(annotated)
    everywhere = _countries(annotated.mentions)
    return [
        _row(annotated, found[max(0, index - 1) : index], sentence, mention, everywhere)
        for index, sentence in enumerate(found)
        for mention in sentence.mentions
        if mention.label == "QUANTITY" and mention.value is not None
    ]


def _row(
    annotated: Annotated, before: list[Sentence], sentence: Sentence, mention: Mention, everywhere: frozenset[str]
) -> Quantity:
    value, start, end = mention.value, offset(mention), behind(mention)
    holder = givers(before, sentence, start, end, annotated).one
    code = holder.country if holder else None
    near = (frozenset(filter(None, [code])), _countries(sentence.mentions), everywhere)
    return Quantity(
        kind=value.kind,
        amount=value.amount,
        amount_max=value.amount_max,
        unit=_unit(value.unit, value.countries, near),
        qualifier=value.qualifier,
        noun=value.noun,
        holder=holder.name if holder else None,
        holder_country=code,
        **provenance(annotated, sentence, start, end, f"quantities:{value.rule}"),
    )


def _unit(unit: str | None, codes: Mapping[str, str], near: tuple[frozenset[str], ...]) -> str | None:
    """The unit; of a currency of several countries, that of the holder, else of the sentence, else of the document.

    Where the name alone has a meaning (dollar), only the holder can give it another one.
    """
    for countries in near[:1] if unit else near:
        own = {codes[country] for country in countries if country in codes}
        if own:
            return own.pop() if len(own) == 1 else None
    return unit


def _countries(mentions: Iterable[Mention]) -> frozenset[str]:
    """The countries of places, peoples and organisations among the mentions."""
    named = (country(mention) for mention in mentions if mention.label in ("LOC", "DEMONYM", "ORG"))
    return frozenset(code for code in named if code)

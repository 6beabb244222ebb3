"""Mention -> value: what each mention stands for, in plain Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pipeline.fields import maker, replace
from pipeline.lexicon import fold, pattern
from pipeline.normalise.counts import normalise_count
from pipeline.normalise.dates import find_dates
from pipeline.normalise.names import bare
from pipeline.normalise.organisations import organisation, organisations, seated
from pipeline.normalise.places import Place, country_name, lookup, place
from pipeline.normalise.quantities import normalise_quantity
from pipeline.normalise.roles import role
from pipeline.normalise.slug import slug
from pipeline.records import DateMention, Mention

_DATE = maker(Mention, ("label", "recogniser", "rule", "sentence", "text", "start_char", "end_char", "value"))
_LINK = 12  #: characters between a name and that of the place that it lies in
_UNLISTED = "place:"  #: how the keys of places begin that no list has


def normalise(
    mentions: Iterable[Mention], text: str, published: str | None = None, *, undated: bool = False
) -> list[Mention]:
    """The mentions with their values; a mention of `text` that means nothing known has the value None.

    PER a name (str), ORG a tuple of Organisation, LOC and DEMONYM a Place, ROLE a Role, DATE a DateMention, COUNT a
    Count, QUANTITY a Quantity. The dates are those of `find_dates(text, published, undated=undated)`, whose offsets
    they take.
    """
    others = [replace(m, value=_VALUES[m.label or ""](m)) for m in mentions if m.label != "DATE"]
    countries = {m.start_char: m.value.country for m in others if m.label == "LOC" and m.value}
    others = [_within(m, countries, text) for m in others]
    sentences = {m.start_char: m.sentence for m in mentions if m.label == "DATE"}
    dates = [_date(d, sentences) for d in find_dates(text, published, undated=undated)]
    return sorted([*others, *dates], key=lambda m: (m.start_char or 0, -(m.end_char or 0), m.label or ""))


def _date(date: DateMention, sentences: dict[int | None, int | None]) -> Any:
    """A date as a mention; its sentence is the one of the span that starts there."""
    start = date.start_char
    return _DATE(("DATE", "greffier_dates", date.rule, sentences.get(start), date.text, start, date.end_char, date))


def _within(mention: Mention, countries: Mapping[int | None, str | None], text: str) -> Mention:
    """An organisation, or a town that no list has, with the country of the place behind its name.

    `countries` has that of the place at an offset.
    """
    unknown = mention.label == "LOC" and mention.value.key.startswith(_UNLISTED)
    if mention.label != "ORG" and not unknown:
        return mention
    end = mention.end_char or 0
    link = pattern("places", "lies_in").match(fold(text[end : end + _LINK]))
    code = countries.get(end + link.end()) if link else None
    if code is None:
        return mention
    if unknown:
        return replace(mention, value=replace(mention.value, country=code, country_name=country_name(code)))
    one = mention.value[0] if len(mention.value) == 1 else None
    return replace(mention, value=(seated(one, code),)) if one and one.country != code else mention


def _place(mention: Mention) -> Place | None:
    key = mention.key if ":" in mention.key else lookup(mention.text or "")
    if key is None:
        return Place(key=f"{_UNLISTED}{slug(mention.text or '')}", name=mention.text or "", kind="city")
    return place(key)


_VALUES: dict[str, Callable[[Mention], Any]] = {
    "PER": lambda m: bare(" ".join((m.text or "").split())),
    "ORG": lambda m: tuple(map(organisation, organisations(m.text or ""))),
    "LOC": _place,
    "DEMONYM": _place,
    "ROLE": lambda m: role(m.text or ""),
    "QUANTITY": lambda m: normalise_quantity(m.text or ""),
    "COUNT": lambda m: normalise_count(m.text or ""),
}

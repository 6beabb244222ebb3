"""What is counted behind a number: a sum of money, a measure, or a noun of words/counted_nouns.csv and its like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, partial
from types import MappingProxyType
from typing import NamedTuple

from pipeline.lexicon.fold import fold
from pipeline.lexicon.gazetteer import demonyms
from pipeline.lexicon.lists import rows
from pipeline.lexicon.rules import pattern

_WORDS = re.compile(r"[^\W\d_][\w-]*(?:[' \n]+[^\W\d_][\w-]*){0,4}")
_WORD = re.compile(r"[^\W\d_][\w-]*")
_END_OF_WORD = re.compile(r"(?<=\w)(?![\w-])")
_NOWHERE: Mapping[str, str] = MappingProxyType({})


class Counted(NamedTuple):
    """What is counted: where it ends, its kind, its noun in the singular, its unit.

    `countries` are those that decide the unit of a sum of money where the words leave it open, {country: ISO 4217}.
    """

    end: int
    kind: str
    noun: str | None
    unit: str | None
    rule: str  #: sum, sign, measure or noun
    countries: Mapping[str, str] = _NOWHERE


class _Noun(NamedTuple):
    singular: str
    kind: str
    capital: bool


#: the pattern of a rule of rules/quantities.toml
quantity_rule = partial(pattern, "quantities")


def counted_at(text: str, view: str, at: int, single: bool = False) -> Counted | None:
    """What the words from offset `at` on are a number of; `single` allows a noun in the singular.

    `view` is `fold(text)`. A name of money that is also another noun (« livres ») is money where it says whose.
    """
    money = _money(text, view, at)
    if money is None:
        return _measure(text, view, at) or _noun(text, view, at, single)
    noun = None if money.unit else _noun(text, view, at, single)
    return money if noun is None else _measure(text, view, at) or noun


def sign_before(text: str, view: str, at: int) -> tuple[int, Counted] | None:
    """The sign of a currency that ends at `at`, where the amount begins: its start, and what it says."""
    found = quantity_rule("sign").search(view, max(0, at - 8), at)
    if found is None:
        return None
    line = _currencies()[_joined(found["currency"])]
    return found.start(), Counted(at, "money", None, line["value"], "sign", _countries(line))


def _money(text: str, view: str, at: int) -> Counted | None:
    found = quantity_rule("sum").match(view, at)
    if found is None:
        return None
    line = _currencies()[_joined(found["currency"])]
    if line["form"].isupper() and not text[slice(*found.span("currency"))].isupper() and line["form"].isalpha():
        return None
    countries = _countries(line)
    key = demonyms().get(_joined(found["nation"] or ""), "").removeprefix("country:")
    end = found.end() if key else found.end("currency")
    unit = countries.get(key, line["value"]) if key else line["value"]
    return Counted(end, "money", line["noun"] or None, unit or None, "sum", _NOWHERE if key else countries)


def _measure(text: str, view: str, at: int) -> Counted | None:
    found = quantity_rule("measure").match(view, at)
    if found is None:
        return None
    line = _units()[_joined(found["unit"])]
    written = text[slice(*found.span("unit"))]
    if line["case"] and (written != line["form"] or not found["space"]):
        return None
    return Counted(found.end(), line["kind"], line["noun"] or None, line["value"], "measure")


def _noun(text: str, view: str, at: int, single: bool) -> Counted | None:
    lead = quantity_rule("noun").match(view, at)
    first = _WORD.match(view, lead.end()) if lead else None
    known, begins = _known(single)
    words = _WORDS.match(view, first.start()) if first and first[0] in begins else None
    if words is None:
        return None
    for end in reversed([m.start() for m in _END_OF_WORD.finditer(view, words.start(), words.end() + 1)]):
        noun = known.get(_joined(view[words.start() : end]))
        if noun and noun.kind and _fits(text[words.start() : end], noun):
            return Counted(end, noun.kind, noun.singular, None, "noun")
    return None


def _fits(written: str, noun: _Noun) -> bool:
    """Whether one word has a capital where the list has one, and else none: « Trois Provinces » is a name."""
    return written[0].isupper() == noun.capital or written.isupper() or " " in written


def _joined(words: str) -> str:
    return " ".join(words.split())


@cache
def _currencies() -> dict[str, dict[str, str]]:
    return {fold(line["form"]): line for line in reversed(rows("currencies"))}


def _countries(line: Mapping[str, str]) -> Mapping[str, str]:
    pairs = (pair.partition(":") for pair in line["countries"].split())
    return {country: code for country, _, code in pairs}


@cache
def _units() -> dict[str, dict[str, str]]:
    return {fold(line["form"]): line for line in reversed(rows("units"))}


@cache
def _known(single: bool) -> tuple[dict[str, _Noun], frozenset[str]]:
    """{folded noun: noun} in the plural, or also in the singular; and the words that they begin with."""
    known = _singulars() if single else _nouns()
    return known, frozenset(first[0] for form in known if (first := _WORD.match(form)))


@cache
def _nouns() -> dict[str, _Noun]:
    """{folded plural: noun}; counted_nouns.csv goes before offices, those before peoples."""
    return dict(reversed([*_listed(), *_offices(), *_peoples()]))


@cache
def _singulars() -> dict[str, _Noun]:
    """As `_nouns`, and the singulars."""
    return {**{fold(noun.singular): noun for noun in _nouns().values()}, **_nouns()}


def _listed() -> Iterator[tuple[str, _Noun]]:
    for line in rows("counted_nouns"):
        form = line["form"]
        yield fold(line["plural"] or f"{form}s"), _Noun(form, line["kind"], form[0].isupper())


def _offices() -> Iterator[tuple[str, _Noun]]:
    for line in rows("roles"):
        for one, many in (("form", "plural"), ("feminine", "feminine_plural")):
            for plural in filter(None, line[many].split("|")):
                yield fold(plural), _Noun(line[one].split("|")[0] or line["form"], "persons", line["form"][0].isupper())


def _peoples() -> Iterator[tuple[str, _Noun]]:
    """The plurals of the nouns for peoples; « Français » is its own."""
    forms = {line["form"] for line in rows("demonyms")}
    for form in sorted(form for form in forms if form.endswith(("s", "x"))):
        singular = form[:-1] if form[:-1] in forms else form
        yield fold(form), _Noun(singular[0].upper() + singular[1:], "persons", True)

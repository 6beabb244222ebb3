"""Offices -> categories for pivoting: head_of_state, government, parliament, justice, diplomacy, military, police …"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import takewhile

from pipeline.lexicon import rows
from pipeline.normalise.organisations import organisation
from pipeline.normalise.places import lookup
from pipeline.normalise.role_ids import is_link, synonym, without_links
from pipeline.normalise.roles import Parts, parts, plain

#: the categories that an office can have
CATEGORIES = frozenset(
    {"head_of_state", "government", "parliament", "justice", "diplomacy", "military", "police", "international"}
    | {"party", "business", "civil_society", "religion"}
)
#: finer categories of words/roles.csv that are no category of their own; what stands in neither set has none
_WIDER = {"administration": "government", "local": "government"}
#: what a deputy of an office of a category is
_BESIDE = {"head_of_state": "government"}
_NONE, _OPEN, _DEPUTY = "none", "open", "deputy"
_FORMS = 20_000  #: so many offices as written are remembered, each with its organisation


@dataclass(frozen=True, slots=True)
class _Target:
    """What an office belongs to: `name` is its organisation or complement, `said` the adjectives of the office too."""

    office: str
    is_open: bool
    name: str
    said: str
    kind: str

    @property
    def head(self) -> str:
        """The name up to the first small word: `agence internationale` of `agence internationale de l'énergie`."""
        words = self.name.replace("'", "' ").split()
        return " ".join(takewhile(lambda word: not is_link(word), words))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of words/role_categories.csv; no kinds and no words ask for nothing."""

    offices: frozenset[str]
    kinds: frozenset[str]
    words: re.Pattern[str] | None
    at_head: bool
    category: str

    def holds(self, target: _Target) -> bool:
        """Whether the line says something of an office that belongs to `target`."""
        asked = target.office in self.offices or (target.is_open and bool(target.name) and _OPEN in self.offices)
        if not asked or (self.kinds and target.kind not in self.kinds):
            return False
        return self.words is None or bool(self.words.search(target.head if self.at_head else target.said))


@lru_cache(_FORMS)
def role_category(form: str, organisation_name: str | None = None) -> str | None:
    """The category of an office as written in an organisation; None where none fits, or where it may be of several.

    « président » alone is a head_of_state, of a court it is of justice, of an unknown association of nothing known.
    The organisation counts where it is given, else the complement in the role itself. Former and future holders have
    the category of the office; the deputy of a head of state is of the government.
    """
    found = parts(form)
    if found is None:
        return None
    category = _known(_decide(found, organisation_name)[0])
    is_deputy = any(m["effect"] == _DEPUTY for m in (*found.before, *found.after))
    return _BESIDE.get(category, category) if category and is_deputy else category


def check_categories() -> list[str]:
    """The examples of words/role_categories.csv for which another line decides, a message each."""
    wrong = []
    for number, line in enumerate(rows("role_categories"), 1):
        form, _, organisation_name = (part.strip() for part in line["example"].partition("|"))
        found = parts(form)
        category, by = _decide(found, organisation_name) if found else (_NONE, None)
        if by != number:
            decides = f"line {by}" if by else "open_offices.csv or roles.csv"
            wrong.append(f"role_categories.csv, line {number}: for {form!r} {decides} decides, and gives {category!r}")
    return wrong


def _decide(found: Parts, organisation_name: str | None) -> tuple[str, int | None]:
    """The category as the lists have it, and the line of words/role_categories.csv that holds, if any."""
    target = _target(found, organisation_name)
    for number, line in enumerate(_lines(), 1):
        if line.holds(target):
            return line.category, number
    if target.is_open:
        return _open()[target.office]["other" if target.name else "alone"], None
    return _categories().get(target.office, found.office["category"]), None


def _target(found: Parts, organisation_name: str | None) -> _Target:
    office, adjectives = synonym(found), (m["form"] for m in found.after)
    name = plain(organisation_name or "") or _complement(found)
    kind = _kind(organisation_name or without_links(found.complement)) if name else _NONE
    return _Target(office, office in _open(), name, plain(" ".join([*adjectives, name])), kind)


def _complement(found: Parts) -> str:
    """What the role says of its organisation; the name of a country or town says nothing of it."""
    words = without_links(found.complement)
    key = lookup(words) if words else None
    return "" if key is not None and key.startswith(("country:", "city:")) else found.complement


def _kind(name: str) -> str:
    return organisation(name).kind or _NONE


def _known(category: str) -> str | None:
    category = _WIDER.get(category, category)
    return category if category in CATEGORIES else None


@cache
def _lines() -> tuple[_Line, ...]:
    return tuple(
        _Line(_cell(line["office"]), _cell(line["kind"]), _words(line["words"]), bool(line["where"]), line["category"])
        for line in rows("role_categories")
    )


def _cell(cell: str) -> frozenset[str]:
    return frozenset(filter(None, cell.split("|")))


def _words(cell: str) -> re.Pattern[str] | None:
    forms = "|".join(re.escape(plain(form)) for form in cell.split("|") if form)
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)") if forms else None


@cache
def _open() -> dict[str, Mapping[str, str]]:
    """{role_id: line of words/open_offices.csv}."""
    return {line["form"]: line for line in rows("open_offices")}


@cache
def _categories() -> dict[str, str]:
    """{role_id: category} of words/roles.csv."""
    return {entry["role_id"]: entry["category"] for entry in rows("roles")}

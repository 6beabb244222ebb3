"""Offices as written -> the office, its category and its status: « ex-vice-présidente » is a former `président`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.lexicon import fold, rows
from pipeline.lexicon.inflections import inflections

CURRENT = "current"
_FORMS = 20_000  #: so many offices as written are remembered with what they say
#: of several that are said, the first one counts: an « ancien vice-président » is a former one
STATUSES = ("former", "future", "acting", "deputy")


@dataclass(frozen=True, slots=True)
class Role:
    """An office of words/roles.csv as a text states it.

    `form` is the office in the singular, of the gender that the text has (`procureur général`); `head` is its noun,
    masculine singular, with the prefix that makes it a lower office (`vice-président`); `status` is current, deputy,
    acting, future or former; `country` is an ISO code where one country alone has it.
    """

    role_id: str
    form: str
    head: str
    category: str
    takes: str
    nature: str
    status: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of an office as written: lines of words/role_modifiers.csv before and behind the office.

    `office` is the line of words/roles.csv; `complement` holds the folded words that follow, hyphens as spaces.
    """

    before: tuple[Mapping[str, str], ...]
    office: Mapping[str, str]
    after: tuple[Mapping[str, str], ...]
    complement: str


@lru_cache(_FORMS)
def role(form: str) -> Role | None:
    """The office of a role as written in any gender and number, without article; None where the words begin with none.

    Words before the office (`ex-`, `ancienne`, `vice-`) and behind it (`adjoint`, `par intérim`) make the status; the
    longest known office counts (`procureur général`, not `procureur`).
    """
    found = parts(form)
    if found is None:
        return None
    entry = found.office
    return Role(
        role_id=entry["role_id"],
        form=_prefix(found.before) + _singular(plain(form), entry),
        head=_prefix(found.before) + entry["head"],
        category=entry["category"],
        takes=entry["takes"],
        nature=entry["nature"],
        status=_status([*found.before, *found.after]),
        country=entry["country"] or None,
    )


def _singular(view: str, entry: Mapping[str, str]) -> str:
    """The singular of an office, feminine where the text has only feminine forms of it."""

    def stands(columns: tuple[str, ...]) -> bool:
        forms = (plain(form) for column in columns for form in entry[column].split("|") if form)
        return any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", view) for form in forms)

    feminine = stands(("feminine", "feminine_plural")) and not stands(("form", "plural"))
    return entry["feminine"].split("|")[0] if feminine else entry["form"]


def parts(form: str) -> Parts | None:
    """A role as written in its parts; None where the words begin with no office."""
    before, rest = _before(plain(form))
    named = _longest(rest, _offices())
    if named is None:
        return None
    after, rest = _behind(rest[len(named) :].lstrip())
    last, complement = _last(rest)
    return Parts(tuple(before), _offices()[named], (*after, *last), complement)


def plain(form: str) -> str:
    """Words as offices are compared: folded, on one line, hyphens as spaces (`vice-président`, `vice président`)."""
    return " ".join(fold(form).replace("-", " ").split())


def _before(view: str) -> tuple[list[dict[str, str]], str]:
    """The modifiers in front of the office, and the words from the office on."""
    found: list[dict[str, str]] = []
    while _longest(view, _offices()) is None and (form := _longest(view, _modifiers("before"))):
        found.append(_modifiers("before")[form])
        view = view[len(form) :].lstrip()
    return found, view


def _behind(rest: str) -> tuple[list[dict[str, str]], str]:
    """The modifiers that follow the office at once, and what follows them."""
    found: list[dict[str, str]] = []
    while form := _longest(rest, _modifiers("after")):
        found.append(_modifiers("after")[form])
        rest = rest[len(form) :].lstrip()
    return found, rest


def _last(rest: str) -> tuple[list[dict[str, str]], str]:
    """The modifier that closes the role behind its complement (« ministre des Mines par intérim »), and the complement.

    An adjective there may belong to the complement: only words without gender and number count.
    """
    words = rest.split()
    for at in range(len(words)):
        entry = _modifiers("after").get(" ".join(words[at:]))
        if entry and entry["form"] == entry["plural"]:
            return [entry], " ".join(words[:at])
    return [], rest


def _prefix(before: Iterable[Mapping[str, str]]) -> str:
    """The prefixes that are part of the head noun: `vice-`, but not `ex-`."""
    return "".join(m["form"] for m in before if m["form"].endswith("-") and m["effect"] != "former")


def _status(modifiers: Iterable[Mapping[str, str]]) -> str:
    effects = {m["effect"] for m in modifiers}
    return next((status for status in STATUSES if status in effects), CURRENT)


def _longest(view: str, forms: Mapping[str, dict[str, str]]) -> str | None:
    """The longest of the forms that `view` begins with, whole words only."""
    ends = (n for n in range(len(view), 0, -1) if n == len(view) or not view[n].isalnum())
    return next((view[:n] for n in ends if view[:n] in forms), None)


@cache
def _offices() -> dict[str, dict[str, str]]:
    found = _by_form(rows("roles"))
    implied = [*rows("office_verbs"), *rows("office_nouns")]
    return {**found, **{plain(entry["form"]): found[plain(entry["value"])] for entry in implied}}


@cache
def _modifiers(position: str) -> dict[str, dict[str, str]]:
    return _by_form(entry for entry in rows("role_modifiers") if entry["position"] in (position, "both"))


def _by_form(entries: Iterable[dict[str, str]]) -> dict[str, dict[str, str]]:
    """{folded form: entry}; the first entry wins where a form stands twice."""
    found: dict[str, dict[str, str]] = {}
    for entry in entries:
        for form in inflections(entry):
            found.setdefault(plain(form), entry)
    return found

"""Organisations as written -> canonical names, identifiers, other names and countries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import takewhile

from pipeline.fields import replace
from pipeline.lexicon import Terms, fold, mapping, rows
from pipeline.lexicon.gazetteer import demonyms, town_form, towns
from pipeline.normalise.areas import areas, is_of_area
from pipeline.normalise.coordination import apart, head, joined
from pipeline.normalise.places import lookup, place
from pipeline.normalise.slug import slug

EMBASSY = "embassy"
_SEVERAL = "several countries"  #: note of a name that an organisation of each has
_NAMES = 20_000  #: so many names are remembered with what they say
#: value of a word that says it of the head noun alone
_OF_HEAD = "head"
_ACRONYM = re.compile(r" ?\(([^()\s]{2,12})\)$")
#: kinds of organisations whose name ends in the town where they sit, and such a town
_SEATED = frozenset({"court", "prosecution", "police", "military"})
_TOWN = re.compile(r"(?:(?<=[ '’])[A-ZÀ-Ý][\w'’-]*(?:[ -][A-ZÀ-Ý][\w'’-]*)*)\Z")


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation: `name` as written, on one line, without the acronym in parentheses.

    `organisation_id` is the same for all forms of an organisation of words/organisations.csv; `aliases` are the acronym
    and its names there; `kind` as in words/org_heads.csv; `country` is an ISO 3166-1 alpha-2 code or None;
    `international` tells one of no country from one whose country is not known.
    """

    organisation_id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    country: str | None = None
    international: bool = False


@lru_cache(_NAMES)
def organisations(text: str) -> tuple[str, ...]:
    """The canonical names in the words of a mention, in their order: one, or one for each complement of a plural.

    `Parquets suprêmes de Cuba et de la Russie` -> `Parquet suprême de Cuba`, `Parquet suprême de Russie`.
    """
    return tuple(apart(_ACRONYM.sub("", " ".join(text.split()))))


@lru_cache(_NAMES)
def organisation(name: str) -> Organisation:
    """What is known of one organisation by its name as written."""
    written = " ".join(name.split())
    acronym, bare = _ACRONYM.search(written), _ACRONYM.sub("", written)
    aliases = [acronym[1]] if acronym else []
    line = _listed().get(fold(bare)) or (_listed().get(fold(aliases[0])) if aliases else None)
    if line is None:
        noun = head(bare)
        kind = noun.kind if noun else None
        country = _named_country(bare, kind)
        return Organisation(
            f"org:{slug(joined(bare))}", bare, tuple(aliases), kind, country, not country and _is_international(bare)
        )
    names = tuple(form for form in dict.fromkeys([*aliases, *_forms(line)]) if form != bare)
    international = not line["country"] and line["note"] != _SEVERAL
    return Organisation(
        f"org:{slug(line['acronym'] or line['form'])}",
        bare,
        names,
        line["kind"],
        line["country"] or None,
        international,
    )


def _is_international(name: str) -> bool:
    """Whether a name says that an organisation is of no one country: « Association des magistrats africains »."""
    return is_of_area(name) or _is_supranational(name)


def _is_supranational(name: str) -> bool:
    """Whether a word of a name says so."""
    said = mapping("supranational_words")
    found = [word for word in fold(name).replace("'", "' ").split() if word in said or word in mapping("genitives")]
    heads = takewhile(lambda word: word in said, found)
    return any(said[word] != _OF_HEAD for word in found if word in said) or any(heads)


def seated(known: Organisation, code: str) -> Organisation:
    """An organisation behind whose name a country stands: of that country, where its town has a namesake there.

    « tribunal de Tripoli (Liban) »; other organisations as they are.
    """
    words = _TOWN.search(known.name)
    there = any(town.country == code for town in towns(town_form(words[0]))) if words else False
    return replace(known, country=code) if there else known


def organisation_id(name: str) -> str:
    """A deterministic identifier: `org:onu` for every form of the ONU, `org:cour-supreme-de-russie`."""
    return organisation(name).organisation_id


def organisation_country(name: str) -> str | None:
    """The country of an organisation: the listed one, else the one country or nationality in its name.

    An embassy is of the country named first; of other names with two countries nothing is said.
    """
    return organisation(name).country


def _named_country(name: str, kind: str | None) -> str | None:
    """The country that a name tells by the name of a country or a nationality."""
    view = fold(name)
    whole = (t for t in _nations().find(view) if "-" not in (view[t.start - 1 : t.start], view[t.end : t.end + 1]))
    found = list(dict.fromkeys(term.value for term in whole if term.value))
    if not found and kind in _SEATED:
        return _seat(name)
    return found[0] if found and (len(found) == 1 or kind == EMBASSY) else None


def _seat(name: str) -> str | None:
    """The country of the town that closes the name of a court: « parquet de Béziers », « cour d'appel d'Abidjan »."""
    words = _TOWN.search(name)
    key = lookup(words[0]) if words else None
    return place(key).country if key is not None else None


def _forms(line: dict[str, str]) -> list[str]:
    """All names of a line of words/organisations.csv, the acronym first."""
    return [form for form in (line["acronym"], line["form"], *line["variants"].split("|")) if form]


@cache
def _listed() -> dict[str, dict[str, str]]:
    """{folded name: line of words/organisations.csv}; the first line wins where a name stands twice."""
    return {fold(form): line for line in reversed(rows("organisations")) for form in _forms(line)}


@cache
def _nations() -> Terms[str]:
    """Names of countries and nationalities -> the country's code; none for « océan Indien » and its like."""
    lines = [line for line in rows("countries") if not line["matching"]]
    names = ((form, line["country"]) for line in lines for form in (line["name"], *line["forms"].split("|")))
    nationalities = ((form, key.partition(":")[2]) for form, key in demonyms().items())
    return Terms([*names, *nationalities, *((form, "") for form in areas())])

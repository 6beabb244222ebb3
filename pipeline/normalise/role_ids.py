"""Offices as written -> stable identifiers: « procureure générale adjointe » is `procureur-general-adjoint`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from pipeline.lexicon import rows
from pipeline.normalise.places import lookup
from pipeline.normalise.roles import Parts, parts, plain
from pipeline.normalise.slug import slug

#: what a modifier does to an office that `status` tells, and the identifier does not
_TOLD_BY_STATUS = frozenset({"former", "future", "acting"})
_DEPUTY, _PLACE = "deputy", "place"
_FORMS = 20_000  #: so many offices as written are remembered


@lru_cache(_FORMS)
def role_id(form: str) -> str | None:
    """The identifier of an office as written, without article; None where there are no words.

    Gender, number, case, accents, hyphens and small words make no difference, nor do former, future and acting;
    deputies are offices of their own. The synonyms of words/role_synonyms.csv share one. A country or town behind the
    office of a place (`maire de Lyon`) is no part of it.
    """
    found = parts(form)
    if found is None:
        return slug(form) or None
    core = _core(found)
    office, complement = _synonyms().get(core, core)
    before, after = _kept(found.before), _kept(found.after)
    closing = _deputy(complement)
    complement = complement[: len(complement) - len(closing)]
    return "-".join([*before, office, *after, *closing, *complement])


def _core(found: Parts) -> tuple[str, tuple[str, ...]]:
    """The office and the words of its complement."""
    if found.office["takes"] == _PLACE and _is_place(found.complement):
        return found.office["role_id"], ()
    words = slug(found.complement).split("-")
    return found.office["role_id"], tuple(word for word in words if word and word not in _links())


def _is_place(complement: str) -> bool:
    """Whether a complement is the name of a place, with the small words before it."""
    name = without_links(complement)
    return bool(name) and any(lookup(form) for form in (name, name.replace(" ", "-")))


def without_links(complement: str) -> str:
    """A complement without the small words that it begins with: `de la cour suprême` -> `cour suprême`."""
    words = complement.replace("'", "' ").split()
    while words and is_link(words[0]):
        words = words[1:]
    return " ".join(words).replace("' ", "'")


def is_link(word: str) -> bool:
    """Whether a word is one of the small ones between an office and what it is about: `de`, `chargée`, `l'`."""
    return slug(word) in _links()


def synonym(found: Parts) -> str:
    """The role_id in words/roles.csv of an office, or of the one that it is a synonym of."""
    core = _core(found)
    return _synonyms().get(core, core)[0]


def _kept(modifiers: Iterable[Mapping[str, str]]) -> list[str]:
    """The modifiers that make an office another one."""
    forms = (m["form"] for m in modifiers if m["effect"] not in _TOLD_BY_STATUS)
    return [slug(form) for form in forms if plain(form) not in _fillers()]


def _deputy(complement: tuple[str, ...]) -> tuple[str, ...]:
    """The deputy word that closes a complement (« ministre de la Paix adjointe »), masculine singular."""
    word = _deputies().get(complement[-1]) if complement else None
    return (word,) if word else ()


@cache
def _deputies() -> dict[str, str]:
    """{any form of a word such as « adjoint »: its masculine singular}."""
    lines = [m for m in rows("role_modifiers") if m["effect"] == _DEPUTY and m["position"] == "after"]
    return {slug(m[cell]): slug(m["form"]) for m in lines for cell in ("form", "feminine", "plural", "feminine_plural")}


@cache
def _fillers() -> frozenset[str]:
    return frozenset(plain(entry["form"]) for entry in rows("role_fillers"))


@cache
def _links() -> frozenset[str]:
    """The small words between an office and what it is about."""
    forms = (entry["form"] for name in ("linkers", "complement_stops") for entry in rows(name))
    return frozenset(word for form in forms for word in slug(form).split("-"))


@cache
def _synonyms() -> dict[tuple[str, tuple[str, ...]], tuple[str, tuple[str, ...]]]:
    """{office and complement: office and complement that they mean}."""
    return {_listed(entry["form"]): _listed(entry["value"]) for entry in rows("role_synonyms")}


def _listed(form: str) -> tuple[str, tuple[str, ...]]:
    found = parts(form)
    return _core(found) if found else (slug(form), ())

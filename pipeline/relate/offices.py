"""What an office is called, whom it serves, what of it is whose."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pipeline.lexicon import alternatives, fold, linkers, mapping, rows
from pipeline.records import Mention
from pipeline.relate.bodies import Body, attached_to, body_of, inside, nations, own_body, owner, post_link, posted
from pipeline.relate.clauses import Sentence, behind, country, genitive, offset

_FORMER = "former"
_SERVED = 8  #: characters of what leads to the office that another serves
_FRONTED, _ENDED = 25, 45  #: characters of what may stand before an office that is over
_SEVERAL = 2  #: holders of an office from which on they are several
#: categories of offices that a state has, and kinds of organisations that are in one
_OFFICES = {"head_of_state", "government", "parliament", "justice", "administration", "police", "local", "military"}
_BODIES = {"ministry", "court", "prosecution", "agency", "party", "ngo", "academia", "university", "hospital"}
DOMESTIC = frozenset(_OFFICES | _BODIES)
INTERNATIONAL = "international"
_PUBLIC = frozenset({"head_of_state", "government", "parliament", "diplomacy", "administration", "justice"})
STATE = frozenset({"head_of_state", "government"})
_TERMS = frozenset({"month", "year"})  #: granularities of the time that somebody is in office
_TAIL = 70  #: how far behind an office its tail may reach, in characters
_TOKEN = re.compile(r"\w+'?|[^\w\s]")


def words(text: str, sentence: Sentence, role: Mention, *, apposed: bool = False) -> str:
    """The office as written, without the nationality and the post in it, with the office that it serves and its goal.

    `apposed`: a comma ends the office before its holder, so that what follows its organisation may belong to it.
    """
    start, parts = offset(role), []
    for mention in inside(sentence, role) if "DEMONYM" in sentence.labels else ():
        if mention.label == "DEMONYM" and not _is_served(sentence, mention):
            parts.append(text[start : offset(mention)])
            start = behind(mention)
    other = served(sentence, role)
    within = own_body(role) if other is None else None
    post = posted(sentence, role)
    own = offset(post) - len(post_link(sentence, role, post)) if post else behind(role)
    end = behind(other) if other else offset(role) + within.start if within else own
    tail = _goal(text, sentence, role) if apposed and other is None else ""
    said = _without_loose(" ".join(" ".join(["".join([*parts, text[start:end]]), tail]).split()))
    return said[:1].lower() + said[1:] if _begins(sentence, role) else said


def _is_served(sentence: Sentence, people: Mention) -> bool:
    """Whether a people in an office is whom it serves, not the nation that it is of: « des Maliens de l'extérieur »."""
    return sentence.before(offset(people)).endswith(" des ")


def _begins(sentence: Sentence, role: Mention) -> bool:
    """Whether an office has its capital only from where it stands: it begins a sentence or a line."""
    before = sentence.view[max(sentence.start, offset(role) - 2) : offset(role)].rstrip(" ")
    first = offset(role) == sentence.start or before.endswith("\n") or not before
    return first and not fold(role.text or "").startswith(_capitals())


def _without_loose(said: str) -> str:
    """An office without « nouveau » or « actuel » before it."""
    view = fold(said)
    if not view.startswith(_loose()):
        return said
    return said[len(next(filter(view.startswith, _loose()))) :]


@cache
def _loose() -> tuple[str, ...]:
    return tuple(f"{form} " for form in mapping("loose_modifiers"))


@cache
def _capitals() -> tuple[str, ...]:
    return tuple(mapping("capital_offices"))


def serves(sentence: Sentence, role: Mention, other: Mention) -> bool:
    """Whether `other` is the office that `role` serves, directly behind it: « conseiller | du | président »."""
    return genitive(sentence, behind(role), offset(other))


def served(sentence: Sentence, role: Mention) -> Mention | None:
    """The office that an office serves."""
    later = sentence.within(behind(role), sentence.end)
    return next((m for m in later if m.label == "ROLE" and serves(sentence, role, m)), None)


def _goal(text: str, sentence: Sentence, role: Mention) -> str:
    """What an office is for, behind its organisation: « émissaire de l'ONU | pour le Proche-Orient »."""
    attached = attached_to(sentence, role, "ORG")
    if attached is None:
        return ""
    found = _goals().match(sentence.view, behind(attached), min(sentence.end, behind(attached) + _TAIL))
    return text[found.start() : found.end()] if found else ""


@cache
def _goals() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{linkers('for')})(?:(?<=')|\s)[^,;.:()]+(?=,)")


def shares(sentence: Sentence, role: Mention, holders: list[Mention]) -> dict[int, dict[str, Any]]:
    """What of an office of several is each holder's, by the offset of the name: a portfolio or a country.

    « les ministres de la Justice et de l'Intérieur, A et B »; « les présidents algérien et tunisien, A et B ».
    """
    if len(holders) < _SEVERAL:
        return {}
    people = sorted(holders, key=offset)
    between = sentence.within(offset(role), offset(people[0]))
    for label in ("DEMONYM", "LOC"):
        codes = [country(m) for m in between if m.label == label]
        if len(codes) == len(people) and len(set(codes)) > 1:
            return {offset(p): {"country": code} for p, code in zip(people, codes, strict=True) if code}
    named = [m.value[0] for m in between if m.label == "ORG" and m.value]
    if len(named) == len(people):
        return {offset(p): body_of(found).columns() for p, found in zip(people, named, strict=True)}
    portfolios = [part.strip() for part in _portfolios().split(" ".join((role.text or "").split()))]
    if len(portfolios) != len(people) + 1:
        return {}
    return {offset(p): {"role": f"{role.value.head} {part}"} for p, part in zip(people, portfolios[1:], strict=True)}


@cache
def _portfolios() -> re.Pattern[str]:
    """Where the portfolios of an office of several begin."""
    return re.compile(rf"(?:,| et)? (?=(?:{alternatives(mapping('genitives'))})(?:(?<=') ?| ))")


def implied(sentence: Sentence, person: Mention, role: Mention) -> str | None:
    """The office that a verb or the noun of its seat says: « qui préside », « élue à la présidence »; else None."""
    word, form = fold(role.text or ""), role.value.form
    if word not in mapping("office_verbs") and word.rpartition("-")[2] not in mapping("office_nouns"):
        return None
    return _feminine(form) if _is_woman(sentence, person) else form


def reach(category: str, organisation: Body | None) -> str:
    """How far an office reaches: the kind of its organisation, else its own category."""
    if organisation is None:
        return category
    return INTERNATIONAL if organisation.international else organisation.kind or category


def is_proven(sentence: Sentence, role: Mention) -> bool:
    """Whether an office that is one with a proof only has it: that of a state, or that it serves another office."""
    later = sentence.within(behind(role), behind(role) + _SERVED)
    return is_of_state(sentence, role) or any(m.label == "ROLE" and serves(sentence, role, m) for m in later)


def is_of_state(sentence: Sentence, role: Mention) -> bool:
    """Whether an office of state says of which one: « un haut responsable ougandais », « le représentant de Pékin »."""
    if role.value.category not in _PUBLIC:
        return False
    return any(m.label == "DEMONYM" for m in nations(sentence, role)) or owner(sentence, role) is not None


def _feminine(form: str) -> str:
    """The feminine of an office in the masculine singular: `vice-président` -> `vice-présidente`."""
    entry = next((line for line in rows("roles") if form.endswith(line["form"])), None)
    return form.removesuffix(entry["form"]) + entry["feminine"].partition("|")[0] if entry else form


def _is_woman(sentence: Sentence, person: Mention) -> bool:
    """Whether a title before a name or its first name says a woman's."""
    before = sentence.before(offset(person)).split()
    titled = any(mapping("titles", value="gender").get(word) == "f" for word in before[-1:])
    return titled or fold(person.text or "").split()[0] in mapping("feminine_names")


def is_over(sentence: Sentence, role: Mention, published: str | None) -> bool:
    """Whether years stand behind an office that ended before publication: « ministre des Mines de 2016 à 2019 »."""
    if "DATE" not in sentence.labels:
        return False
    dates = [m for m in sentence.within(behind(role), sentence.end) if m.label == "DATE" and m.value]
    if not dates:
        return False
    end = behind(attached_to(sentence, role, "ORG") or attached_to(sentence, role, "LOC") or role)
    later = (m for m in dates if offset(m) >= end)
    term = next((m for m in later if not sentence.view[end : offset(m)].strip(" (")), None)
    if term is None or term.value.granularity not in _TERMS or "/" not in (term.value.edtf or ""):
        return False
    return term.value.date_end is not None and (published is None or term.value.date_end < published)


def is_late(sentence: Sentence, role: Mention) -> bool:
    """Whether the holder is dead: « feu le roi »."""
    words_ = sentence.before(offset(role)).rsplit(None, 2)
    return len(words_) > 1 and words_[-2] in mapping("late_words")


def is_ended(sentence: Sentence, role: Mention) -> bool:
    """Whether the words before an office end it: « jusque-là | trésorier », « mis fin aux fonctions de | préfet »."""
    at = offset(role)
    if (
        at - sentence.start <= _FRONTED
        and mapping("fronted_words").get(" ".join(sentence.before(at).split())) == _FORMER
    ):
        return True
    return _ended().search(sentence.view, max(sentence.start, at - _ENDED), at) is not None


@cache
def _ended() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(mapping('ending_phrases'))}) ?\Z")


def coordinated(sentence: Sentence, end: int, start: int) -> bool:
    """Whether what begins at `start` is coordinated with what ends at `end`: only small words stand between."""
    return end <= start and all(word in mapping("coordinators") for word in _TOKEN.findall(sentence.view, end, start))

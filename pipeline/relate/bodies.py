"""Which organisation an office belongs to."""

from __future__ import annotations

import re
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple

from pipeline.lexicon import alternatives, fold, linkers, mapping
from pipeline.records import Mention
from pipeline.relate.clauses import PLACES, Sentence, behind, country, genitive, offset

_STATE = frozenset({"head_of_state", "government"})  #: categories of offices that a country has, and no organisation
#: category of offices that have a country they are of and one that they are in
POSTED = "diplomacy"
_FACILITY, _SUPRANATIONAL = "facility", "supranational"
_OFFICES = 5_000  #: so many offices as written are remembered
_REACH = 12  #: characters between an office and its organisation
_APART = frozenset(",;:.()")


class Body(NamedTuple):
    """An organisation as the row of an official says it; one named by its kind alone (« l'armée ») has no identifier.

    `start` is the offset in the words of the office at which what names it begins, 0 where it stands outside of them.
    """

    name: str
    organisation_id: str | None
    kind: str | None
    country: str | None
    international: bool = False
    start: int = 0

    def columns(self) -> dict[str, Any]:
        """The columns of a row of officials."""
        return {"organisation": self.name, "organisation_id": self.organisation_id, "country": self.country}


def body_of(found: Any) -> Body:
    """The body that an Organisation, the value of a mention, is."""
    return Body(found.name, found.organisation_id, found.kind, found.country, found.international)


def organisation_of(sentence: Sentence, person: Mention, role: Mention) -> Body | None:
    """What an office belongs to: its complement, the palace that stands for it, or the owner of « son procureur »."""
    named = _named(sentence, person, role) if "ORG" in sentence.labels else None
    if named is not None:
        return body_of(named.value[0]) if named.value else None
    seat = attached_to(sentence, role, "LOC")
    return (_palace(sentence, role, seat) or _union(sentence, role, seat) if seat else None) or own_body(role)


def _named(sentence: Sentence, person: Mention, role: Mention) -> Mention | None:
    """The organisation in a sentence that an office belongs to."""
    own = attached_to(sentence, role, "ORG") or _accredited(sentence, role) or _behind_name(sentence, role, person)
    if own is not None or role.value.category in _STATE or not is_owned(sentence, role):
        return own
    before = [m for m in sentence.mentions if m.label == "ORG" and behind(m) <= offset(role)]
    return before[-1] if before else None


def attached_to(sentence: Sentence, role: Mention, label: str, reach: int = _REACH) -> Mention | None:
    """The mention of `label` that follows an office as its complement: small words and a nationality between."""
    end = behind(role)
    for mention in sentence.within(end, sentence.end) if label in sentence.labels else ():
        start = offset(mention)
        if start > end + reach:
            break
        if start < end or mention.label not in (label, "DEMONYM"):
            continue
        gap = sentence.view[end:start]
        if mention.label != label:
            end = behind(mention) if gap.isspace() else end
        elif _is_near(sentence, end, start):
            return mention
    return None


def _is_near(sentence: Sentence, end: int, start: int) -> bool:
    """Whether no punctuation parts what ends from what starts at two offsets, nor a line where words stand between."""
    gap = sentence.view[end:start]
    if not _APART.isdisjoint(gap):
        return False
    return "\n" not in gap or not gap.strip() or genitive(sentence, end, start)


def nations(sentence: Sentence, role: Mention) -> list[Mention]:
    """The nationalities and places in the words of an office, and the nationality right behind it."""
    if PLACES.isdisjoint(sentence.labels):
        return []
    found = [m for m in inside(sentence, role) if m.label in PLACES]
    adjective = attached_to(sentence, role, "DEMONYM", reach=1)
    return [*found, adjective] if adjective else found


def inside(sentence: Sentence, role: Mention) -> list[Mention]:
    """The mentions in the words of an office."""
    end = behind(role)
    return [m for m in sentence.within(offset(role), end) if behind(m) <= end]


def owner(sentence: Sentence, role: Mention) -> Mention | None:
    """The country or its capital that an office is of: « le représentant de Pékin », « un diplomate du Bénin »."""
    place = attached_to(sentence, role, "LOC")
    return place if place and genitive(sentence, behind(role), offset(place)) else None


def posted(sentence: Sentence, role: Mention) -> Mention | None:
    """The place in the words of a diplomat's office where the post is: « consul général | à Recife »."""
    if role.value.category != POSTED or "LOC" not in sentence.labels:
        return None
    places = (m for m in inside(sentence, role) if m.label == "LOC" and offset(role) < offset(m))
    return next((m for m in places if post_link(sentence, role, m)), None)


def post_link(sentence: Sentence, role: Mention, post: Mention) -> str:
    """The word that leads from an office to a place, as written with the space before it; empty where none does."""
    before = sentence.view[offset(role) : offset(post)]
    last = before.split()[-1:]
    return before[before.rindex(last[0]) - 1 :] if last and last[0] in mapping("post_links") else ""


def _accredited(sentence: Sentence, role: Mention) -> Mention | None:
    """« représentante du Mali | auprès de | l'Union africaine »."""
    place = owner(sentence, role) if role.value.category == POSTED else None
    if place is None:
        return None
    body = next((m for m in sentence.mentions if m.label == "ORG" and behind(place) <= offset(m)), None)
    between = " ".join(sentence.view[behind(place) : offset(body)].split()) if body else ""
    return body if mapping("linkers").get(between) == "at" else None


def _behind_name(sentence: Sentence, role: Mention, person: Mention) -> Mention | None:
    """« la juge X du Tribunal suprême »: the organisation behind the name of an office that stands before it."""
    if offset(role) > offset(person):
        return None
    end = behind(person)
    named = (m for m in sentence.within(end, sentence.end) if m.label == "ORG" and genitive(sentence, end, offset(m)))
    return next(named, None)


def _palace(sentence: Sentence, role: Mention, seat: Mention) -> Body | None:
    """The seat that stands for those who sit there: « le porte-parole du Kremlin »."""
    if getattr(seat.value, "kind", None) != _FACILITY or not genitive(sentence, behind(role), offset(seat)):
        return None
    return Body(seat.text or "", seat.key, None, country(seat))


def _union(sentence: Sentence, role: Mention, place: Mention) -> Body | None:
    """A union of countries, which is a place as well: « chef de la délégation de l'Union européenne »."""
    if getattr(place.value, "kind", None) != _SUPRANATIONAL or not genitive(sentence, behind(role), offset(place)):
        return None
    if fold(place.value.name) not in mapping("unions") or role.value.takes == "portfolio":
        return None
    return Body(place.text or "", place.key, None, None, international=True)


def own_body(role: Mention) -> Body | None:
    """The organisation that the words of an office name by its kind: « commandant en chef | de l'armée »."""
    return _own_body(role.text or "", role.value.form) if role.value.takes == "organisation" else None


@lru_cache(_OFFICES)
def _own_body(said: str, form: str) -> Body | None:
    text, office = said.replace("\n", " "), fold(form)
    found = next((m for m in _kinds().finditer(fold(text)) if m[0].strip() not in office), None)
    if found is None:
        return None
    name = " ".join(text[found.start("head") :].split())
    return Body(name, None, _heads()[found["head"]], None, start=found.start())


#: {head noun of organisations, folded: kind}
_heads = partial(mapping, "org_heads", value="kind")


@cache
def _kinds() -> re.Pattern[str]:
    """Where an organisation with a definite article begins behind an office."""
    links = linkers("of", note="definite")
    return re.compile(rf"[ ](?:{links})(?:(?<=')|[ ])(?P<head>{alternatives(_heads())})(?!\w)")


def is_relative(role: Mention) -> bool:
    """Whether another person's office says what an office is: « homologue », « prédécesseur »."""
    return role.value.role_id in mapping("relative_offices")


def is_possessed(sentence: Sentence, role: Mention) -> bool:
    """Whether a possessive stands before an office: « son procureur »."""
    return f" {sentence.before(offset(role)).rstrip()}".endswith(_possessives())


def is_owned(sentence: Sentence, role: Mention) -> bool:
    """Whether an office is that of somebody named before, and no counterpart's of his: « son procureur »."""
    return is_possessed(sentence, role) and not is_relative(role)


@cache
def _possessives() -> tuple[str, ...]:
    return tuple(f" {form}" for form in mapping("possessives"))

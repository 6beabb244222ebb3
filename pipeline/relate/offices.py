"""What an office belongs to: its words, its organisation, its country."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

from pipeline.lexicon import fold, mapping, rows
from pipeline.records import Annotated, Mention
from pipeline.relate.clauses import Sentence, behind, country, offset

_MAIN = 0.4  #: share of a document's places and nationalities from which on it is about their country
_SEVERAL = 2  #: holders of an office from which on they are several
_FEW = 2  #: so few places say nothing of it
#: categories of offices that a state has
DOMESTIC = frozenset(
    {"head_of_state", "government", "parliament", "justice", "administration", "police", "local", "military"}
    | {"ministry", "court", "prosecution", "agency"}  # kinds of organisations
)
INTERNATIONAL, COUNTERPART = "international", "homologue"
_POSTED = "diplomacy"  #: category of offices that have a country they are of and one that they are in
STATE = frozenset({"head_of_state", "government"})
#: how far behind an office its tail may reach, behind a name its apposition, in characters
_TAIL, _APPOSED = 70, 60
_BRACKET = re.compile(r"\s*\((?:[^(),]{1,20},\s*)?")
_TOKEN, _STOP = re.compile(r"\w+'?|[^\w\s]"), re.compile(r"[;.:()]|,(?=[^,]*\Z)")


def words(text: str, sentence: Sentence, role: Mention, *, apposed: bool = False) -> str:
    """The office as written, without the nationality in it, with the office that it serves and what it is for.

    `apposed`: a comma ends the office before its holder, so that what follows its organisation may belong to it.
    """
    start, parts = offset(role), []
    for mention in sentence.mentions:
        if mention.label == "DEMONYM" and offset(role) <= offset(mention) and behind(mention) <= behind(role):
            parts.append(text[start : offset(mention)])
            start = behind(mention)
    served = next((m for m in sentence.mentions if m.label == "ROLE" and serves(sentence, role, m)), None)
    end = behind(served) if served else behind(role)
    tail = _goal(text, sentence, role) if apposed and served is None else ""
    said = _without_loose(" ".join(" ".join(["".join([*parts, text[start:end]]), tail]).split()))
    return said[:1].lower() + said[1:] if _begins(sentence, role) else said


def _begins(sentence: Sentence, role: Mention) -> bool:
    """Whether an office has its capital only from where it stands: it begins a sentence or a line."""
    before = sentence.view[max(sentence.start, offset(role) - 2) : offset(role)].rstrip(" ")
    first = offset(role) == sentence.start or before.endswith("\n") or not before
    return first and not fold(role.text or "").startswith(tuple(mapping("capital_offices")))


def _without_loose(said: str) -> str:
    """An office without « nouveau » or « actuel » before it."""
    view = fold(said)
    loose = next((form for form in mapping("loose_modifiers") if view.startswith(f"{form} ")), None)
    return said[len(loose) + 1 :] if loose else said


def serves(sentence: Sentence, role: Mention, other: Mention) -> bool:
    """Whether `other` is the office that `role` serves, directly behind it: « conseiller | du | président »."""
    return _genitive(sentence, behind(role), offset(other))


def _genitive(sentence: Sentence, end: int, start: int) -> bool:
    """Whether nothing but « du » or its like stands between what ends and what starts at two offsets."""
    return end < start and " ".join(sentence.view[end:start].split()) in mapping("genitives")


def _goal(text: str, sentence: Sentence, role: Mention) -> str:
    """What an office is for, behind its organisation: « émissaire de l'ONU | pour le Proche-Orient »."""
    attached = attached_to(sentence, role, "ORG")
    if attached is None:
        return ""
    found = _goals().match(sentence.view, behind(attached), min(sentence.end, behind(attached) + _TAIL))
    return text[found.start() : found.end()] if found else ""


@cache
def _goals() -> re.Pattern[str]:
    linkers = "|".join(fold(entry["form"]) for entry in rows("linkers") if entry["value"] == "for")
    return re.compile(rf"\s+(?:{linkers})(?:(?<=')|\s)[^,;.:()]+(?=,)")


def attached_to(sentence: Sentence, role: Mention, label: str, reach: int = 12) -> Mention | None:
    """The mention of `label` that follows an office as its complement: nothing but small words between."""
    for mention in sentence.mentions:
        gap = sentence.view[behind(role) : offset(mention)]
        if mention.label == label and 0 <= offset(mention) - behind(role) <= reach and not set(gap) & set(",;:.()"):
            return mention
    return None


def organisation_of(sentence: Sentence, person: Mention, role: Mention) -> Any:
    """The Organisation that an office belongs to: its complement, or the owner of « son procureur » before it."""
    attached = attached_to(sentence, role, "ORG") or _behind_name(sentence, role, person)
    if attached is None and is_possessed(sentence, role) and role.value.category not in STATE:
        before = [m for m in sentence.mentions if m.label == "ORG" and behind(m) <= offset(role)]
        attached = before[-1] if before else None
    return attached.value[0] if attached is not None and attached.value else None


def _behind_name(sentence: Sentence, role: Mention, person: Mention) -> Mention | None:
    """« la juge X du Tribunal suprême »: the organisation behind the name of an office that stands before it."""
    if offset(role) > offset(person):
        return None
    named = (m for m in sentence.mentions if m.label == "ORG" and _genitive(sentence, behind(person), offset(m)))
    return next(named, None)


def shares(sentence: Sentence, role: Mention, holders: list[Mention]) -> dict[int, dict[str, Any]]:
    """What of an office of several is each holder's, by the offset of the name: a portfolio or a country.

    « les ministres de la Justice et de l'Intérieur, A et B »; « les présidents algérien et tunisien, A et B ».
    """
    if len(holders) < _SEVERAL:
        return {}
    people = sorted(holders, key=offset)
    between = [m for m in sentence.mentions if offset(role) <= offset(m) < offset(people[0])]
    codes = [country(m) for m in between if m.label == "DEMONYM"]
    if len(codes) == len(people):
        return {offset(p): {"country": code} for p, code in zip(people, codes, strict=True) if code}
    named = [m.value[0] for m in between if m.label == "ORG" and m.value]
    if len(named) == len(people):
        return {offset(p): _of(found) for p, found in zip(people, named, strict=True)}
    portfolios = [part.strip() for part in _portfolios().split(" ".join((role.text or "").split()))]
    if len(portfolios) != len(people) + 1:
        return {}
    return {offset(p): {"role": f"{role.value.head} {part}"} for p, part in zip(people, portfolios[1:], strict=True)}


def _of(found: Any) -> dict[str, Any]:
    """The columns of a row that say an Organisation."""
    return {"organisation": found.name, "organisation_id": found.organisation_id, "country": found.country}


@cache
def _portfolios() -> re.Pattern[str]:
    """Where the portfolios of an office of several begin."""
    links = "|".join(re.escape(form) for form in sorted(mapping("genitives"), key=len, reverse=True))
    return re.compile(rf"(?:,| et)? (?=(?:{links})(?:(?<=') ?| ))")


def is_late(sentence: Sentence, role: Mention) -> bool:
    """Whether the holder is dead: « feu le roi »."""
    words_ = sentence.before(offset(role)).split()
    return len(words_) > 1 and words_[-2] in mapping("late_words")


def is_possessed(sentence: Sentence, role: Mention) -> bool:
    """Whether a possessive stands before an office: « son procureur »."""
    before = sentence.before(offset(role)).rstrip()
    return before.endswith(tuple(f" {form}" for form in mapping("possessives")))


def country_of(sentence: Sentence, person: Mention, role: Mention, organisation: Any) -> str | None:
    """The country of an office: its nationality, its country or city, its organisation's, the holder's nationality."""
    inside = [m for m in sentence.mentions if offset(role) <= offset(m) and behind(m) <= behind(role)]
    inside = [m for m in inside if m.label in ("DEMONYM", "LOC")]
    place = attached_to(sentence, role, "LOC", reach=8)
    if place is not None and role.value.category == _POSTED and not _owns(sentence, role, place):
        place = None  # ambassadrice au Japon: of what country is not said
    adjective = attached_to(sentence, role, "DEMONYM", reach=1)
    for mention in (*inside, adjective, place):
        if mention is not None and country(mention):
            return country(mention)
    if organisation is not None and (organisation.country or organisation.kind == INTERNATIONAL):
        return organisation.country  # type: ignore[no-any-return]
    owned = is_possessed(sentence, role) and role.value.role_id != COUNTERPART
    return _nationality(sentence, person) or (_owner(sentence, role) if owned else None)


def _owns(sentence: Sentence, role: Mention, place: Mention) -> bool:
    """Whether an office is a country's own: « du Japon », not « au Japon »."""
    return sentence.view[behind(role) : offset(place)].strip() in mapping("genitives")


def _owner(sentence: Sentence, role: Mention) -> str | None:
    """The country of « son ministre »: the only one that the sentence names before it."""
    codes = {country(m) for m in sentence.mentions if m.label == "LOC" and behind(m) <= offset(role)} - {None}
    return codes.pop() if len(codes) == 1 else None


def _nationality(sentence: Sentence, person: Mention) -> str | None:
    """What is said beside a name: « du Mexicain X », « X, l'homme fort de l'est libyen », « le roi X de Jordanie »."""
    near = (m for m in sentence.mentions if m.label in ("LOC", "DEMONYM") and country(m))
    return next((country(m) for m in near if _said_of(sentence, person, m)), None)


def _said_of(sentence: Sentence, person: Mention, mention: Mention) -> bool:
    """Whether a nationality or a place stands beside a name as the person's."""
    if offset(mention) < offset(person):
        return mention.label == "DEMONYM" and sentence.view[behind(mention) : offset(person)].isspace()
    gap = sentence.view[behind(person) : max(offset(mention), behind(person))]
    if mention.label == "LOC":
        return gap.strip() in mapping("genitives") or _BRACKET.fullmatch(gap) is not None
    apposed = gap.startswith(",") and len(gap) <= _APPOSED and not _STOP.search(gap[1:])
    return apposed and _alone(sentence, person, gap)


def _alone(sentence: Sentence, person: Mention, gap: str) -> bool:
    """Whether an apposition is the person's: no other office stands in it, and it does not go on to somebody else."""
    end = behind(person) + len(gap)
    words = _TOKEN.findall(gap[1:])
    others = [m for m in sentence.mentions if m.label in ("ROLE", "PER") and behind(person) <= offset(m) < end]
    return not others and words[:1] != ["et"]


def coordinated(sentence: Sentence, end: int, start: int) -> bool:
    """Whether what begins at `start` is coordinated with what ends at `end`: only small words stand between."""
    return end <= start and all(word in mapping("coordinators") for word in _TOKEN.findall(sentence.view, end, start))


def national(role: Mention, home: str | None, named: Counter[str | None]) -> str | None:
    """The country of an office that one country's press need not name: « le garde des Sceaux ».

    It is another one's where the document is about that and does not name the first: `named` counts its countries.
    """
    entry = _national().get(" ".join(fold(role.text or "").split()))
    if entry is None:
        return None
    other = home in entry["users"].split("|") and not named[entry["value"]]
    return home if other else entry["value"]


@cache
def _national() -> dict[str, dict[str, str]]:
    return {fold(entry["form"]): entry for entry in rows("national_offices")}


def countries(annotated: Annotated) -> Counter[str | None]:
    """How often places and nationalities of each country are mentioned."""
    return Counter(country(m) for m in annotated.mentions if m.label in ("LOC", "DEMONYM") and country(m))


def home_of(annotated: Annotated) -> str | None:
    """The country that a document is about: the one of most of its places and nationalities, else of organisations."""
    named = countries(annotated)
    organisations = [o.country for m in annotated.mentions if m.label == "ORG" for o in m.value or () if o.country]
    return _main(named) or _main(named + Counter(organisations))


def _main(codes: Counter[str | None]) -> str | None:
    """The country of most, by a margin; None of too few."""
    total = sum(codes.values())
    best = codes.most_common(1)
    enough = total > _FEW or (total == _FEW and len(codes) == 1)
    return best[0][0] if best and best[0][1] >= _MAIN * total and enough else None

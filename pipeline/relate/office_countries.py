"""Of what country an office is: by its nationality, its country or town, its organisation, its holder, the document."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from pipeline.lexicon import fold, mapping, rows
from pipeline.records import Mention
from pipeline.relate.bodies import POSTED, Body, attached_to, is_owned, nations, posted
from pipeline.relate.clauses import PLACES, Sentence, behind, country, genitive, holder_rule, offset, subjects
from pipeline.relate.gaps import is_plural
from pipeline.relate.offices import served
from pipeline.relate.scenes import side_of

_INTERNATIONAL = "international"
_LANDS = frozenset({"STATE", "PLACE"})  #: labels of the parties that are countries or in one
_APPOSED = 60  #: how far behind a name its apposition may reach, in characters
_BRACKET = re.compile(r"\s*\((?:[^(),]{1,20},\s*)?")
_TOKEN, _STOP = re.compile(r"\w+'?|[^\w\s]"), re.compile(r"[;.:()]|,(?=[^,]*\Z)")


def country_of(sentence: Sentence, person: Mention, role: Mention, organisation: Body | None) -> str | None:
    """The country of an office: its nationality, its country or city, its organisation's, the holder's nationality."""
    beyond = organisation.international if organisation else role.value.category == _INTERNATIONAL
    told = not PLACES.isdisjoint(sentence.labels)
    code = _told(sentence, person, role, beyond=beyond) if told else None
    if code or beyond:
        return code
    if organisation is not None and organisation.country:
        return organisation.country
    return _beside(sentence, person, role) if told else None


def _told(sentence: Sentence, person: Mention, role: Mention, *, beyond: bool) -> str | None:
    """The country that an office is said to be of; what is `beyond` countries has none by its holders."""
    led = None if beyond else _led_by(sentence, person, role)
    if led is not None and _is_told(sentence, role, led):
        led = None
    post = posted(sentence, role)
    told = [led, *(m for m in nations(sentence, role) if m is not post), _place_of(sentence, person, role)]
    if (other := served(sentence, role)) is not None and other.value:
        told += [*nations(sentence, other), _place_of(sentence, person, other)]
    return next((code for m in told if m is not None and (code := country(m))), None)


def _place_of(sentence: Sentence, person: Mention, role: Mention) -> Mention | None:
    """The country or town that follows an office; « ambassadrice au Japon » does not say of what country it is."""
    place = attached_to(sentence, role, "LOC", reach=8)
    elsewhere = role.value.category == POSTED or is_foreigners(sentence, person, role)
    return place if place and (not elsewhere or genitive(sentence, behind(role), offset(place))) else None


def _beside(sentence: Sentence, person: Mention, role: Mention) -> str | None:
    """The country that is said of the holder, or of whose office it is."""
    own = _nationality(sentence, person, role) or _delegation(sentence, person) or side_of(sentence, offset(person))
    return own or (_owner(sentence, role) if is_owned(sentence, role) else None)


def _led_by(sentence: Sentence, person: Mention, role: Mention) -> Mention | None:
    """The nationality between an office and its holder: « ses homologues kényan A et | ougandais | B »."""
    near = (m for m in sentence.within(behind(role), offset(person)) if m.label == "DEMONYM")
    return next((m for m in near if _said_of(sentence, person, m)), None)


def _is_told(sentence: Sentence, role: Mention, nationality: Mention) -> bool:
    """Whether a nationality is told of the holder, as it is not the office's: « le directeur, le | Malien | X »."""
    inner = sentence.within(behind(role), offset(nationality))
    if is_plural(role) or any(m.label == "PER" for m in inner):
        return False
    _, comma, article = sentence.view[behind(role) : offset(nationality)].rpartition(",")
    return bool(comma and article.strip())


def is_foreigners(sentence: Sentence, person: Mention, role: Mention) -> bool:
    """Whether the holder of an office is named by a nationality: it is one that people of all countries may hold.

    « la présidente de la cour, la Togolaise X », not « la procureure, l'avocate togolaise X ».
    """
    last = _led_by(sentence, person, role)
    return last is not None and (last.text or "")[:1].isupper() and _is_told(sentence, role, last)


def _owner(sentence: Sentence, role: Mention) -> str | None:
    """The country of « son ministre »: of the office that opens the sentence, of its subject, or the only one there."""
    first = next((m for m in sentence.mentions if m.label == "ROLE" and m.value), role)
    told = next((country(m) for m in nations(sentence, first) if country(m)), None) if first is not role else None
    if told:
        return told
    before = [party for party in sentence.parties if party.label in _LANDS and party.end <= offset(role)]
    leading = {party.country for party in subjects(sentence) if party in before} - {None}
    codes = leading if len(leading) == 1 else {party.country for party in before} - {None}
    return codes.pop() if len(codes) == 1 else None


def _nationality(sentence: Sentence, person: Mention, role: Mention) -> str | None:
    """What is said beside a name: « du Mexicain X », « X, l'homme fort de l'est libyen », « le roi X de Jordanie »."""
    near = (m for m in sentence.mentions if m.label in PLACES and _said_of(sentence, person, m))
    return next((country(m) for m in near if country(m) and not _is_told(sentence, role, m)), None)


def _delegation(sentence: Sentence, person: Mention) -> str | None:
    """The country whose delegation a person leads: « X, ministre, conduira la délégation tunisienne »."""
    start = behind(person)
    end = next((offset(m) for m in sentence.within(start, sentence.end) if m.label == "PER"), sentence.end)
    near = (m for m in sentence.within(start, end) if m.label in PLACES)
    rule = holder_rule("delegation")
    return next((country(m) for m in near if rule.search(sentence.view, start, offset(m))), None)


def _said_of(sentence: Sentence, person: Mention, mention: Mention) -> bool:
    """Whether a nationality or a place stands beside a name as the person's."""
    if offset(mention) < offset(person):
        return mention.label == "DEMONYM" and sentence.view[behind(mention) : offset(person)].isspace()
    gap = sentence.view[behind(person) : max(offset(mention), behind(person))]
    if mention.label == "LOC":
        return genitive(sentence, behind(person), offset(mention)) or _BRACKET.fullmatch(gap) is not None
    apposed = gap.startswith(",") and len(gap) <= _APPOSED and not _STOP.search(gap[1:])
    return apposed and _alone(sentence, person, gap)


def _alone(sentence: Sentence, person: Mention, gap: str) -> bool:
    """Whether an apposition is the person's: no other office stands in it, and it does not go on to somebody else."""
    end = behind(person) + len(gap)
    inside = sentence.within(behind(person), end)
    if any(m.label == "PER" for m in inside) or _TOKEN.findall(gap[1:])[:1] == ["et"]:
        return False
    offices = [m for m in inside if m.label == "ROLE"]
    return not offices or (len(offices) == 1 and _is_first(sentence, person, offices[0]))


def _is_first(sentence: Sentence, person: Mention, role: Mention) -> bool:
    """Whether an office begins an apposition: « X, l'homme fort de l'est libyen »."""
    words = _TOKEN.findall(sentence.view, behind(person), offset(role))
    return all(word == "," or word in mapping("appositions") for word in words)


def is_national(role: Mention) -> bool:
    """Whether the name of an office alone may say the country: « le garde des Sceaux »."""
    return _office(role) in _national()


def national(role: Mention, home: str | None, named: Counter[str | None]) -> str | None:
    """The country of an office that one country's press need not name: « le garde des Sceaux ».

    It is another one's where the document is about that and does not name the first: `named` counts its countries.
    """
    entry = _national().get(_office(role))
    if entry is None:
        return None
    other = home in entry["users"].split("|") and not named[entry["value"]]
    return home if other else entry["value"]


def _office(role: Mention) -> str:
    return " ".join(fold(role.text or "").split())


@cache
def _national() -> dict[str, dict[str, str]]:
    return {fold(entry["form"]): entry for entry in rows("national_offices")}

"""Persons with their offices: one row a (document, person, role)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from pipeline.lexicon import fold, mapping
from pipeline.records import Annotated, Mention, Official
from pipeline.relate.clauses import Sentence, behind, country, offset, provenance, sentences
from pipeline.relate.ties import is_plural, ties

#: whether two names are of one person, the identifier of a name: plain functions that the line hands in
SamePerson = Callable[[str, str], bool]
Identify = Callable[[str], str]
_MAIN = 0.4  #: share of a document's places and nationalities from which on it is about their country
_DOMESTIC = frozenset(
    {"head_of_state", "government", "parliament", "justice", "administration", "police", "local", "military"}
)


@dataclass(frozen=True, slots=True)
class People:
    """The persons of a document: {name as written: fullest form}, and how often each full form is named."""

    full: dict[str, str]
    mentions: Counter[str]


def people(mentions: Iterable[Mention], same: SamePerson) -> People:
    """Put the PER mentions of a document together, each name with the longest that may be the same person's."""
    names = [m.value for m in mentions if m.label == "PER" and m.value]
    ordered = sorted(dict.fromkeys(names), key=lambda name: -len(name.split()))
    full: dict[str, str] = {}
    for name in ordered:
        full[name] = next((f for f in dict.fromkeys(full.values()) if same(name, f)), name)
    return People(full, Counter(full[name] for name in names))


def officials(annotated: Annotated, known: People, identify: Identify) -> list[Official]:
    """The officials of a document, in the order in which person and role first stand together.

    `known`: what `people` makes of the document's mentions.
    """
    rows: list[Official] = []
    for sentence in sentences(annotated):
        for person, role, rule in ties(sentence):
            row = _row(annotated, sentence, person, role, rule, known, rows, identify)
            if row is not None:
                rows.append(row)
    return _settle(rows, annotated)


def _row(
    annotated: Annotated,
    sentence: Sentence,
    person: Mention,
    role: Mention,
    rule: str,
    known: People,
    rows: list[Official],
    identify: Identify,
) -> Official | None:
    office, name = role.value, known.full.get(person.value or "", person.value)
    organisation = _organisation(sentence, role)
    if not name or office.nature == "profession" or (office.nature == "weak" and organisation is None):
        return None
    words, head = office.head if is_plural(role) else _words(annotated.text, sentence, role), office.head
    if office.role_id == "homologue":
        other = next((r for r in reversed(rows) if r.person != name), None)
        if other is None:
            return None
        words, head = other.role or words, other.role_head or head
    start, end = min(offset(person), offset(role)), max(behind(person), behind(role))
    reach = organisation.kind if organisation and organisation.kind == "international" else office.category
    return Official(
        person=name,
        person_id=identify(name),
        role=words,
        role_head=head,
        organisation=organisation.name if organisation else None,
        organisation_id=organisation.organisation_id if organisation else None,
        country=_country(sentence, role, organisation) or office.country,
        status=office.status,
        mentions=known.mentions[name],
        sphere=reach,
        **provenance(annotated, sentence, start, end, f"officials:{rule}"),
    )


def _words(text: str, sentence: Sentence, role: Mention) -> str:
    """The office as written, without the nationality in it."""
    start, parts = offset(role), []
    for mention in sentence.mentions:
        if mention.label == "DEMONYM" and offset(role) <= offset(mention) and behind(mention) <= behind(role):
            parts.append(text[start : offset(mention)])
            start = behind(mention)
    return " ".join("".join([*parts, text[start : behind(role)]]).split())


def _attached(sentence: Sentence, role: Mention, label: str, reach: int = 12) -> Mention | None:
    """The mention of `label` that follows an office as its complement: nothing but small words between."""
    for mention in sentence.mentions:
        gap = sentence.view[behind(role) : offset(mention)]
        if mention.label == label and 0 <= offset(mention) - behind(role) <= reach and not set(gap) & set(",;:.()"):
            return mention
    return None


def _organisation(sentence: Sentence, role: Mention) -> Any:
    """The Organisation that an office belongs to: its complement, or the owner of « son procureur » before it."""
    attached = _attached(sentence, role, "ORG")
    possessives = tuple(f" {form}" for form in mapping("possessives"))
    if attached is None and sentence.before(offset(role)).rstrip().endswith(possessives):
        before = [m for m in sentence.mentions if m.label == "ORG" and behind(m) <= offset(role)]
        attached = before[-1] if before else None
    return attached.value[0] if attached is not None and attached.value else None


def _country(sentence: Sentence, role: Mention, organisation: Any) -> str | None:
    """The country of an office: its nationality, its country or city, its organisation's."""
    inside = [m for m in sentence.mentions if offset(role) <= offset(m) and behind(m) <= behind(role)]
    inside = [m for m in inside if m.label in ("DEMONYM", "LOC")]
    place = _attached(sentence, role, "LOC", reach=8)
    adjective = _attached(sentence, role, "DEMONYM", reach=1)
    for mention in (*inside, adjective, place):
        if mention is not None and country(mention):
            return country(mention)
    return organisation.country if organisation else None


def _settle(rows: list[Official], annotated: Annotated) -> list[Official]:
    """One row a (person, role): the fuller role stands for the shorter, countries are shared by a person's rows."""
    kept: list[Official] = []
    for row in rows:
        twin = next((k for k in kept if k.person == row.person and _same_role(k, row)), None)
        if twin is None:
            kept.append(row)
        else:
            kept[kept.index(twin)] = _merge(twin, row)
    home = _home(annotated)
    return [_with_country(row, kept, home) for row in kept]


def _same_role(one: Official, other: Official) -> bool:
    a, b = fold(one.role or ""), fold(other.role or "")
    inside = set(a.split()) <= set(b.split()) or set(b.split()) <= set(a.split())
    countries = {one.country, other.country} - {None}
    return one.role_head == other.role_head and inside and len(countries) < 2


def _merge(one: Official, other: Official) -> Official:
    fuller = other.role if len(other.role or "") > len(one.role or "") else one.role
    return replace(
        one,
        role=fuller,
        country=one.country or other.country,
        organisation=one.organisation or other.organisation,
        organisation_id=one.organisation_id or other.organisation_id,
    )


def _with_country(row: Official, rows: list[Official], home: str | None) -> Official:
    if row.country:
        return row
    others = {r.country for r in rows if r.person == row.person and r.country}
    if len(others) == 1:
        return replace(row, country=others.pop())
    if home is None or row.sphere not in _DOMESTIC:
        return row
    return replace(row, country=home, rule=f"{row.rule}+document")


def _home(annotated: Annotated) -> str | None:
    """The country that a document is about: the one that most of its places and nationalities are of, by a margin."""
    codes = Counter(country(m) for m in annotated.mentions if m.label in ("LOC", "DEMONYM") and country(m))
    total = sum(codes.values())
    best = codes.most_common(1)
    return best[0][0] if best and best[0][1] >= _MAIN * total and total > 2 else None

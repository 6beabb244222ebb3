"""Persons with their offices: one row a (document, person, role)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.fields import replace
from pipeline.lexicon import fold, mapping
from pipeline.lexicon.copulas import copula
from pipeline.records import Annotated, Mention, Official
from pipeline.relate import bodies, counterparts, office_countries, offices, placing
from pipeline.relate.clauses import REACH, Sentence, behind, offset, provenance, sentences, stretched
from pipeline.relate.gaps import acting, is_plural, then
from pipeline.relate.rosters import ROSTER, rosters
from pipeline.relate.ties import APPOSITION, COMMA, Tie, held, signed, ties

#: {name: its fullest form} of names, the identifier of a name: plain functions that the line hands in
Fullest = Callable[[Iterable[str]], dict[str, str]]
Identify = Callable[[str], str]
#: rules of offices that a comma ends
_APPOSED = frozenset({COMMA, APPOSITION})
_ACTORS = frozenset({"ORG", "PER", "ROLE", "LOC"})  #: what a sentence can be about
_POSSESSIVE = 5  #: characters of the longest possessive: « leur »
_SECOND = 2  #: number of the first sentence that has one before it
_CURRENT, _FORMER, _ACTING = "current", "former", "acting"


@dataclass(frozen=True, slots=True)
class People:
    """The persons of a document: {name as written: fullest form}, and how often each full form is named."""

    full: dict[str, str]
    mentions: Counter[str]


def people(mentions: Iterable[Mention], fullest: Fullest) -> People:
    """Put the PER mentions of a document together, each name with the longest that may be the same person's."""
    names = [m.value for m in mentions if m.label == "PER" and m.value]
    full = fullest(names)
    return People(full, Counter([full[name] for name in names]))


def officials(annotated: Annotated, known: People, identify: Identify) -> list[Official]:
    """The officials of a document, in the order in which person and role first stand together.

    `known`: what `people` makes of the document's mentions.
    """
    context, rows = placing.Context(annotated), list[Official]()
    listed: dict[int, list[tuple[Sentence, Tie]]] = defaultdict(list)
    for above, tie in rosters(annotated):
        listed[above.number].append((above, tie))
    for sentence, person, role, rule, share in _ties(sentences(annotated), listed):
        row = _row(annotated, sentence, person, role, rule, known, identify)
        if row and bodies.is_relative(role):
            unheld = counterparts.of_unheld(row, annotated.text, role, sentence, _before(annotated, sentence))
            row = unheld or counterparts.told(row, role, rows, _subject(sentence, role, known))
        if row is not None:
            row = replace(row, **share) if share else row
            rows.append(placing.placed(row, sentence, role, rows, context))
    return placing.settled(_settle(rows), context)


def _ties(
    found: list[Sentence], listed: Mapping[int, list[tuple[Sentence, Tie]]]
) -> Iterator[tuple[Sentence, Mention, Mention, str, dict[str, Any]]]:
    """(sentence, person, office, rule, what is the person's alone) of all ties, in the order of the text.

    `listed` are those of lists, by the number of the sentence that their names stand in.
    """
    for number, sentence in enumerate(found):
        for above, tie in listed.get(sentence.number, ()):
            yield above, *tie, {}
        roles = held(sentence)
        if not roles:
            continue
        here, nations = counterparts.without_doubled(sentence, list(ties(sentence, roles)))
        for person, role, rule in here:
            share = _share(sentence, person, role, here)
            yield sentence, person, role, rule, {**nations.get(offset(person), {}), **share} if nations else share
        for tie in counterparts.replaced(sentence, here) if here else ():
            yield sentence, *tie, {"status": _FORMER}
        below = None if here else next(iter(found[number + 1 : number + 2]), None)
        if below and (signatures := signed(sentence, roles[-1], below)):
            both = stretched(sentence, sentence.start, below.end, sentence.mentions + below.mentions)
            yield from ((both, *tie, {}) for tie in signatures)


def _share(sentence: Sentence, person: Mention, role: Mention, here: list[Tie]) -> dict[str, Any]:
    """What of an office is a person's, where it is one of several."""
    holders = [p for p, r, _ in here if r is role] if len(here) > 1 else []
    return offices.shares(sentence, role, holders).get(offset(person), {})


def _row(
    annotated: Annotated,
    sentence: Sentence,
    person: Mention,
    role: Mention,
    rule: str,
    known: People,
    identify: Identify,
) -> Official | None:
    """The row of a tie as its own words say it; None where they name no office."""
    office, name = role.value, known.full.get(person.value or "", person.value)
    if not name or office.nature == "profession":
        return None
    organisation = bodies.organisation_of(sentence, person, role) or _owner(annotated, sentence, role)
    proven = organisation or office.nature != "weak" or rule == ROSTER or offices.is_proven(sentence, role)
    if not proven:
        return None
    said = office.form if is_plural(role) else None
    said = offices.implied(sentence, person, role) or said
    said = said or offices.words(annotated.text, sentence, role, apposed=rule in _APPOSED)
    status = _status(sentence, person, role, annotated.document.published) or office.status
    start, end = min(offset(person), offset(role)), max(behind(person), behind(role))
    if rule == ROSTER and end - start > REACH:
        start, end = offset(person), behind(person)  # far down a list, the words of all the others stand between
    abroad = office_countries.is_foreigners(sentence, person, role) and not (organisation and organisation.country)
    reach = offices.INTERNATIONAL if abroad else offices.reach(office.category, organisation)
    return Official(
        person=name,
        person_id=identify(name),
        role=said,
        role_head=office.head,
        organisation=organisation.name if organisation else None,
        organisation_id=organisation.organisation_id if organisation else None,
        country=office.country or office_countries.country_of(sentence, person, role, organisation),
        status=status,
        mentions=known.mentions[name],
        sphere=reach,
        **provenance(annotated, sentence, start, end, rule),
    )


def _owner(annotated: Annotated, sentence: Sentence, role: Mention) -> bodies.Body | None:
    """The organisation that the sentence before is about, where one opens with its office: « Son président, X »."""
    if offset(role) - sentence.start > _POSSESSIVE or not bodies.is_owned(sentence, role):
        return None
    if role.value.category in offices.STATE and role.value.role_id not in mapping("open_offices", value="form"):
        return None
    before = _before(annotated, sentence)
    first = next((m for m in before.mentions if m.label in _ACTORS), None) if before else None
    return bodies.body_of(first.value[0]) if first and first.label == "ORG" and first.value else None


def _before(annotated: Annotated, sentence: Sentence) -> Sentence | None:
    """The sentence before another."""
    return sentences(annotated)[sentence.number - _SECOND] if sentence.number >= _SECOND else None


def _status(sentence: Sentence, person: Mention, role: Mention, published: str | None) -> str | None:
    """Former or future where the verb between a name and its office says so, or a term that has ended."""
    if role.value.status != _CURRENT:
        return None
    if offices.is_over(sentence, role, published):
        return _FORMER
    if offset(role) < behind(person):
        late = offices.is_late(sentence, role) or offices.is_ended(sentence, role)
        late = late or then().search(sentence.view, behind(role), offset(person)) is not None
        now = _ACTING if acting().search(sentence.view, behind(role), offset(person)) else None
        return _FORMER if late else now
    gap = sentence.view[behind(person) : offset(role)]
    said = copula(gap) or (copula(f", {gap.rpartition(',')[2]}") if "," in gap[1:] else None)
    return said if said != _CURRENT else None


def _subject(sentence: Sentence, role: Mention, known: People) -> str | None:
    """The person whom a sentence names first, before an office."""
    first = next((m for m in sentence.mentions if m.label == "PER" and behind(m) <= offset(role)), None)
    return known.full.get(first.value or "") if first else None


def _settle(rows: list[Official]) -> list[Official]:
    """One row a (person, role): the fuller role stands for the shorter."""
    kept: list[Official] = []
    for row in rows:
        twin = next((k for k in kept if k.person == row.person and _same_role(k, row)), None)
        if twin is None:
            kept.append(row)
        else:
            kept[kept.index(twin)] = _merge(twin, row)
    return kept


def _same_role(one: Official, other: Official) -> bool:
    a, b = fold(one.role or ""), fold(other.role or "")
    if (one.organisation is None) != (other.organisation is None) and not _of_one_state(one, other):
        return False  # président rwandais et président de l'Union africaine
    inside = set(a.split()) <= set(b.split()) or set(b.split()) <= set(a.split())
    countries = {one.country, other.country} - {None}
    return one.role_head == other.role_head and inside and len(countries) < 2


def _of_one_state(one: Official, other: Official) -> bool:
    """Whether a row without organisation may be the one with: no other country stands in it."""
    bare, full = (one, other) if one.organisation is None else (other, one)
    return bare.country is None or bare.country == full.country


def _merge(one: Official, other: Official) -> Official:
    fuller = other.role if len(other.role or "") > len(one.role or "") else one.role
    return replace(
        one,
        role=fuller,
        country=one.country or other.country,
        organisation=one.organisation or other.organisation,
        organisation_id=one.organisation_id or other.organisation_id,
    )

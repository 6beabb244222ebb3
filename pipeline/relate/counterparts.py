"""Offices that another person's office tells: « son homologue X », « son prédécesseur X », « en remplacement de X »."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.fields import replace
from pipeline.lexicon import mapping
from pipeline.records import Mention, Official
from pipeline.relate.bodies import is_relative
from pipeline.relate.clauses import Sentence, behind, offset
from pipeline.relate.gaps import is_plural
from pipeline.relate.office_countries import country_of
from pipeline.relate.offices import words
from pipeline.relate.ties import Tie

REPLACED = "replaced"
_OFFICE = "office"  #: nature of an office that is one by itself
#: value of the same office in another country, and of that of a minister; other values are the status of the very same
_OTHER, _PORTFOLIO, _MINISTRY = "other", "portfolio", "government"
#: sphere of an office that is what another one is, so that its country is its own or unknown
COUNTERPART = "homologue"
_LONGEST = 4  #: words before somebody who is replaced


def without_doubled(sentence: Sentence, found: list[Tie]) -> tuple[list[Tie], dict[int, dict[str, Any]]]:
    """The ties without « homologue » where the office is said as well, and its country, by the name's offset.

    « son homologue russe, le vice-ministre X » is one office, of Russia.
    """
    if not any(is_relative(role) for _, role, _ in found):
        return found, {}
    own = {offset(person) for person, role, _ in found if not is_relative(role)}
    doubled = [tie for tie in found if is_relative(tie[1]) and offset(tie[0]) in own]
    codes = {offset(person): country_of(sentence, person, role, None) for person, role, _ in doubled}
    return [tie for tie in found if tie not in doubled], {at: {"country": c} for at, c in codes.items() if c}


def replaced(sentence: Sentence, found: list[Tie]) -> Iterator[Tie]:
    """The ties of those whose office another one comes to: « A est nommé préfet, en remplacement de | B »."""
    tied = {offset(person) for person, _, _ in found}
    for person in (m for m in sentence.mentions if m.label == "PER" and offset(m) not in tied):
        before = [role for holder, role, _ in found if max(behind(holder), behind(role)) <= offset(person)]
        if before and _is_replaced(sentence, person):
            yield person, before[-1], REPLACED


def _is_replaced(sentence: Sentence, person: Mention) -> bool:
    """Whether words such as « en remplacement de » stand before a name and its titles."""
    words = [w for w in sentence.before(offset(person)).replace("'", "' ").split() if w not in mapping("titles")]
    ends = (" ".join(words[-n:]).replace("' ", "'") for n in range(1, _LONGEST + 1))
    return any(end in mapping("replacing_links") for end in ends)


def of_unheld(row: Official, text: str, role: Mention, sentence: Sentence, before: Sentence | None) -> Official | None:
    """The row of a counterpart of the office without a name that stands last before `role`; None where a name does.

    « Le président n'a pas commenté. Son homologue, X » tells of a president, whoever has it; `before` is the sentence
    before that of the counterpart.
    """
    if mapping("relative_offices")[role.value.role_id] != _OTHER:
        return None
    for one in (sentence, before):
        early = [m for m in one.mentions if offset(m) < offset(role)] if one else []
        if any(m.label == "PER" for m in early):
            return None
        named = [m for m in early if m.label == "ROLE" and m.value and m.value.nature == _OFFICE and not is_relative(m)]
        if one and named:
            office = None if is_plural(named[-1]) else named[-1]
            return _counterpart(row, words(text, one, office), office.value.head) if office else None
    return None


def _counterpart(row: Official, office: str | None, head: str | None) -> Official:
    return replace(row, role=office or row.role, role_head=head or row.role_head, sphere=COUNTERPART)


def told(row: Official, role: Mention, rows: list[Official], subject: str | None) -> Official | None:
    """The row of an office that another's tells: that of `subject`, of the first here, else of the last told.

    None where there is no other, or the person's own office is told in the sentence.
    """
    others = [r for r in rows if r.person != row.person]
    here = [r for r in others if r.sentence == row.sentence]
    if not others or any(r.person == row.person and r.sentence == row.sentence for r in rows):
        return None
    named = [r for r in others if r.person == subject]
    other = named[-1] if named else here[0] if here else others[-1]
    status = mapping("relative_offices")[role.value.role_id]
    if status == _PORTFOLIO:
        return _colleague(row, other)
    same = _counterpart(row, other.role, other.role_head)
    if status == _OTHER:
        return same
    return replace(
        same,
        status=status,
        organisation=other.organisation,
        organisation_id=other.organisation_id,
        country=other.country,
        sphere=other.sphere,
    )


def _colleague(row: Official, other: Official) -> Official | None:
    """The row of a minister whose portfolio is said beside another minister: « son collègue | de la Santé »."""
    portfolio = (row.role or "").partition(" ")[2]
    if not portfolio or other.sphere != _MINISTRY:
        return None
    role = f"{other.role_head} {portfolio}"
    return replace(row, role=role, role_head=other.role_head, country=row.country or other.country, sphere=_MINISTRY)

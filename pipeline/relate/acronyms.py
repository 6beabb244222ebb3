"""What documents say of acronyms: « Association des nations (ANA) », « ANA (Association des nations) »."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise

from pipeline.lexicon import fold, rows
from pipeline.records import Mention

#: {document: {(entity_id of the acronym, entity_id of the long form)}}
Statements = Mapping[str, set[tuple[str, str]]]
_BEHIND = re.compile(r"^(?P<long>.+?)\s*\((?P<acronym>[^()\s]{2,12})\)$", re.DOTALL)
_BETWEEN = re.compile(r"\s*\(\s*")
_INITIAL = re.compile(r"(?<!\w)\w")


def statements(mentions: Iterable[Mention], text: str, identify: Callable[[str], str]) -> set[tuple[str, str]]:
    """The acronyms that a document explains, as (entity_id of the acronym, entity_id of the long form).

    `identify` gives the entity_id of an organisation's name; `text` is what the offsets of the mentions count in.
    """
    organisations = sorted(
        (m for m in mentions if m.label == "ORG" and m.entity_id),
        key=lambda m: (m.start_char or 0, m.end_char or 0, m.entity_id or ""),
    )
    pairs = [*_inside(organisations), *_beside(organisations, text)]
    found = {(identify(acronym), entity_id) for acronym, long, entity_id in pairs if stands_for(acronym, long)}
    return {(acronym, long) for acronym, long in found if acronym != long}


def stands_for(acronym: str, long: str) -> bool:
    """Whether an acronym may be short for a name.

    Its letters are initials of the name's words, in their order; or they are capitals that no other organisation is
    known by, since the acronym may be another language's.
    """
    if sum(map(str.isupper, acronym)) == len(acronym) > 2 and fold(acronym) not in _known():
        return True
    capitals = sum(map(str.isupper, acronym)) > 1 or acronym[:1].isupper()
    initials = iter(_INITIAL.findall(fold(long)))
    return capitals and len(acronym) > 1 and all(letter in initials for letter in fold(acronym) if letter.isalpha())


def ambiguous(stated: Statements) -> dict[str, set[str]]:
    """{entity_id of an acronym: long forms} over the documents, of acronyms with two long forms or more."""
    found: dict[str, set[str]] = defaultdict(set)
    for pairs in stated.values():
        for acronym, long in pairs:
            found[acronym].add(long)
    return {acronym: longs for acronym, longs in found.items() if len(longs) > 1}


def _inside(organisations: Iterable[Mention]) -> Iterator[tuple[str, str, str]]:
    for mention in organisations:
        said = _BEHIND.match(mention.text or "")
        if said:
            yield said["acronym"], said["long"], mention.entity_id or ""


def _beside(organisations: list[Mention], text: str) -> Iterator[tuple[str, str, str]]:
    for one, other in pairwise(organisations):
        between = text[one.end_char or 0 : other.start_char or 0]
        if _BETWEEN.fullmatch(between) and text[other.end_char or 0 :].lstrip()[:1] == ")":
            short, long = sorted((one, other), key=lambda m: len(m.text or ""))
            yield short.text or "", long.text or "", long.entity_id or ""


@cache
def _known() -> frozenset[str]:
    """Acronyms and names of words/organisations.csv, folded."""
    return frozenset(
        fold(form)
        for line in rows("organisations")
        for form in (line["acronym"], line["form"], *line["variants"].split("|"))
        if form
    )

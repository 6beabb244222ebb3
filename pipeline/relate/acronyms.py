"""What documents say of acronyms: « Association des nations (ANA) », « ANA (Association des nations) »."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from pipeline.lexicon import fold
from pipeline.records import Mention

#: {document: {(entity_id of the acronym, entity_id of the long form)}}
Statements = Mapping[str, set[tuple[str, str]]]
_BEHIND = re.compile(r"^(?P<long>.+?)\s*\((?P<acronym>[^()\s]{2,12})\)$", re.DOTALL)
_NEXT = re.compile(r"\s*\((?P<acronym>[^()\s]{2,12})\)")
_BEFORE = re.compile(r"(?P<acronym>(?<!\w)\w[^()\s'’]{1,11})\s*\(\s*$")
_CLOSED = re.compile(r"\s*\)")
_REACH = 20  #: characters before a long form in which its acronym may stand
_INITIAL = re.compile(r"(?<!\w)\w")


def statements(mentions: Iterable[Mention], text: str, identify: Callable[[str], str]) -> set[tuple[str, str]]:
    """The acronyms that a document explains, as (entity_id of the acronym, entity_id of the long form).

    `identify` gives the entity_id of an organisation's name; `text` is what the offsets of the mentions count in.
    """
    organisations = [m for m in mentions if m.label == "ORG" and m.entity_id]
    pairs = [pair for mention in organisations for pair in _pairs(mention, text)]
    found = {(identify(acronym), entity_id) for acronym, long, entity_id in pairs if stands_for(acronym, long)}
    return {(acronym, long) for acronym, long in found if acronym != long}


def stands_for(acronym: str, long: str) -> bool:
    """Whether an acronym may be short for a name: « Assemblée nationale (UNIR) » names a party, not the assembly.

    Its letters are initials of the name's words, in their order; or they are capitals that stand in the name in their
    order, the first of them at its beginning.
    """
    letters = [letter for letter in fold(acronym) if letter.isalpha()]
    view = fold(long)
    if len(letters) < 2 or not acronym[:1].isupper():
        return False
    capitals = acronym.isupper() and len(letters) > 2 and letters[0] == view[:1]
    return _in_order(letters, _INITIAL.findall(view)) or (capitals and _in_order(letters, view))


def ambiguous(stated: Statements) -> dict[str, set[str]]:
    """{entity_id of an acronym: long forms} over the documents, of acronyms with two long forms or more."""
    found: dict[str, set[str]] = defaultdict(set)
    for pairs in stated.values():
        for acronym, long in pairs:
            found[acronym].add(long)
    return {acronym: longs for acronym, longs in found.items() if len(longs) > 1}


def _pairs(mention: Mention, text: str) -> Iterator[tuple[str, str, str]]:
    """(acronym, long form, entity_id) where parentheses hold one of them, inside the mention or beside it."""
    name, start, end = mention.text or "", mention.start_char or 0, mention.end_char or 0
    inside, behind = _BEHIND.match(name), _NEXT.match(text, end)
    before = _BEFORE.search(text[max(0, start - _REACH) : start])
    if inside:
        yield inside["acronym"], inside["long"], mention.entity_id or ""
    elif behind:
        yield behind["acronym"], name, mention.entity_id or ""
    elif before and _CLOSED.match(text, end):
        yield before["acronym"], name, mention.entity_id or ""


def _in_order(letters: Iterable[str], among: Iterable[str]) -> bool:
    rest = iter(among)
    return all(letter in rest for letter in letters)

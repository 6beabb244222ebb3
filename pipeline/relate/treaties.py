"""Named instruments and their parties: « le Laos est partie à la Convention de Vienne »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from pipeline.fields import replace
from pipeline.lexicon import fold, mapping, pattern, sieve
from pipeline.records import Annotated, Mention, Treaty
from pipeline.relate.clauses import Party, Sentence, behind, holder_rule, offset, provenance, sentences, together
from pipeline.relate.holders import holders
from pipeline.relate.modality import degree
from pipeline.relate.statuses import relation

_CAPITALS = re.compile(r"[^\W\d_a-zß-ÿœ][\w’'-]+(?: (?:[^\W\d_a-zß-ÿœ][\w-]*|\d+\b))*")

#: the rules of what a name may begin with
_HEADS = ("known", "named")
#: the relations that a party cannot have alone
_MUTUAL = frozenset(("signed", "concluded"))


class Name(NamedTuple):
    """The name of an instrument: offsets, head, rule; where its proper name begins, and whether it is apposed."""

    start: int
    end: int
    head: str
    rule: str
    proper: int = -1
    apposed: bool = False


def treaties(annotated: Annotated) -> list[Treaty]:
    """The named instruments of a document, one row a (instrument, party), where they first stand together.

    An instrument whose parties are not said has one row without; the two that it is `entre` have the relation party.
    """
    rows: dict[tuple[str, str | None], Treaty] = {}
    found = sentences(annotated)
    for index, sentence in enumerate(found):
        for name in names(annotated.text, sentence.view, sentence.start, sentence.end):
            if _is_treaty(sentence, name):
                for row in _rows(annotated, found[max(0, index - 1) : index], sentence, name):
                    rows.setdefault((fold(row.treaty or ""), row.party), row)
    with_party = {treaty for treaty, party in rows if party}
    return [row for (treaty, party), row in rows.items() if party or treaty not in with_party]


def _is_treaty(sentence: Sentence, name: Name) -> bool:
    """Whether a name is not counted, nor a common noun beside a place or an organisation: « accord Israël-Liban »."""
    if any(m.label == "COUNT" and offset(m) < name.end and name.start < behind(m) for m in sentence.mentions):
        return False
    beside = {m.label for m in sentence.mentions if offset(m) == name.proper}
    return not (name.apposed and "LOC" in beside) and not (name.rule == "named" and "ORG" in beside)


def names(text: str, view: str, start: int, end: int) -> Iterator[Name]:
    """The names of instruments in the text between two offsets, in order; `view` is the folded text."""
    last = start
    possible = sieve("treaties", *_HEADS).passing(view[start:end])
    matches = [match for rule in _HEADS if rule in possible for match in _rule(rule).finditer(view, start, end)]
    for match in sorted(matches, key=lambda m: m.start()):
        if match.start() < last or _rule("consent").search(view, max(start, match.start() - 40), match.start()):
            continue
        name = _titled(text, view, match.start(), end) or _known(text, match) or _named(text, view, match, end)
        if name and not _rule("rally").search(view[name.end : end]):
            yield name
            last = name.end


def evaluate_treaties(text: str) -> list[tuple[str, str]]:
    """(rule, name) of every named instrument in `text`, for `greffier lexicon check`; parts of it are rules as well."""
    found = [(name.rule, text[name.start : name.end]) for name in names(text, fold(text), 0, len(text))]
    tails = [("tail", words) for rule, words in found if rule == "named" and re.search(r"\d$", words)]
    heads = _rule("named").finditer(fold(text))
    for rule in ("rally", "binds"):
        match = _rule(rule).search(fold(text))
        tails += [(rule, text[slice(*match.span())])] if match else []
    return found + tails + [("consent", "") for h in heads if _rule("consent").search(fold(text)[: h.start()])]


_rule = partial(pattern, "treaties")


def _titled(text: str, view: str, start: int, end: int) -> Name | None:
    """A head with a capital and what it is about, or whose it is."""
    match = _rule("titled").match(view, start, end)
    if match is None or not text[start].isupper() or not (match["about"] or match["of"]):
        return None
    return None if _domestic(view[start : match.end()]) else Name(start, match.end(), match["head"], "titled")


def _known(text: str, match: re.Match[str]) -> Name | None:
    """A name of words/treaties.csv; one of letters is in capitals."""
    if match.re is not _rule("known") or not (" " in match[0] or text[match.start() : match.end()].isupper()):
        return None
    return Name(match.start(), match.end(), match["form"], "known")


def _domestic(phrase: str) -> bool:
    words = re.findall(r"[\w-]+", phrase)
    return any(mapping("domestic_cues").get(word) == "phrase" for word in words)


def _named(text: str, view: str, match: re.Match[str], end: int) -> Name | None:
    """A head and a proper name, then the matter and the year; a proper name in apposition asks for a small initial."""
    if match.re is not _rule("named"):
        return None
    capitals = _CAPITALS.match(text, match.end(), end)
    apposed = match.end() == match.end("head") + 1
    if capitals is None or (apposed and text[match.start()].isupper()):
        return None
    tail = _rule("tail").match(view, capitals.end(), end)
    return Name(match.start(), tail.end() if tail else capitals.end(), match["head"], "named", match.end(), apposed)


def _rows(annotated: Annotated, before: list[Sentence], sentence: Sentence, name: Name) -> list[Treaty]:
    """A row for each party, or one without."""
    sides = _sides(sentence, name)
    held_by = [] if sides else list(holders(before, sentence, name.start, name.end, annotated).parties)
    sides = sides or ([] if held_by else _bound(sentence, name))
    parties = sides or held_by or _signing(sentence, name)
    held = parties and degree(sentence, name.start, name.end) is None
    said = "party" if sides else relation(sentence, name.start, name.end) if held else None
    parties = parties + _counterparts(sentence, name) if said in _MUTUAL and not sides else parties
    date = _date(sentence, name) if said else None
    bare = Treaty(
        treaty=" ".join(annotated.text[name.start : name.end].split()),
        instrument=mapping("treaties" if name.rule == "known" else "treaty_heads")[" ".join(name.head.split())],
        relation=said,
        date_start=date.value.date_start if date else None,
        date_end=date.value.date_end if date else None,
        **provenance(annotated, sentence, name.start, name.end, f"treaties:{name.rule}"),
    )
    return [replace(bare, party=p.name, party_country=p.country) for p in parties] or [bare]


def _bound(sentence: Sentence, name: Name) -> list[Party]:
    """« le pacte lie la Chine et le Laos »."""
    for party in sentence.parties:
        if party.start >= name.end and _rule("binds").search(sentence.view[name.end : party.start]):
            return together(sentence, party)
    return []


def _signing(sentence: Sentence, name: Name) -> list[Party]:
    """« le pacte a été signé en mai entre la Chine et le Laos »."""
    for party in sentence.parties:
        gap = sentence.view[name.end : party.start]
        if party.start < name.end or holder_rule("aside").search(gap):
            continue
        if holder_rule("between").search(gap) and holder_rule("status").search(gap):
            return together(sentence, party)
    return []


def _sides(sentence: Sentence, name: Name) -> list[Party]:
    """The two parties of « … entre la Chine et le Laos » right behind the name."""
    for party in sentence.parties:
        gap = sentence.view[name.end : party.start]
        if party.start >= name.end and holder_rule("between").match(gap.strip() + " "):
            group = together(sentence, party)
            return group if len(group) == 2 else []
    return []


def _counterparts(sentence: Sentence, name: Name) -> list[Party]:
    """With whom something was signed or concluded, right behind its name."""
    for party in sentence.parties:
        if party.start >= name.end and holder_rule("with").fullmatch(sentence.view[name.end : party.start].lstrip()):
            return together(sentence, party)
    return []


def _date(sentence: Sentence, name: Name) -> Mention | None:
    """The one date of the sentence outside the name, if it is a day or a period with both ends."""
    dates = [m for m in sentence.mentions if m.label == "DATE" and not name.start <= offset(m) < name.end]
    value = dates[0].value if len(dates) == 1 else None
    return dates[0] if value is not None and value.date_start and value.date_end else None

"""The sides of counted instruments: with whom they are, whether they are between two."""

from __future__ import annotations

from itertools import pairwise

from pipeline.relate.clauses import Party, Sentence, behind, holder_rule, offset, together
from pipeline.relate.holders import Holders


def has_two_sides(sentence: Sentence, start: int, end: int, who: Holders) -> bool:
    """Whether the instruments at `start`:`end` are between two parties, with one, or those of « les deux pays »."""
    if who.two_states or (who.one and holder_rule("and_other").match(sentence.behind(who.one.end))):
        return True
    beside = with_whom(sentence, start, end)
    sides = ("STATE", "PLACE") if beside and beside[0].country else ("STATE",)
    if len(beside) == 1 and beside[0].label in sides:
        return True
    between = _between(sentence, sentence.start if not who.parties else end)
    return len(between) == 2 or _says_two(sentence, start, end, bool(who.parties))


def _says_two(sentence: Sentence, start: int, end: int, held: bool) -> bool:
    """Whether the words around say two sides without their names: « avec son voisin », « les deux parties »."""
    before, tail = sentence.before(start), sentence.behind(end)
    if holder_rule("neighbour").search(before):
        return True
    return not held and bool(holder_rule("pair").search(before) or holder_rule("pair_behind").match(tail))


def _between(sentence: Sentence, start: int) -> list[Party]:
    """The parties of « entre la Chine et le Laos », from an offset of the sentence on."""
    for party in sentence.parties:
        if party.start >= start and holder_rule("between").search(sentence.before(party.start)):
            return together(sentence, party)
    return []


def with_whom(sentence: Sentence, start: int, end: int) -> list[Party]:
    """The parties of « avec la Suisse », behind the count or right before it."""
    for party in sentence.parties:
        if party.start >= end:
            clause = sentence.view[end : party.start]
            near = not holder_rule("aside").search(clause) and not _counts(sentence, end, party.start)
        else:
            near = party.end <= start and holder_rule("upto").match(sentence.view[party.end : start]) is not None
        if near and holder_rule("with").search(sentence.before(party.start)):
            return together(sentence, party) if not holder_rule("more").match(sentence.behind(party.end)) else []
    return []


def _counts(sentence: Sentence, start: int, end: int) -> bool:
    return any(m.label == "COUNT" and start <= offset(m) < end for m in sentence.mentions)


def counterpart(text: str, sentence: Sentence, start: int, end: int) -> str | None:
    """With whom, as written: countries by name, else « d'autres pays »."""
    named = with_whom(sentence, start, end)
    if named:
        return " et ".join(p.name for p in named)
    match = holder_rule("counterpart").search(sentence.behind(end))
    return " ".join(text[end + match.start("counterpart") : end + match.end("counterpart")].split()) if match else None


def two_nations(around: list[Sentence]) -> bool:
    """Whether the sentences speak of one pair of nations in one word: « commission algéro-serbe »."""
    pairs = set()
    for sentence in around:
        nations = [m for m in sentence.mentions if m.label == "DEMONYM"]
        for one, other in pairwise(nations):
            joined = offset(one) == offset(other) or sentence.view[behind(one) : offset(other)] == "-"
            if joined and one.key != other.key:
                pairs.add(frozenset((one.key, other.key)))
    return len(pairs) == 1

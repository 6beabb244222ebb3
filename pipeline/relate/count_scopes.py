"""The scope of counted instruments: bilateral, multilateral or regional."""

from __future__ import annotations

from pipeline.lexicon import fold, mapping
from pipeline.records import Annotated, Mention, TreatyCount
from pipeline.relate.clauses import REACH, Sentence, holder_rule, offset
from pipeline.relate.count_sides import has_two_sides, two_nations
from pipeline.relate.holders import Holders
from pipeline.relate.homes import countries, home_of, partner

_OFTEN = 3  #: so often each of the two countries that a document is about is named


def scope(
    before: list[Sentence],
    sentence: Sentence,
    mention: Mention,
    series: tuple[int, int],
    who: Holders,
    rows: list[TreatyCount],
) -> str | None:
    """The scope that the phrase says, else what its parties say, else that of the count that it is a part of.

    `series` is where the counts begin and end that it is coordinated with.
    """
    if mention.value.scope:
        return str(mention.value.scope)
    if who.one and fold(who.one.name) in mapping("multilateral_organisations"):
        return "multilateral"
    if has_two_sides(sentence, *series, who):
        return "bilateral"
    told = _level(sentence, series[0]) or _whole(sentence, mention, rows)
    return told or ("bilateral" if two_nations([*before, sentence]) else None)


def _level(sentence: Sentence, start: int) -> str | None:
    """« Sur le plan multilatéral, », where it opens the clause of a count."""
    level = holder_rule("level").search(sentence.before(start))
    return mapping("scopes")[level["scope"]] if level else None


def context_scope(annotated: Annotated, sentence: Sentence, holder: str | None) -> str | None:
    """The scope of instruments that nobody is said to have: of many where the sentence speaks of their members, of two
    in a document that is about two countries."""
    if holder_rule("many").search(sentence.words):
        return "multilateral"
    ours = holder_rule("ours").search(sentence.words)
    return "bilateral" if not (holder or ours) and _is_about_two(annotated) else None


def _is_about_two(annotated: Annotated) -> bool:
    """Whether a document is about two countries, each named often enough to say so."""
    named, home = countries(annotated), home_of(annotated)
    other = partner(named, home)
    return other is not None and min(named[home], named[other]) >= _OFTEN


def _whole(sentence: Sentence, mention: Mention, rows: list[TreatyCount]) -> str | None:
    """The scope of the count that this one is a part of (« dont 14 conventions ») or says again."""
    instrument = mention.value.instrument or mention.key
    for row in reversed(rows):
        again = (row.count, row.instrument) == (mention.value.count, instrument)
        if row.scope and (again or _is_part(sentence, row, offset(mention))):
            return row.scope
    return None


def _is_part(sentence: Sentence, row: TreatyCount, at: int) -> bool:
    """Whether what stands at an offset is a part of a row's count: « …, dont »."""
    end = row.end_char or 0
    near = row.sentence == sentence.number and end >= at - REACH
    return near and holder_rule("subset").search(sentence.view[end:at]) is not None

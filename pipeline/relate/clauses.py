"""Sentences with their parties: who is the subject of a clause, who stands beside whom.

A party is a country or an organisation that can sign, hold, meet. Offsets count in the document's text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any, NamedTuple

from pipeline.fields import replace, swift
from pipeline.lexicon import fold, mapping, pattern
from pipeline.records import Annotated, Mention
from pipeline.relate.cues import rules_with_words

_START = attrgetter("start_char")
PLACES = frozenset({"LOC", "DEMONYM"})  #: labels of what has a country by its name
REACH = 400  #: characters that a clause looks back or ahead


class Party(NamedTuple):
    """A party found: name as the document or the gazetteer has it, ISO code of its country or None."""

    start: int
    end: int
    name: str
    country: str | None
    label: str


@swift
@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: number from 1, offsets, and what was found in it; `text` is that of the document, `view` it folded.

    `labels` are those of its mentions, so that who needs one that is not there asks no mention.
    `cues` are those rules of cues.py, by file and id (`events.plain`), of which a word stands in it.
    """

    number: int
    start: int
    end: int
    text: str
    view: str
    mentions: tuple[Mention, ...]
    labels: frozenset[str | None]
    cues: frozenset[str] = frozenset()
    told: tuple[Party, ...] | None = None

    @property
    def parties(self) -> tuple[Party, ...]:
        """The parties among the mentions, in order; found when they are first asked for, and kept as `told`."""
        found = self.told
        if found is None:
            found = tuple(_parties(self.text, self.view, self.mentions))
            object.__setattr__(self, "told", found)
        return found

    @property
    def words(self) -> str:
        """The folded words of the sentence."""
        return self.view[self.start : self.end]

    def within(self, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions that begin from one offset on and before another."""
        low = bisect_left(self.mentions, start, key=_START)
        return self.mentions[low : bisect_left(self.mentions, end, low, key=_START)]

    def before(self, at: int) -> str:
        """The folded words of the sentence before an offset, the last REACH characters of them."""
        return self.view[max(self.start, at - REACH) : at]

    def behind(self, at: int) -> str:
        """The folded words of the sentence from an offset on, the first REACH characters of them."""
        return self.view[at : min(self.end, at + REACH)]


@lru_cache(1)  # each table asks for those of the document in hand
def sentences(annotated: Annotated) -> list[Sentence]:
    """The sentences of a document with their mentions."""
    view = fold(annotated.text)
    starts = [offset(mention) for mention in annotated.mentions]
    cues = rules_with_words().passing_each(view, annotated.sentences)
    found, same = [], dict[frozenset[str | None], frozenset[str | None]]()
    for number, (start, end) in enumerate(annotated.sentences, 1):
        low = bisect_left(starts, start)
        mentions = annotated.mentions[low : bisect_left(starts, end, low)]
        kinds = labels(mentions)
        kinds = same.setdefault(kinds, kinds)
        found.append(Sentence(number, start, end, annotated.text, view, mentions, kinds, cues[number - 1]))
    return found


def view_of(annotated: Annotated) -> str:
    """The folded text of a document."""
    found = sentences(annotated)
    return found[0].view if found else fold(annotated.text)


def labels(mentions: Iterable[Mention]) -> frozenset[str | None]:
    """The labels of mentions."""
    return frozenset([mention.label for mention in mentions])


def stretched(sentence: Sentence, start: int, end: int, mentions: tuple[Mention, ...]) -> Sentence:
    """A sentence with other offsets and mentions, and its own parties."""
    own = sentence.parties
    return replace(sentence, start=start, end=end, mentions=mentions, labels=labels(mentions), told=own)


def provenance(annotated: Annotated, sentence: Sentence, start: int, end: int, rule: str) -> dict[str, Any]:
    """Document and provenance of a row that stands on the characters from `start` to `end` (exclusive)."""
    return {
        "document": annotated.document.document,
        "sentence": sentence.number,
        "text": annotated.text[start:end],
        "start_char": start,
        "end_char": end,
        "rule": rule,
    }


def offset(mention: Mention) -> int:
    """Where a mention begins."""
    return mention.start_char or 0


def behind(mention: Mention) -> int:
    """The offset behind a mention."""
    return mention.end_char or 0


def genitive(sentence: Sentence, end: int, start: int) -> bool:
    """Whether nothing but « du » or its like stands between what ends and what starts at two offsets."""
    return end < start and " ".join(sentence.view[end:start].split()) in mapping("genitives")


#: the pattern of a rule of rules/holders.toml
holder_rule = partial(pattern, "holders")


def country(mention: Mention) -> str | None:
    """ISO code of the country of a place, a nationality or an organisation; None where it has none."""
    kind, _, code = mention.key.partition(":")
    if kind in ("country", "demonym"):
        return code
    values = mention.value if isinstance(mention.value, (tuple, list)) else (mention.value,)
    return getattr(values[0], "country", None) if len(values) == 1 else None


def is_state(mention: Mention) -> bool:
    """Whether a mention is the name of a country."""
    return mention.label == "LOC" and mention.key.startswith("country:")


def _parties(text: str, view: str, mentions: tuple[Mention, ...]) -> Iterator[Party]:
    """The parties among the mentions of a sentence, in order; what is inside an organisation's name is none itself."""
    last = 0
    for mention in mentions:
        if offset(mention) < last or mention.label not in ("LOC", "ORG", "PER", "DEMONYM"):
            continue
        party = _party(text, view, mention, mentions)
        if party:
            yield party
            last = party.end


def _party(text: str, view: str, mention: Mention, mentions: tuple[Mention, ...]) -> Party | None:
    start, end, label = offset(mention), behind(mention), mention.label
    if label == "LOC":
        return Party(
            start, end, getattr(mention.value, "name", None) or text[start:end], country(mention), _level(mention)
        )
    if label == "ORG":
        inner = {country(m) for m in mentions if m is not mention and start <= offset(m) and behind(m) <= end} - {None}
        return Party(
            start, end, _line(text[start:end]), country(mention) or (inner.pop() if len(inner) == 1 else None), label
        )
    if label == "PER":
        return Party(start, end, _line(text[start:end]), None, label)
    noun = re.search(r"(?<!\w)([^\W\d_]+)[ \n]$", view[max(0, start - 20) : start])
    if noun and noun[1] in mapping("state_nouns"):
        first = start - len(noun[1]) - 1
        return Party(first, end, _line(text[first:end]), country(mention), "STATE")
    return None


def of_nation(mention: Mention) -> Party:
    """The country of an adjective of nationality, as a party where the adjective stands."""
    name = getattr(mention.value, "name", None) or _line(mention.text or "")
    return Party(offset(mention), behind(mention), name, country(mention), "STATE")


def _level(mention: Mention) -> str:
    return "STATE" if is_state(mention) else "PLACE"


def _line(text: str) -> str:
    return " ".join(text.split())


def subjects(sentence: Sentence) -> list[Party]:
    """The parties, and persons, that stand where the subject of a clause stands, and those coordinated with them."""
    found: list[Party] = []
    last, subject = sentence.start, False
    for party in sentence.parties:
        gap = sentence.view[last : party.start]
        if not holder_rule("and").search(gap) or (not subject and gap.startswith(",")):
            subject = _is_subject(sentence, party)
        found += [party] if subject else []
        last = party.end
    return found


def _is_subject(sentence: Sentence, party: Party) -> bool:
    """Whether the words before a party open a clause; the town of a dateline is no subject."""
    if party.label == "PLACE" and holder_rule("dateline").search(sentence.behind(party.end)):
        return False
    return bool(holder_rule("subject").search(sentence.before(party.start)))


def together(sentence: Sentence, party: Party) -> list[Party]:
    """A party and those coordinated with it: « la France, l'Italie et le Niger »."""
    group = [party]
    for other in reversed([p for p in sentence.parties if p.end <= party.start]):
        if not holder_rule("and").search(sentence.view[other.end : group[0].start]):
            break
        group.insert(0, other)
    for other in (p for p in sentence.parties if p.start >= party.end):
        if not holder_rule("and").search(sentence.view[group[-1].end : other.start]):
            break
        group.append(other)
    return group

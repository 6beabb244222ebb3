"""Governments, and offices, that act for their state: « le président angolais a signé »."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.fields import replace
from pipeline.lexicon import mapping
from pipeline.records import Mention
from pipeline.relate.clauses import Party, Sentence, behind, country, genitive, holder_rule, is_state, of_nation, offset

_FORMER = "former"
_DETERMINER = 5  #: characters of the longest determiner before an office: « leurs »


def with_envoys(sentence: Sentence) -> Sentence:
    """A sentence in which its state is the party where its government or an office of it is named."""
    sent = [*envoys(sentence), *_governments(sentence)]
    if not sent:
        return sentence
    others = [p for p in sentence.parties if not any(e.start <= p.start < e.end for e in sent)]
    return replace(sentence, told=tuple(sorted([*others, *sent])))


def envoys(sentence: Sentence) -> Iterator[Party]:
    """The states of a sentence's offices, each where the office stands with its holder's name."""
    for role in sentence.mentions:
        if role.label == "ROLE" and role.value and role.value.role_id in mapping("envoys"):
            states = _states(sentence, role) if role.value.status != _FORMER else []
            end = max([behind(role), *(state.end for state in states)])
            if len(states) == 1:
                yield states[0]._replace(start=_start(sentence, role), end=_end(sentence, end))
            elif states:
                yield from [states[0]._replace(start=_start(sentence, role)), *states[1:]]


def _governments(sentence: Sentence) -> Iterator[Party]:
    """« le | gouvernement du Laos » is Laos."""
    for party in sentence.parties:
        noun = holder_rule("government").search(sentence.before(party.start)) if party.label == "STATE" else None
        if noun:
            yield party._replace(start=party.start - len(noun[0]))


def _states(sentence: Sentence, role: Mention) -> list[Party]:
    """Whose an office is: « président angolais », « ministres malien et nigérien », « roi du Maroc »."""
    nations = [m for m in sentence.mentions if m.label == "DEMONYM" and country(m) and offset(m) > offset(role)]
    own = [m for m in nations if offset(m) < behind(role)] or [m for m in nations if offset(m) == behind(role) + 1]
    if own and len({offset(m) for m in own}) == len(own):
        end = max(behind(role), behind(own[-1]))
        return [] if holder_rule("body").match(sentence.behind(end)) else [of_nation(m) for m in own]
    for mention in sentence.mentions:
        inside = offset(role) <= offset(mention) < behind(role)
        if is_state(mention) and (inside or genitive(sentence, behind(role), offset(mention))):
            name = getattr(mention.value, "name", None) or mention.text or ""
            return [Party(offset(mention), behind(mention), name, country(mention), "STATE")]
    return []


def _start(sentence: Sentence, role: Mention) -> int:
    """Where an office begins with what stands before it: « son homologue », « Joseph Boakai, président libérien »."""
    start = offset(role)
    own = holder_rule("own").search(sentence.view, max(sentence.start, start - _DETERMINER), start)
    before = [m for m in sentence.mentions if m.label == "PER" and behind(m) <= start]
    if before and holder_rule("apposed").fullmatch(sentence.view, behind(before[-1]), start):
        return offset(before[-1])
    return own.start() if own else start


def _end(sentence: Sentence, end: int) -> int:
    """Where an office ends with its holder's name, and with the comma behind what is apposed."""
    for person in sentence.mentions:
        gap = sentence.view[end : offset(person)] if person.label == "PER" and offset(person) > end else ""
        if gap in (" ", ", "):
            end = behind(person)
            break
    return end + 1 if sentence.view[end : end + 2] == ", " else end

"""Who takes part in an event: the subject of its clause, who leads the delegation, with whom and between whom it is."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.relate.clauses import Sentence
from pipeline.relate.event_names import Name, rule
from pipeline.relate.groups import Group, chain_of, free, main_subject, named
from pipeline.relate.groups import rule as group_rule
from pipeline.relate.modality import negated, opening
from pipeline.relate.referents import Referent

#: cues of who chairs an event
_CHAIRED = frozenset({"events.led", "events.chaired-behind"})
_OPENING = 12  #: characters before an event that opens its sentence: « Lors d'une … »


class Participants(NamedTuple):
    """Who takes part on one side, and on the other where there are two; who stays away."""

    own: tuple[Referent, ...] = ()
    others: tuple[Referent, ...] = ()
    absent: tuple[Referent, ...] = ()


def participants(sentence: Sentence, found: list[Group], name: Name) -> Participants:
    """The participants of an event as far as its sentence says them; whoever does not come is none."""
    if not any(group.referents for group in found):
        return Participants()
    between = _behind(sentence, found, name, "between")
    if between:
        sides = named(between)
        return Participants(sides[:1], sides[1:])
    if negated(sentence, name.start, name.end):
        return Participants(absent=named(_acting(sentence, found, name)) if attends(sentence, name) else ())
    others = named(_behind(sentence, found, name, "counterpart") or _beside(sentence, found, name))
    acting = _acting(sentence, found, name)
    led = _led(sentence, found) if acting else ()
    owner = named(_owner(sentence, found, name))
    own = owner or named(acting) + led + named(_chairs(sentence, found, name))
    own += named(_attending(sentence, found, name))
    own = tuple(dict.fromkeys(one for one in own if one not in others))
    return Participants(own, others)


def attends(sentence: Sentence, name: Name) -> bool:
    """Whether the verb before an event says who goes there, and not that it takes place."""
    return rule("attends").search(sentence.before(name.start)) is not None


def _behind(sentence: Sentence, found: list[Group], name: Name, how: str) -> list[Group]:
    """The groups that `avec` or `entre` ties to an event before them."""
    for group in found:
        if group.start >= name.end and group.referents:
            tied = rule(how).search(sentence.view[name.end : group.start])
            return [g for g in chain_of(found, group) if g.start >= name.end] if tied else []
    return []


def _attending(sentence: Sentence, found: list[Group], name: Name) -> list[Group]:
    """« la réunion s'est tenue avec la participation du Togo », « le forum a réuni le Togo et le Niger »."""
    if "events.attended" not in sentence.cues:
        return []
    later = [g for g in found if g.start >= name.end and g.referents]
    first = next((g for g in later if rule("attended").search(sentence.view[name.end : g.start])), None)
    return [g for g in chain_of(found, first) if g.start >= name.end] if first else []


def _beside(sentence: Sentence, found: list[Group], name: Name) -> list[Group]:
    """« il a eu avec X un entretien »."""
    for group in found:
        if group.end <= name.start and rule("with").search(sentence.before(group.start)):
            gap = sentence.view[group.end : name.start]
            if rule("briefly").search(gap):
                return [g for g in chain_of(found, group) if g.end <= name.start]
    return []


def _acting(sentence: Sentence, found: list[Group], name: Name) -> list[Group]:
    """The subject whose verb makes it take part, or who says or does something while the event goes on."""
    clause = opening(sentence, name.start)
    within = rule("within").search(sentence.before(name.start)) is not None
    earlier = [g for g in found if clause <= g.start and g.end <= name.start]
    if earlier and rule("apposed").search(sentence.view[earlier[-1].end : name.start]):
        return earlier[-1:]
    for group in earlier if within else reversed(earlier):
        chain, gap = chain_of(found, group), sentence.view[group.end : name.start]
        if not free(sentence, chain[0]) or group_rule("apart").search(gap):
            continue
        if within or rule("takes-part").search(gap):
            return [g for g in chain if g.referents]
    opens = within and name.start - sentence.start < _OPENING
    return main_subject(sentence, [g for g in found if g.start >= name.end]) if opens else []


def _led(sentence: Sentence, found: list[Group]) -> tuple[Referent, ...]:
    """Who leads a delegation of the sentence."""
    if "events.led" not in sentence.cues:
        return ()
    return named([g for g in found if rule("led").search(sentence.before(g.start))])


def _owner(sentence: Sentence, found: list[Group], name: Name) -> list[Group]:
    """Whose visit or trial it is: « la visite de Mme Diop au Kenya »; of meetings nobody's."""
    if name.nature not in ("visit", "trial"):
        return []
    for group in found:
        if group.start >= name.start and rule("of").search(sentence.view[_noun_end(sentence, name) : group.start]):
            return [group]
    return []


def _chairs(sentence: Sentence, found: list[Group], name: Name) -> list[Group]:
    """Who chairs an event: « coprésidée par X et Y, cette session », « la session, présidée par X »."""
    for group in found if not _CHAIRED.isdisjoint(sentence.cues) else ():
        chain = [g for g in chain_of(found, group) if g.start >= group.start]
        before = chain[-1].end <= name.start and rule("led").search(sentence.before(group.start))
        if before and rule("chaired-before").search(sentence.view[chain[-1].end : name.start]):
            return chain
        if group.start >= name.end and rule("chaired-behind").search(sentence.view[name.end : group.start]):
            return chain
    return []


def _noun_end(sentence: Sentence, name: Name) -> int:
    """Where the first word of a name ends."""
    space = sentence.view.find(" ", name.start, name.end)
    return space if space > 0 else name.end

"""Who has what a clause speaks of: the subject before it, a pronoun's antecedent, an agent behind it."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.lexicon import mapping
from pipeline.records import Annotated, Mention
from pipeline.relate.clauses import (
    REACH,
    Party,
    Sentence,
    country,
    holder_rule,
    is_state,
    of_nation,
    subjects,
    together,
)
from pipeline.relate.envoys import envoys

#: rules that say that what stands before has nothing to do with what stands behind
_APART = ("apart", "neither", "occasion")


class Holders(NamedTuple):
    """Those who have something: none, one, or several together."""

    parties: tuple[Party, ...] = ()

    @property
    def one(self) -> Party | None:
        """The holder, where it is exactly one."""
        return self.parties[0] if len(self.parties) == 1 else None

    @property
    def two_states(self) -> bool:
        """Whether they are two sides, as « Paris et Berlin »."""
        return len({p.name for p in self.parties}) == 2 and all(p.label != "PER" for p in self.parties)


def holders(before: list[Sentence], sentence: Sentence, start: int, end: int, annotated: Annotated) -> Holders:
    """Who has the instruments at `start`:`end` of `sentence`; `before` is the sentence before it, if there is one."""
    parties = _relative(sentence, end) or _subject("has", before, sentence, start, annotated)
    parties = parties or _agent("agent", sentence, end) or _network(sentence, start)
    return Holders(tuple(parties or _located(sentence, start) or _agent_before(sentence, start)))


def givers(before: list[Sentence], sentence: Sentence, start: int, end: int, annotated: Annotated) -> Holders:
    """Who gives, has, sends or loses what is counted at `start`:`end` of `sentence`."""
    return Holders(tuple(_subject("gives", before, sentence, start, annotated) or _agent("giver", sentence, end)))


def _subject(rule: str, before: list[Sentence], sentence: Sentence, start: int, annotated: Annotated) -> list[Party]:
    """The nearest subject before `start` with a verb that `rule` finds between."""
    named = [*subjects(sentence), *_polities(sentence, annotated), *_ours(sentence)]
    candidates = [*named, *_pronouns(before, sentence)]
    for party in sorted((p for p in candidates if start - REACH <= p.end <= start), key=lambda p: (-p.end, p.start)):
        between = sentence.view[party.end : start]
        if any(holder_rule(rule).search(between) for rule in _APART):
            return []
        verbs = list(holder_rule(rule).finditer(between))
        if verbs and _taken(between, verbs[0].start(verbs[0].lastgroup or 0)):
            return []
        if verbs and not holder_rule("negated").search(between[: verbs[-1].start(verbs[-1].lastgroup or 0)]):
            return [p for p in together(sentence, party) if p.label != "PER" and (p == party or p in candidates)]
    return []


def _taken(between: str, verb: int) -> bool:
    """Whether a verb is that of a clause about another: « a reçu une délégation qui a signé »."""
    clause = holder_rule("relative").search(between)
    return clause is not None and clause.end() <= verb


def _polities(sentence: Sentence, annotated: Annotated) -> list[Party]:
    """« le Royaume » as the one kingdom that the document names."""
    found = []
    for form, codes in mapping("polities").items():
        at = sentence.view.find(f"{form} ", sentence.start, sentence.end)
        if at < 0:
            continue
        named = [m for m in annotated.mentions if is_state(m) and country(m) in codes.split()]
        noun = at + len(form.replace("'", " ").split()[0]) + 1
        if annotated.text[noun].isupper() and len({country(m) for m in named}) == 1:
            found.append(_as_party(named[0], at, at + len(form)))
    return found


def _ours(sentence: Sentence) -> list[Party]:
    """« notre pays » as that of the one office that the sentence names: who speaks."""
    ours = holder_rule("our_country").search(sentence.words)
    sent = list(envoys(sentence)) if ours else []
    return [_at(sent[0], sentence.start + ours.start(), sentence.start + ours.end())] if ours and len(sent) == 1 else []


def _as_party(mention: Mention, start: int, end: int) -> Party:
    """The country of a mention as a party that stands elsewhere, by another word."""
    name = getattr(mention.value, "name", None) or mention.text or ""
    return Party(start, end, name, country(mention), "STATE")


def _pronouns(before: list[Sentence], sentence: Sentence) -> list[Party]:
    """`il`, `elle` as the last subject before, where that is no person; `celui-ci` as the last party before."""
    found = []
    for match in holder_rule("pronoun").finditer(sentence.view, sentence.start, sentence.end):
        earlier = [p for p in subjects(sentence) if p.end <= match.start()] or _last_subjects(before)
        found += [_at(earlier[-1], *match.span())] if earlier else []
    for match in holder_rule("latter").finditer(sentence.view, sentence.start, sentence.end):
        earlier = [p for p in sentence.parties if p.end <= match.start()]
        found += [_at(earlier[-1], *match.span())] if earlier else []
    return found


def _last_subjects(before: list[Sentence]) -> list[Party]:
    """The subjects of the sentence before, the main clause's last."""
    return list(reversed(subjects(before[-1]))) if before else []


def _at(party: Party, start: int, end: int) -> Party:
    return party._replace(start=start, end=end)


def _agent(rule: str, sentence: Sentence, end: int) -> list[Party]:
    """« … conclus par la Bolivie »."""
    for party in sentence.parties:
        if party.start >= end and holder_rule(rule).search(sentence.view[end : party.start]):
            return together(sentence, party)
    return []


def _relative(sentence: Sentence, end: int) -> list[Party]:
    """« … que la Bolivie a conclus », « … dont dispose la Bolivie »."""
    for party in sentence.parties:
        lead = holder_rule("relating").match(sentence.view[end : party.start]) if party.start > end else None
        if lead and party.label != "PER":
            group = together(sentence, party)
            has = lead["verb"] or lead["inverse"] or holder_rule("related").match(sentence.behind(group[-1].end))
            return group if has else []
    return []


def _network(sentence: Sentence, start: int) -> list[Party]:
    """« le réseau conventionnel bolivien compte … »."""
    found = holder_rule("network").search(sentence.before(start))
    if found is None:
        return []
    at = start - len(sentence.before(start)) + found.end("network")
    nations = [of_nation(m) for m in sentence.mentions if m.label == "DEMONYM"]
    return [p for p in [*nations, *sentence.parties] if p.start == at and p.label == "STATE"][:1]


def _agent_before(sentence: Sentence, start: int) -> list[Party]:
    """« le nombre d'accords conclus par la Malaisie s'élève à … »."""
    for party in reversed([p for p in sentence.parties if start - REACH <= p.end <= start and p.label != "PER"]):
        gap = sentence.view[party.end : start]
        if holder_rule("by").search(sentence.before(party.start)) and not holder_rule("aside").search(gap):
            return together(sentence, party)
    return []


def _located(sentence: Sentence, start: int) -> list[Party]:
    """« au Mexique, dix accords »."""
    near = [p for p in sentence.parties if p.end <= start and p.label == "STATE"]
    if not near or not holder_rule("existing").search(sentence.view[near[-1].end : start]):
        return []
    return near[-1:] if holder_rule("located").search(sentence.before(near[-1].start)) else []

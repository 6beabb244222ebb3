"""Noun phrases with names in them, and who is the subject of a verb.

A group is what mentions make together: « la ministre portugaise de la Justice, Teresa Vilhena » is one group, and names
Teresa Vilhena. Offsets count in the document's text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from pipeline.fields import swift
from pipeline.lexicon import pattern
from pipeline.records import Mention
from pipeline.relate.bodies import is_relative
from pipeline.relate.clauses import Sentence, behind, is_state, offset
from pipeline.relate.referents import Referent, Referents

LABELS = frozenset(("PER", "ORG", "LOC", "DEMONYM", "ROLE"))
_FAR = 300  #: characters between a subject and its verb
_APPOSITION = re.compile(r",[^,;:()]*,|\([^()]*\)")


@swift
@dataclass(frozen=True, slots=True)
class Group:
    """Offsets and whom it names.

    `joined`: it is coordinated with the group before it; `person`: it has a person's name; `delegation`: it is a
    delegation of whom it names.
    """

    start: int
    end: int
    referents: tuple[Referent, ...]
    joined: bool = False
    person: bool = False
    delegation: bool = False


#: the pattern of a rule of rules/groups.toml
rule = partial(pattern, "groups")


def groups(sentence: Sentence, referents: Referents) -> list[Group]:
    """The groups of a sentence in their order."""
    found: list[Group] | None = referents.groups.get(sentence.number)
    if found is None:
        found = referents.groups[sentence.number] = _groups(sentence, referents)
    return found


def _groups(sentence: Sentence, referents: Referents) -> list[Group]:
    chains: list[list[Mention]] = []
    joins: list[str] = []
    end = 0
    for mention in _outer(sentence):
        gap = sentence.view[end : offset(mention)]
        if chains and _continues(chains[-1], mention, gap):
            chains[-1].append(mention)
            end = max(end, behind(mention))
            continue
        joins.append(_join(gap) if chains else "")
        chains.append([mention])
        end = behind(mention)
    listed = _listed(joins)
    return [_group(sentence, chain, joined, referents) for chain, joined in zip(chains, listed, strict=True)]


def _join(gap: str) -> str:
    """What coordinates a phrase with the one before, `and` or `comma`; empty where nothing does."""
    return "and" if rule("and").search(gap) else "comma" if rule("comma").search(gap) else ""


def _listed(joins: list[str]) -> list[bool]:
    """Which of several phrases are coordinated with the one before; commas do it only where `et` closes their list."""
    out: list[bool] = []
    for join in reversed(joins):
        out.append(join == "and" or (join == "comma" and bool(out) and out[-1]))
    return out[::-1]


def _outer(sentence: Sentence) -> list[Mention]:
    """The mentions of names and offices that stand inside no other; a nationality inside an office is none."""
    found: list[Mention] = []
    for mention in sentence.mentions:
        inner = bool(found) and offset(mention) < behind(found[-1])
        if mention.label in LABELS and (not inner or (mention.label == "DEMONYM" and found[-1].label == "ROLE")):
            found.append(mention)
    return found


def _continues(chain: list[Mention], mention: Mention, gap: str) -> bool:
    """Whether a mention belongs to the phrase of those before it; `gap` stands between."""
    labels, last = {m.label for m in chain}, chain[-1].label
    seated = mention.label == "LOC" and chain[0].label == "ROLE" and "PER" not in labels
    if not gap or (seated and rule("seat").search(gap)):
        return not gap or not is_relative(chain[0])  # « a vu son homologue à Samarcande »
    if not rule("of" if last in ("ORG", "LOC", "PER") else "inside").search(gap) or rule("and").search(gap):
        return last == "ROLE" == mention.label and "PER" not in labels and bool(rule("and").search(gap))
    if mention.label == "ROLE":
        return "PER" in labels if "," in gap and last != "ROLE" else last != "LOC"
    if mention.label == "PER":
        return "PER" not in labels and ("ROLE" in labels or not gap.strip())
    return "," not in gap


def _group(sentence: Sentence, chain: list[Mention], joined: bool, referents: Referents) -> Group:
    first = chain[0]
    may_be = "groups.delegation" in sentence.cues and first.label in ("ORG", "LOC")
    before = rule("delegation").search(sentence.before(offset(first))) if may_be else None
    start = offset(first) - len(before[0]) if before else _start(sentence, first)
    people = [m for m in chain if m.label == "PER"]
    named = people[:1] or _standing_for(sentence, chain)
    found = tuple(one for mention in named for one in referents.of(mention))
    return Group(start, max(behind(m) for m in chain), found, joined, bool(people), before is not None)


def _start(sentence: Sentence, first: Mention) -> int:
    """Where a phrase begins: with the noun before a nationality, else with its first mention."""
    if "DEMONYM" not in sentence.labels:
        return offset(first)
    nouns = (p.start for p in sentence.parties if p.end == behind(first) and p.start < offset(first))
    return next(nouns, offset(first))


def _standing_for(sentence: Sentence, chain: list[Mention]) -> list[Mention]:
    """Of a phrase without a person: its organisation, else its country; of a bare nationality nothing."""
    organisations = [m for m in chain if m.label == "ORG"]
    if organisations:
        return organisations[:1]
    places = [m for m in chain if m.label == "LOC"]
    states = [m for m in places if is_state(m)]
    nations = [m for m in chain if m.label == "DEMONYM" and (chain[0].label == "ROLE" or _of_state(sentence, m))]
    return states[:1] or nations[:1] or (places[:1] if chain[0].label == "LOC" else [])


def _of_state(sentence: Sentence, nation: Mention) -> bool:
    """« le gouvernement chinois », « la délégation vietnamienne »."""
    return any(p.end == behind(nation) and p.start < offset(nation) for p in sentence.parties)


def chain_of(found: list[Group], group: Group) -> list[Group]:
    """A group and those that are coordinated with it, in their order."""
    at = found.index(group)
    low = at
    while found[low].joined and low > 0:
        low -= 1
    high = at
    while high + 1 < len(found) and found[high + 1].joined:
        high += 1
    return found[low : high + 1]


def named(found: list[Group]) -> tuple[Referent, ...]:
    """Whom groups name, each once."""
    return tuple(dict.fromkeys(one for group in found for one in group.referents))


def subject(sentence: Sentence, found: list[Group], at: int, referents: Referents | None = None) -> list[Group]:
    """The groups that are the subject of the verb at an offset.

    A pronoun means the subject before it, that of an earlier sentence where `referents` are given; nobody is guessed
    across « mais » or a colon.
    """
    pronoun = rule("pronoun").search(sentence.before(at))
    if pronoun:
        earlier = [g for g in found if g.end <= at - len(pronoun[0]) and free(sentence, g)]
        if earlier:
            return chain_of(found, earlier[-1])
        return _subject_before(sentence.number, referents) if referents else []
    for group in sorted((g for g in found if at - _FAR <= g.end <= at), key=lambda g: -g.end):
        chain = chain_of(found, group)
        if not free(sentence, chain[0]):
            continue
        gap = sentence.view[group.end : at]
        bare = _APPOSITION.sub(lambda m: " ", gap)
        if rule("verb").search(gap) or rule("verb").search(bare):
            return [g for g in chain if g.end <= at]
        if rule("shared").search(gap) and not rule("apart").search(gap) and not _apposed(sentence, group):
            return [g for g in chain if g.end <= at]
    return []


def _subject_before(number: int, referents: Referents) -> list[Group]:
    """The main subject of the last sentence that has one, before that of a number."""
    found, first = list[Group](), number
    while first > 1 and not found and first not in referents.subjects:
        first -= 1
        earlier = referents.sentences[first - 1]
        found = main_subject(earlier, groups(earlier, referents))
    found = found or referents.subjects.get(first, [])
    referents.subjects.update(dict.fromkeys(range(first + 1, number + 1), found))
    return found


def main_subject(sentence: Sentence, found: list[Group]) -> list[Group]:
    """The first group of a sentence that depends on no preposition, with those coordinated."""
    first = next((g for g in found if free(sentence, g) and g.referents), None)
    return chain_of(found, first) if first else []


def free(sentence: Sentence, group: Group) -> bool:
    """Whether no preposition stands before a group."""
    return not rule("bound").search(sentence.before(group.start))


def _apposed(sentence: Sentence, group: Group) -> bool:
    """« …, ministre de la Justice, »: a comma on both sides, no name of its own."""
    return sentence.before(group.start).rstrip().endswith(",") and not group.person

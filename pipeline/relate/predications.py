"""What verbs say of two names: « la Bolivie et le Pérou ont signé un accord », « X a été nommé par Y »."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial

from pipeline.lexicon import fold, load_rules, pattern
from pipeline.lexicon.rules import Rule
from pipeline.relate.clauses import Sentence, behind, offset
from pipeline.relate.cues import OBJECTS
from pipeline.relate.event_names import rule as event_rule
from pipeline.relate.groups import Group, chain_of, free, groups, named, subject
from pipeline.relate.modality import Modality, modality
from pipeline.relate.referents import Referent, Referents
from pipeline.relate.treaty_names import names as treaty_names

_PASSIVE, _MUTUAL = "-by", "-each"
_REACH = 70  #: characters between a verb and what it is about
_AUXILIARY = 30  #: characters before a verb in which its auxiliary stands
#: labels of the referents that are an object of a kind, and of the mentions that stand for them
_FITTING = {"PLACE": ("LOC",), "PERSON": ("PER",), "ORG": ("ORG",), "PARTY": ("PER", "ORG", "LOC")}
_STANDING_FOR = {
    "PLACE": frozenset(("LOC", "DEMONYM")),
    "PERSON": frozenset(("PER",)),
    "ORG": frozenset(("ORG", "LOC")),
    "PARTY": frozenset(("PER", "ORG", "LOC", "DEMONYM")),
}


@dataclass(frozen=True, slots=True)
class Predication:
    """A fact that a verb says: `words` is an object that is no entity; `start`:`end` stands in `sentence`.

    `kind`: of a meeting, what it was; `verb`: where the verb begins; `names`: where what stands behind it begins.
    """

    predicate: str
    sentence: Sentence
    subject: Referent | None
    object: Referent | None
    words: str | None
    start: int
    end: int
    said: Modality
    verb: int
    names: int
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class _Verb:
    """A verb with what belongs to it: offsets; of a meeting, what it was."""

    start: int
    end: int
    kind: str | None


@dataclass(frozen=True, slots=True)
class _Found:
    """What stands on the other side of a verb: whom, or what words, from where to where."""

    sides: tuple[Referent, ...]
    words: str | None
    start: int
    end: int


Reading = Callable[[Rule, Sentence, Referents], Iterator[Predication]]


def evaluate_predicates(text: str) -> list[tuple[str, str]]:
    """(rule, words) of every rule of rules/predicates.toml that matches `text`, for `greffier lexicon check`."""
    out = []
    for rule in load_rules("predicates"):
        match = rule.regex.search(fold(text))
        if match:
            group = "object" if rule.id == "instrument" else 0
            out.append((rule.id, text[match.start(group) : match.end(group)]))
    return out


def predications(referents: Referents) -> list[Predication]:
    """All that the verbs of a document say, in its order."""
    found: list[Predication] = []
    for sentence in referents.sentences:
        for cue, rule, reading in _verbs() if sentence.cues else ():
            if cue in sentence.cues:
                found += reading(rule, sentence, referents)
    return sorted(found, key=lambda p: (p.start, p.end, p.predicate))


_rule = partial(pattern, "predicates")


@cache
def _verbs() -> tuple[tuple[str, Rule, Reading], ...]:
    """The verbs: cue, rule, and how it is read."""
    rules = [rule for rule in load_rules("predicates") if rule.label in OBJECTS]
    return tuple((f"predicates.{rule.id}", rule, _reading(rule.id)) for rule in rules)


def _reading(rule_id: str) -> Reading:
    if rule_id.endswith(_MUTUAL):
        return _mutual
    return _passive if rule_id.endswith(_PASSIVE) else _active


def _active(rule: Rule, sentence: Sentence, referents: Referents) -> Iterator[Predication]:
    """Subject, verb, object."""
    for match in rule.regex.finditer(sentence.view, sentence.start, sentence.end):
        if not _may_follow(rule.label, sentence, match.end()) or not _is_verb(match):
            continue
        verb, here = _Verb(match.start(), match.end(), _kind(match)), groups(sentence, referents)
        acting = subject(sentence, here, verb.start, referents)
        if not named(acting):
            continue
        start = min([verb.start, *(g.start for g in acting if g.start >= sentence.start)])
        for found in _objects(rule.label, sentence, here, verb.end, referents):
            said = modality(sentence, here, verb.start, verb.end, found.end)
            yield from _pairs(rule, sentence, named(acting), found, (start, found.end), verb, said)


def _mutual(rule: Rule, sentence: Sentence, referents: Referents) -> Iterator[Predication]:
    """« X et Y se sont rencontrés »: the first of the subject with each of the others."""
    for match in rule.regex.finditer(sentence.view, sentence.start, sentence.end):
        here = groups(sentence, referents)
        acting = subject(sentence, here, match.start(), referents)
        sides = named([group for group in acting if group.start >= sentence.start])
        if len(sides) > 1:
            verb = _Verb(match.start(), match.end(), _kind(match))
            found = _Found(sides[1:], None, acting[0].start, match.end())
            said = modality(sentence, here, verb.start, verb.end)
            yield from _pairs(rule, sentence, sides[:1], found, (acting[0].start, match.end()), verb, said)


def _passive(rule: Rule, sentence: Sentence, referents: Referents) -> Iterator[Predication]:
    """Object, verb, `par` and subject; who appointed may be left out."""
    if rule.label != "PERSON" and "predicates.agent" not in sentence.cues:
        return
    here = groups(sentence, referents)
    for found in _passive_objects(rule.label, sentence, here, referents):
        match = rule.regex.search(sentence.view[found.end : sentence.end])
        if match is None:
            continue
        verb = _Verb(found.end, found.end + match.end(), _kind(match))
        agents = _agents(sentence, here, verb.end)
        if agents or rule.label == "PERSON":
            said = modality(sentence, here, verb.start, verb.end)
            span = found.start, agents[-1].end if agents else verb.end
            yield from _pairs(rule, sentence, named(agents) or (None,), found, span, verb, said)


def _kind(verb: re.Match[str]) -> str | None:
    return next((name for name, value in verb.groupdict().items() if value), None)


def _pairs(
    rule: Rule,
    sentence: Sentence,
    subjects: Iterable[Referent | None],
    found: _Found,
    span: tuple[int, int],
    verb: _Verb,
    said: Modality,
) -> Iterator[Predication]:
    """A predication for each subject and each object; nobody does anything to himself."""
    predicate, names = rule.id.removesuffix(_PASSIVE).removesuffix(_MUTUAL), max(found.start, verb.end)
    for one in subjects:
        for side in found.sides or (None,):
            if not (one and side and one.entity_id == side.entity_id):
                yield Predication(
                    predicate, sentence, one, side, found.words, *span, said, verb.start, names, verb.kind
                )


def _is_verb(verb: re.Match[str]) -> bool:
    """Whether a word is no noun, « la rencontre », and no passive; « signé » and « signe » are one in folded text."""
    low = max(0, verb.start() - _AUXILIARY)
    passive = _rule("passive").finditer(verb.string[low : verb.end() + len(" par")])
    if any(low + match.end() == verb.start() for match in passive):
        return False
    return verb[0].endswith(("er", "oir", "ndre")) or not _rule("noun").search(verb.string[low : verb.start()])


def _may_follow(label: str, sentence: Sentence, at: int) -> bool:
    """Whether something that may be an object of a kind stands behind an offset."""
    labels = _STANDING_FOR.get(label)
    return labels is None or any(mention.label in labels for mention in sentence.within(at, sentence.end))


def _objects(label: str, sentence: Sentence, here: list[Group], at: int, referents: Referents) -> list[_Found]:
    """What stands behind a verb."""
    if label in ("INSTRUMENT", "TREATY"):
        return _instruments(sentence, at, referents, label)
    if label == "ORG":
        return _organisations(sentence, at, referents)
    for group in here:
        if group.start < at or group.start - at > _REACH or not _bridged(sentence, at, group.start):
            continue
        if label != "PLACE" and event_rule("at").search(sentence.before(group.start)):
            continue
        chain = [g for g in chain_of(here, group) if g.start >= at]
        fit = tuple(r for r in named(chain) if _fits(label, r))
        return [_Found(fit, None, chain[0].start, chain[-1].end)] if fit else []
    return []


def _fits(label: str, one: Referent) -> bool:
    return one.label in _FITTING[label]


def _organisations(sentence: Sentence, at: int, referents: Referents) -> list[_Found]:
    """The organisation right behind an offset."""
    for mention in sentence.mentions:
        fits = mention.label == "ORG" or mention.key.startswith("supra:")
        if fits and offset(mention) >= at and _bridged(sentence, at, offset(mention)):
            return [_Found(referents.of(mention), None, offset(mention), behind(mention))]
    return []


def _instruments(sentence: Sentence, at: int, referents: Referents, label: str) -> list[_Found]:
    """The named treaties, and the other instruments, right behind an offset, those that are coordinated too."""
    text, found = referents.annotated.text, list[_Found]()
    titles = {n.start: n.title for n in treaty_names(text, sentence.view, at, sentence.end)}
    last = at
    documents = _documents(text, sentence, at) if label == "INSTRUMENT" else _named(text, sentence, at)
    for start, end in documents:
        if start < last or not _bridged(sentence, last, start):
            break
        found.append(_Found((), " ".join((titles.get(start) or text[start:end]).split()), start, end))
        last = end
    return found


def _named(text: str, sentence: Sentence, at: int) -> list[tuple[int, int]]:
    """The spans of named treaties from an offset on."""
    return [(n.start, n.end) for n in treaty_names(text, sentence.view, at, sentence.end)]


def _documents(text: str, sentence: Sentence, at: int) -> list[tuple[int, int]]:
    """The spans of named treaties and of other instruments from an offset on."""
    treaties = _named(text, sentence, at)
    matches = _rule("instrument").finditer(sentence.view, at, sentence.end)
    others = [m.span("object") for m in matches]
    alone = [s for s in others if not any(s[0] < end and start < s[1] for start, end in treaties)]
    return sorted([*treaties, *alone])


def _bridged(sentence: Sentence, start: int, end: int) -> bool:
    """Whether only dates, places and small words stand between two offsets."""
    view, at, parts = sentence.view, start, []
    for mention in sentence.within(start, end):
        if mention.label in ("DATE", "LOC", "PER", "ORG", "ROLE") and at <= offset(mention) and behind(mention) <= end:
            parts.append(view[at : offset(mention)])
            at = behind(mention)
    return len("".join(parts)) < _REACH and _rule("gap").search(" ".join([*parts, view[at:end]])) is not None


def _agents(sentence: Sentence, here: list[Group], at: int) -> list[Group]:
    """Who stands behind « par » or « entre » after a verb."""
    for group in here:
        if group.start >= at and _rule("agent").search(sentence.view[at : group.start]):
            return [g for g in chain_of(here, group) if g.start >= at]
    return []


def _passive_objects(label: str, sentence: Sentence, here: list[Group], referents: Referents) -> Iterator[_Found]:
    """What a passive verb may stand behind."""
    if label == "INSTRUMENT":
        text = referents.annotated.text
        for start, end in _documents(text, sentence, sentence.start):
            yield _Found((), " ".join(text[start:end].split()), start, end)
        return
    for group in here:
        fit = tuple(r for r in group.referents if _fits(label, r))
        if fit and not group.delegation and (label != "ORG" or free(sentence, group)):
            yield _Found(fit, None, group.start, group.end)

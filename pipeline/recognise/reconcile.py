"""The component `greffier_reconcile`: the one place where recognisers that disagree are settled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.lexicon import mapping
from pipeline.lexicon.gazetteer import places
from pipeline.recognise.text import words_of

_PROVEN = frozenset({"name-after-role", "name-before-role", "name-after-title"})

_HEAD = 2  #: tokens of « préfecture d' », before the name of one
_NAMED = frozenset(("ROLE", "DEMONYM"))  #: what a person's name can hold a word of: « Nguyen Duc Thang »
_BODIES = {"ORG"}


class Claim(NamedTuple):
    """A span that a recogniser wrote, and what is asked of it."""

    start: int
    end: int
    label: str
    key: str
    span: Span

    @property
    def tokens(self) -> range:
        """The tokens of the span."""
        return range(self.start, self.end)


class Reconcile:
    """Writes `doc.spans["greffier"]`: PER, ORG and LOC that do not overlap, but for a country inside an organisation,
    and beside them every DEMONYM, ROLE, DATE, COUNT and QUANTITY.

    Who wins: a person proven by an office or a title; an organisation by its head noun or name; another person whose
    name has a place in it; a place of the gazetteer; a person of the model or said again; what only the model knows.
    An office inside a person's name is none (« Nguyen Duc Thang »).
    """

    def __init__(self) -> None:
        self.locatives = frozenset(mapping("locatives"))

    def __call__(self, doc: Doc) -> Doc:
        """Settle the mentions of `doc` and give it back."""
        located, roles = _claims(doc, "places"), _claims(doc, "roles")
        owner: dict[int, str] = {}
        settled: list[Claim] = []
        for claim in [*_ranked(doc, located), *self._of_model(doc, roles)]:
            if _is_free(owner, claim):
                settled.append(claim)
                owner.update((at, claim.label) for at in claim.tokens if at not in owner)
        persons = {at for at, label in owner.items() if label == "PER"}
        beside = [*roles, *(one for group in ("dates", "counts", "quantities") for one in _claims(doc, group))]
        beside += [one for one in located if one.label == "DEMONYM"]
        settled += [one for one in beside if one.label not in _NAMED or not persons.issuperset(one.tokens)]
        settled.sort(key=lambda one: (one.start, -one.end, one.label))
        doc.spans["greffier"] = [one.span for one in settled]
        return doc

    def _of_model(self, doc: Doc, roles: list[Claim]) -> Iterator[Claim]:
        """The organisations and places that only the model knows."""
        words, offices = words_of(doc), {at for role in roles for at in role.tokens}
        for entity in doc.ents:
            start, end, label = entity.start, entity.end, entity.label_
            placed = label == "LOC" and start > 0 and words.views[start - 1] in self.locatives
            if not (placed or label == "ORG") or start in offices:
                continue
            if _is_proper(words.text[words.starts[start] : words.ends[end - 1]]):
                yield Claim(start, end, label, "model", Span(doc, start, end, label=label, span_id="model"))


def _claims(doc: Doc, group: str) -> list[Claim]:
    return [Claim(span.start, span.end, span.label_, span.id_, span) for span in doc.spans.get(group, ())]


def _is_free(owner: dict[int, str], claim: Claim) -> bool:
    """Whether nobody owns the tokens, or an organisation those of a country inside it."""
    if owner.keys().isdisjoint(claim.tokens):
        return True
    return claim.key.startswith("country:") and {owner[at] for at in claim.tokens if at in owner} == _BODIES


def _ranked(doc: Doc, mapped: list[Claim]) -> Iterator[Claim]:
    """What recognisers found, who wins first."""
    located = [one for one in mapped if one.label == "LOC"]
    proven, other = list[Claim](), list[Claim]()
    for name in _claims(doc, "names"):
        (proven if name.key in _PROVEN else other).append(name)
    yield from proven
    prefectures = {one.end: one.start - _HEAD for one in located if _is_prefecture(one.key)}
    yield from (body for body in _claims(doc, "organisations") if body.start < prefectures.get(body.end, len(doc)))
    within = {at: len(one.tokens) for one in located for at in one.tokens}
    yield from (one for one in other if any(within.get(at, len(one.tokens)) < len(one.tokens) for at in one.tokens))
    yield from located
    yield from other


def _is_prefecture(key: str) -> bool:
    """Whether a place is a region that is called a prefecture, so that « préfecture d'Ishikawa » is no office."""
    return key.startswith("region:") and places()[key]["matching"] == "prefecture"


def _is_proper(text: str) -> bool:
    """Whether an entity of the model has the look of a name: a capital, more than two letters, one line."""
    return text[0].isupper() and len(text) > 2 and "\n" not in text and '"' not in text


@Language.factory("greffier_reconcile")
def create(nlp: Language, name: str) -> Reconcile:
    """The component, for `nlp.add_pipe("greffier_reconcile")`, last."""
    return Reconcile()

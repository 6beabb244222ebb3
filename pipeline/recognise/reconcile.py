"""The component `greffier_reconcile`: the one place where recognisers that disagree are settled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.lexicon import mapping
from pipeline.lexicon.gazetteer import places
from pipeline.recognise.stretches import Stretch, stretch, stretches, write
from pipeline.recognise.text import entities_of, words_of

_PROVEN = frozenset({"name-after-role", "name-after-nationality", "name-before-role", "name-after-title"})

_HEAD = 2  #: tokens of « préfecture d' », before the name of one
_NAMED = frozenset(("ROLE", "DEMONYM"))  #: what a person's name can hold a word of: « Nguyen Duc Thang »
_BODIES = {"ORG"}


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
        located, roles = stretches(doc, "places"), stretches(doc, "roles")
        owner: dict[int, str] = {}
        settled: list[Stretch] = []
        for claim in [*_ranked(doc, located), *self._of_model(doc, roles)]:
            if _is_free(owner, claim):
                settled.append(claim)
                owner.update((at, claim.label) for at in _tokens(claim) if at not in owner)
        persons = {at for at, label in owner.items() if label == "PER"}
        beside = [*roles, *(one for group in ("dates", "counts", "quantities") for one in stretches(doc, group))]
        beside += [one for one in located if one.label == "DEMONYM"]
        settled += [one for one in beside if one.label not in _NAMED or not persons.issuperset(_tokens(one))]
        settled.sort(key=lambda one: (one.start, -one.end, one.label))
        write(doc, "greffier", settled)
        return doc

    def _of_model(self, doc: Doc, roles: Iterable[Stretch]) -> Iterator[Stretch]:
        """The organisations and places that only the model knows."""
        words, offices = words_of(doc), {at for role in roles for at in _tokens(role)}
        for start, end, label in entities_of(doc):
            placed = label == "LOC" and start > 0 and words.views[start - 1] in self.locatives
            if not (placed or label == "ORG") or start in offices:
                continue
            if _is_proper(words.text[words.starts[start] : words.ends[end - 1]]):
                yield stretch(doc, start, end, label, "model")


def _tokens(one: Stretch) -> range:
    return range(one.start, one.end)


def _is_free(owner: dict[int, str], claim: Stretch) -> bool:
    """Whether nobody owns the tokens, or an organisation those of a country inside it."""
    if owner.keys().isdisjoint(_tokens(claim)):
        return True
    return claim.key.startswith("country:") and {owner[at] for at in _tokens(claim) if at in owner} == _BODIES


def _ranked(doc: Doc, mapped: Iterable[Stretch]) -> Iterator[Stretch]:
    """What recognisers found, who wins first."""
    located = [one for one in mapped if one.label == "LOC"]
    proven, other = list[Stretch](), list[Stretch]()
    for name in stretches(doc, "names"):
        (proven if name.key in _PROVEN else other).append(name)
    yield from proven
    prefectures = {one.end: one.start - _HEAD for one in located if _is_prefecture(one.key)}
    yield from (body for body in stretches(doc, "organisations") if body.start < prefectures.get(body.end, len(doc)))
    within = {at: len(_tokens(one)) for one in located for at in _tokens(one)}
    yield from (
        one for one in other if any(within.get(at, len(_tokens(one))) < len(_tokens(one)) for at in _tokens(one))
    )
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

"""The component `greffier_reconcile`: the one place where recognisers that disagree are settled."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.lexicon import fold, mapping
from pipeline.lexicon.gazetteer import places

_PROVEN = frozenset({"name-after-role", "name-before-role", "name-after-title"})

_HEAD = 2  #: tokens of « préfecture d' », before the name of one
_NAMED = frozenset(("ROLE", "DEMONYM"))  #: what a person's name can hold a word of: « Nguyen Duc Thang »


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
        owner: dict[int, Span] = {}
        settled: list[Span] = []
        for span in _ranked(doc, self.locatives):
            over = {owner[i].label_ for i in range(span.start, span.end) if i in owner}
            inside = over == {"ORG"} and span.id_.startswith("country:")
            if over and not inside:
                continue
            settled.append(span)
            owner.update({i: span for i in range(span.start, span.end) if i not in owner})
        persons = {i for i, span in owner.items() if span.label_ == "PER"}
        beside = [s for group in ("roles", "dates", "counts", "quantities") for s in doc.spans.get(group, ())]
        beside += [s for s in doc.spans.get("places", ()) if s.label_ == "DEMONYM"]
        beside = [s for s in beside if s.label_ not in _NAMED or not persons.issuperset(range(s.start, s.end))]
        doc.spans["greffier"] = sorted([*settled, *beside], key=lambda s: (s.start, -s.end, s.label_))
        return doc


def _ranked(doc: Doc, locatives: frozenset[str]) -> Iterator[Span]:
    names = list(doc.spans.get("names", ()))
    located = [s for s in doc.spans.get("places", ()) if s.label_ == "LOC"]
    within = {token.i: len(s) for s in located for token in s}
    yield from (s for s in names if s.id_ in _PROVEN)
    prefectures = {s.end: s.start - _HEAD for s in located if _is_prefecture(s)}
    yield from (s for s in doc.spans.get("organisations", ()) if s.start < prefectures.get(s.end, len(doc)))
    yield from (s for s in names if s.id_ not in _PROVEN and any(within.get(t.i, len(s)) < len(s) for t in s))
    yield from located
    yield from (s for s in names if s.id_ not in _PROVEN)
    offices = {token.i for role in doc.spans.get("roles", ()) for token in role}
    for entity in doc.ents:
        placed = entity.label_ == "LOC" and entity.start > 0 and fold(doc[entity.start - 1].text) in locatives
        if (placed or entity.label_ == "ORG") and _is_proper(entity) and entity.start not in offices:
            yield Span(doc, entity.start, entity.end, label=entity.label_, span_id="model")


def _is_prefecture(place: Span) -> bool:
    """Whether a place is a region that is called a prefecture, so that « préfecture d'Ishikawa » is no office."""
    return place.id_.startswith("region:") and places()[place.id_]["matching"] == "prefecture"


def _is_proper(entity: Span) -> bool:
    """Whether an entity of the model has the look of a name: a capital, more than two letters, one line."""
    return entity.text[0].isupper() and len(entity.text) > 2 and "\n" not in entity.text and '"' not in entity.text


@Language.factory("greffier_reconcile")
def create(nlp: Language, name: str) -> Reconcile:
    """The component, for `nlp.add_pipe("greffier_reconcile")`, last."""
    return Reconcile()

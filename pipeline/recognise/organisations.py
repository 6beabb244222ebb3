"""The component greffier_organisations."""

from spacy.language import Language
from spacy.tokens import Doc


class Organisations:
    """Not yet written."""

    def __call__(self, doc: Doc) -> Doc:
        """Give the doc back."""
        return doc


@Language.factory("greffier_organisations")
def create(nlp: Language, name: str) -> Organisations:
    """The component, for `nlp.add_pipe("greffier_organisations")`."""
    return Organisations()

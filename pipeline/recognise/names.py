"""The component greffier_names."""

from spacy.language import Language
from spacy.tokens import Doc


class Names:
    """Not yet written."""

    def __call__(self, doc: Doc) -> Doc:
        """Give the doc back."""
        return doc


@Language.factory("greffier_names")
def create(nlp: Language, name: str) -> Names:
    """The component, for `nlp.add_pipe("greffier_names")`."""
    return Names()

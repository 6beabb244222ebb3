"""The component greffier_reconcile."""

from spacy.language import Language
from spacy.tokens import Doc


class Reconcile:
    """Not yet written."""

    def __call__(self, doc: Doc) -> Doc:
        """Give the doc back."""
        return doc


@Language.factory("greffier_reconcile")
def create(nlp: Language, name: str) -> Reconcile:
    """The component, for `nlp.add_pipe("greffier_reconcile")`."""
    return Reconcile()

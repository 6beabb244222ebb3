"""The component greffier_roles."""

from spacy.language import Language
from spacy.tokens import Doc


class Roles:
    """Not yet written."""

    def __call__(self, doc: Doc) -> Doc:
        """Give the doc back."""
        return doc


@Language.factory("greffier_roles")
def create(nlp: Language, name: str) -> Roles:
    """The component, for `nlp.add_pipe("greffier_roles")`."""
    return Roles()

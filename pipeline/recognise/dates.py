"""The component greffier_dates: dates and ranges of dates (DATE).

It writes `doc.spans["dates"]`; a span's `id_` is the rule that found it. The days themselves are what
`pipeline.normalise.dates.find_dates` gives for the same text and reference.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.normalise.dates import find_dates
from pipeline.recognise.stretches import stretch_over, write
from pipeline.recognise.text import text_of

GROUP = "dates"
LABEL = "DATE"
#: where `doc.user_data` may hold the publication of a doc, EDTF; some expressions are dates only with it
PUBLISHED = "published"


class Dates:
    """Finds dates by rule.

    `reference` is the publication, EDTF, of docs that do not say theirs; `undated` also finds durations, frequencies
    and times of the day.
    """

    def __init__(self, reference: str | None = None, undated: bool = False) -> None:
        self.reference = reference
        self.undated = undated

    def __call__(self, doc: Doc) -> Doc:
        """Write the spans of the dates, in order. Raises UsageError where the reference is no date."""
        reference = doc.user_data.get(PUBLISHED) or self.reference
        found = find_dates(text_of(doc), reference, undated=self.undated)
        where = ((row.start_char or 0, row.end_char or 0, row.rule or "") for row in found)
        write(doc, GROUP, [stretch_over(doc, start, end, LABEL, rule) for start, end, rule in where])
        return doc


@Language.factory("greffier_dates", default_config={"reference": None, "undated": False})
def create(nlp: Language, name: str, reference: str | None, undated: bool) -> Dates:
    """The component, for `nlp.add_pipe("greffier_dates")`."""
    return Dates(reference, undated)

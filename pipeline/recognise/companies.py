"""Companies by the office that is tied to them: « PDG | de | Valmy Énergie »."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from spacy.tokens import Doc, Span

from pipeline.lexicon import linkers, rows
from pipeline.recognise.stretches import stretches

RULE = "org-of-office"
_NAME = re.compile(r"[A-ZÀ-ÝĐ][\w'’&.-]*(?:[ ](?:&[ ])?[A-ZÀ-ÝĐ0-9][\w'’&-]*)*")


class Companies:
    """Adds to `doc.spans["organisations"]` what an office of business in `doc.spans["roles"]` is of: label ORG."""

    def __init__(self) -> None:
        business = (e for e in rows("roles") if e["category"] == "business" and e["takes"] == "organisation")
        self.offices = {entry["role_id"] for entry in business}
        self.link = re.compile(rf"[ \n](?:{linkers('of', note='bare')})(?:(?<=')|[ \n])")

    def __call__(self, doc: Doc, text: str, view: str, known: Container[int]) -> Doc:
        """Find the companies of `doc`, whose text and folded text are given; nothing of `known` offsets is one."""
        named = list(self._named(doc, text, view, known))
        bodies = stretches(doc, "organisations") if named else ()
        taken = {at for body in bodies for at in range(body.start, body.end)}
        new = [span for span in named if taken.isdisjoint(range(span.start, span.end))]
        if new:
            doc.spans["organisations"] = sorted([*(b.span for b in bodies), *new], key=lambda span: span.start)
        return doc

    def _named(self, doc: Doc, text: str, view: str, known: Container[int]) -> Iterator[Span]:
        for role in stretches(doc, "roles"):
            link = self.link.match(view, role.end_char) if role.key in self.offices else None
            name = _NAME.match(text, link.end()) if link and link.end() not in known else None
            span = doc.char_span(*name.span(), label="ORG", span_id=RULE) if name else None
            if span is not None:
                yield span

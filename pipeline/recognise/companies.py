"""Companies by the office that is tied to them: « PDG | de | Valmy Énergie »."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from spacy.tokens import Doc

from pipeline.lexicon import linkers, rows
from pipeline.recognise.stretches import Stretch, stretch, stretches, write
from pipeline.recognise.text import words_of

RULE = "org-of-office"
_NAME = re.compile(r"[A-ZÀ-ÝĐ][\w'’&.-]*(?:[ ](?:&[ ])?[A-ZÀ-ÝĐ0-9][\w'’&-]*)*")


class Companies:
    """Adds to `doc.spans["organisations"]` what an office of business in `doc.spans["roles"]` is of: label ORG."""

    def __init__(self) -> None:
        business = (e for e in rows("roles") if e["category"] == "business" and e["takes"] == "organisation")
        self.offices = {entry["role_id"] for entry in business}
        self.link = re.compile(rf"[ \n](?:{linkers('of', note='bare')})(?:(?<=')|[ \n])")

    def __call__(self, doc: Doc, known: Container[int]) -> Doc:
        """Find the companies of `doc`; nothing of `known` offsets is one."""
        named = list(self._named(doc, known))
        bodies = stretches(doc, "organisations") if named else ()
        taken = {at for body in bodies for at in range(body.start, body.end)}
        new = [one for one in named if taken.isdisjoint(range(one.start, one.end))]
        if new:
            write(doc, "organisations", sorted([*bodies, *new], key=lambda one: one.start))
        return doc

    def _named(self, doc: Doc, known: Container[int]) -> Iterator[Stretch]:
        words = words_of(doc)
        for role in stretches(doc, "roles"):
            link = self.link.match(words.view, role.end_char) if role.key in self.offices else None
            name = _NAME.match(words.text, link.end()) if link and link.end() not in known else None
            tokens = words.within(*name.span()) if name else None
            if tokens:
                yield stretch(doc, *tokens, "ORG", RULE)

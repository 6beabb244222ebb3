"""The small words between an office and what it is about: words/linkers.csv."""

from __future__ import annotations

from pipeline.lexicon.fold import fold
from pipeline.lexicon.lists import rows
from pipeline.lexicon.rules import alternatives


def linkers(value: str | None = None, *, note: str | None = None) -> str:
    """A pattern for the linkers of a value, with a note; for all where none is given.

    `linkers("of", note="definite")` is « du », « de la » …
    """
    found = (entry for entry in rows("linkers") if value in (None, entry["value"]))
    return alternatives(fold(e["form"]) for e in found if note is None or note in e["note"].split("|"))

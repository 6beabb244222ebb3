"""Organisations that are of several countries by the area that they are for: « Commission du Mékong »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.lexicon import Terms, fold, linkers, mapping, rows


def is_of_area(name: str) -> bool:
    """Whether an organisation's name says a part of the world, a sea or a river that is of no one country.

    That is so behind some heads only: of a country's own bodies, an area is the concern (« direction de l'Europe »).
    """
    view = fold(name)
    if view.split(" ", 1)[0] not in mapping("area_bodies"):
        return False
    return any(_link().search(view, 0, term.start) for term in _areas().find(view))


def areas() -> Iterator[str]:
    """The names of all areas that are of no one country."""
    for line in (*rows("natural"), *rows("world_regions")):
        if not line["country"] and not line["matching"]:
            yield from filter(None, (line["name"], *line["forms"].split("|")))


@cache
def _areas() -> Terms[bool]:
    return Terms((form, True) for form in areas())


@cache
def _link() -> re.Pattern[str]:
    """What leads from the head of a name to its area, at the end of the words before that."""
    return re.compile(rf"(?<!\w)(?:{linkers('of')}|{linkers('for')})(?:(?<=')|\s)\Z")

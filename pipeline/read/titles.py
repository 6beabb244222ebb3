"""Titles in the metadata of files, which programs fill in as well as people."""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon import fold, rows

_FILE = re.compile(r"[^\s/\\]+\.[a-z]{2,4}|.*[/\\].*", re.IGNORECASE)


def title(said: str | None) -> str | None:
    """The title that metadata say; None for the name of a file, and for what a program writes that knows none."""
    found = " ".join((said or "").replace("\x00", "").split())
    for prefix in _listed("prefix"):
        if fold(found).startswith(prefix):
            found = found[len(prefix) :].strip()
    if not found or _FILE.fullmatch(found) or fold(found).rstrip("0123456789 .") in _listed("none"):
        return None
    return found


@cache
def _listed(value: str) -> frozenset[str]:
    return frozenset(fold(row["form"]) for row in rows("program_titles") if row["value"] == value)

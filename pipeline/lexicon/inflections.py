"""The inflected forms of a line of a word list that has the columns form, feminine, plural, feminine_plural."""

from __future__ import annotations

from collections.abc import Mapping

CELLS = ("form", "feminine", "plural", "feminine_plural")


def inflections(entry: Mapping[str, str]) -> list[str]:
    """All written forms of an entry, each once, the masculine singular first; `|` parts two forms of one cell."""
    forms = (form for cell in CELLS for form in entry.get(cell, "").split("|"))
    return [form for form in dict.fromkeys(forms) if form]

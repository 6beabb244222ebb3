"""Text as the cell of a spreadsheet: what none can hold, and what would be taken for a formula."""

from __future__ import annotations

import re

#: no XML, no editor and no spreadsheet takes these; a lone surrogate is no character at all
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
#: what stands in their place
REPLACEMENT = "\ufffd"
#: the mark before a text that a spreadsheet would take for a formula, and how such texts begin
_GUARD, FORMULA = "'", ("=", "+", "-", "@", "\t", "\r")


def printable(text: str) -> str:
    """`text` without control characters (but tab and line breaks) and lone surrogates: U+FFFD for each."""
    return text if text.isprintable() else UNWRITABLE.sub(REPLACEMENT, text)


def guarded(text: str) -> str:
    """`text` as a cell that no spreadsheet takes for a formula."""
    return _GUARD + text if text.startswith(FORMULA) else text


def unguarded(cell: str) -> str:
    """The text of a cell, without the mark that `guarded` puts before it."""
    return cell[1:] if cell[:1] == _GUARD and cell[1:].startswith(FORMULA) else cell

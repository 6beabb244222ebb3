"""What word processors' formats have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from pipeline.read.published import written_date

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SPACES = re.compile(r"[ \t]*\n[ \t]*")


def joined(blocks: Iterable[str]) -> str:
    """Paragraphs and rows of tables as a text, a blank line between them."""
    return "\n\n".join(text for block in blocks if (text := _SPACES.sub("\n", block).strip()))


def superscript(text: str) -> str:
    """The digits of `text` in superscript, lest they be read with the number before."""
    return text.translate(_RAISED)


def day(moment: datetime | str | None) -> str | None:
    """The day (EDTF) of a moment in the metadata of a file, None where there is none or it makes no sense."""
    if isinstance(moment, datetime):
        return moment.date().isoformat() if moment.year > 1980 else None
    return written_date(moment) if moment else None

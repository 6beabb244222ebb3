"""Words that lost the space between them: a full stop with the next sentence behind it, a title with its name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.lexicon import rows

_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_WORD = rf"{_UPPER}[^\W\d_A-ZÀ-ÖØ-Þ]"
_STOP = rf"(?<={_UPPER}{_UPPER})\.(?={_WORD})|(?<=[0-9][0-9])\.(?={_WORD})"
_DASH = r"""(?<=[\w)»"”][\w)»"”]\.)[-–—]$"""


def infixes() -> str:
    """A pattern of what parts a token inside: the stop of « AFP.Avant », the end of the title in « M.Tran »."""
    return "|".join([_STOP, *_behind_titles()])


def suffixes() -> str:
    """A pattern of what parts a token at its end: the dash of « Hanoï.- Le »."""
    return _DASH


def _behind_titles() -> Iterator[str]:
    """A pattern of no width behind each title with a stop at its end."""
    titles = sorted({entry["form"] for entry in rows("titles") if entry["form"].endswith(".")})
    yield from (rf"(?<=^{re.escape(title)})(?={_WORD})" for title in titles if " " not in title)

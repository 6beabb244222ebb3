"""Words that lost the space between them: a stop and the next sentence, a title and its name, « leministre »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.lexicon import rows
from pipeline.lexicon.inflections import inflections

_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_WORD = rf"{_UPPER}[^\W\d_A-ZÀ-ÖØ-Þ]"
_STOP = rf"(?<={_UPPER}{_UPPER})\.(?={_WORD})|(?<=[0-9][0-9])\.(?={_WORD})"
_DASH = r"""(?<=[\w)»"”][\w)»"”]\.)[-–—]$"""

_SHORTEST = 6  #: letters of an office that is looked for behind an article


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


@cache
def article() -> re.Pattern[str]:
    """What leads an office or rank that lost its space, in lower case: `le` of « leministre »."""
    offices = (entry for entry in rows("roles") if entry["nature"] in ("office", "rank"))
    heads = {form for entry in offices for form in inflections(entry) if len(form) >= _SHORTEST and form.isalpha()}
    articles = "|".join(rf"{form}(?<![\w'’-]{form})" for form in sorted(row["form"] for row in rows("glued_articles")))
    return re.compile(rf"(?:{articles})(?=(?:{'|'.join(sorted(heads))})(?!\w))")

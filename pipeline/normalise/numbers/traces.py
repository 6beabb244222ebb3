"""Where amounts may stand: figures, words and signs. Each amount that measures something begins and ends with one."""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon import Terms, mapping
from pipeline.normalise.numbers.amounts import amount_rules

_ARTICLE = "1"  #: the value of a number word that is an article as well
_LINK = len(" et ")  #: characters between two words of a number


def number_traces(view: str) -> list[tuple[int, int]]:
    """Offsets of figures, signs of currencies and number words in `view`, a folded text, in their order.

    A sign and the figures behind it are one. An article is none, but behind another word (« vingt et un »), or before
    a word or sign that multiplies it: « un million », « un M€ ».
    """
    found = [match.span() for match in _figures().finditer(view)]
    last = -_LINK
    for start, end, article in _words().find(view):
        if not article or start - last <= _LINK or scaled(view, end) > end:
            found.append((start, end))
        last = end
    return sorted(found)


def scaled(view: str, end: int) -> int:
    """Where the word or sign ends that multiplies a number which ends at `end`; `end` where there is none."""
    scale = amount_rules()["scale"].regex.match(view, end)
    return scale.end() if scale else end


@cache
def _figures() -> re.Pattern[str]:
    """Figures, or the last character of a sign of a currency, with the figures behind it."""
    signs = "".join(sorted({sign[-1] for sign in mapping("currency_signs")}))
    return re.compile(rf"[\d{re.escape(signs)}]\d*")


@cache
def _words() -> Terms[bool]:
    """All words of numbers, and whether each is an article."""
    articles = {form for form, value in mapping("cardinals").items() if value == _ARTICLE}
    names = ("number_words", "collectives", "amount_scales")
    return Terms((form, form in articles) for name in names for form in mapping(name))

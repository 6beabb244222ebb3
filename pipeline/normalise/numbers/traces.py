"""Where amounts may stand: figures, words and signs of which each amount that measures something holds one."""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon import Terms, mapping
from pipeline.normalise.numbers.amounts import amount_rules

_ARTICLE = "1"  #: the value of a number word that is an article as well


def number_traces(view: str) -> list[tuple[int, int]]:
    """Offsets of figures, signs of currencies and number words in `view`, a folded text, in their order.

    An article is none, but before a word or sign that multiplies it: « un million », « un M€ ».
    """
    found = [match.span() for match in _signs().finditer(view)]
    scale = amount_rules()["scale"].regex.match
    found += [(start, end) for start, end, article in _words().find(view) if not article or scale(view, end)]
    return sorted(found)


@cache
def _signs() -> re.Pattern[str]:
    return re.compile(rf"\d+|{'|'.join(map(re.escape, mapping('currency_signs')))}")


@cache
def _words() -> Terms[bool]:
    """All words of numbers, and whether each is an article."""
    articles = {form for form, value in mapping("cardinals").items() if value == _ARTICLE}
    names = ("number_words", "collectives", "amount_scales")
    return Terms((form, form in articles) for name in names for form in mapping(name))

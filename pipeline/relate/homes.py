"""The country that a document is about, or from: the one of the offices whose country it need not say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

from pipeline.lexicon import Terms, alternatives, mapping, pattern, sieve
from pipeline.records import Annotated, Mention
from pipeline.relate.clauses import PLACES, behind, country, holder_rule, is_state, offset, view_of

_MAIN = 0.35  #: share of the evidence from which on a document is about a country
_AHEAD = 1.5  #: or so many times as much as for the next one
_ENOUGH = 3  #: so much evidence is needed
_ALONE = 2  #: or so much for one country and nothing for another
_MARK = 4  #: characters behind a town that show a dateline
_OPENING = 400  #: characters of a document in which its dateline and its agency stand
#: what says more than the name of a country, which may be any partner's: a town, the town of the dateline
_TOWN, _DATELINE = 1, 2
#: so many times as often as the next one the other country of a document is named
_CLEAR = 2

Evidence = Counter[str | None]


@lru_cache(1)  # officials and counts ask for that of the document in hand
def countries(annotated: Annotated) -> Evidence:
    """How often places and nationalities of each country are mentioned."""
    named = [country(m) for m in annotated.mentions if m.label in PLACES]
    return Counter([code for code in named if code])


@lru_cache(1)
def home_of(annotated: Annotated) -> str | None:
    """The country that a document is about, ISO 3166-1 alpha-2; None where too little says so.

    The one that the title names first, and the one that the text behind it does, count once more.
    """
    view = view_of(annotated)
    if agency := _agencies().search(view, 0, _OPENING):
        return mapping("news_agencies")[" ".join(agency[1].split())]
    found = Evidence(term.value for term in _home_words().find(view))
    title, first = view.find("\n"), dict[bool, str]()
    for mention in annotated.mentions:
        if mention.label in PLACES and (code := country(mention)):
            found[code] += _weight(view, mention)
            first.setdefault(offset(mention) < title, code)
    found.update(o.country for m in annotated.mentions if m.label == "ORG" for o in m.value or () if o.country)
    return _main(found, first.values())


def embassy(annotated: Annotated) -> str | None:
    """The country of the embassy that a document is of, told at its head: « Communiqué de l'Ambassade d'Haïti »."""
    view = view_of(annotated)
    if not sieve("scenes", "issuer").passing(view[:_OPENING]):
        return None
    heads = (m for m in annotated.mentions if m.label == "LOC" and offset(m) < _OPENING)
    return next((country(m) for m in heads if pattern("scenes", "issuer").search(view[: offset(m)])), None)


def partner(named: Evidence, home: str | None) -> str | None:
    """The country beside `home` that a document of two countries is about; None where it is of more, or of one.

    `named` is what `countries` gives.
    """
    others = (named - Counter({home: named[home]})).most_common(2)
    clear = home and others and (len(others) == 1 or others[0][1] >= _CLEAR * others[1][1])
    return others[0][0] if clear else None


def _weight(view: str, mention: Mention) -> int:
    """What a place or a nationality says of where a document is at home; `view` is the folded text."""
    if mention.label != "LOC" or is_state(mention):
        return 1
    opens = 0 < offset(mention) < _OPENING and view[offset(mention) - 1] == "\n"
    dateline = opens and holder_rule("dateline").match(view[behind(mention) : behind(mention) + _MARK])
    return _TOWN + (_DATELINE if dateline else 0)


@cache
def _home_words() -> Terms[str]:
    """Words that one country alone has -> the country."""
    return Terms(mapping("home_words").items())


@cache
def _agencies() -> re.Pattern[str]:
    """An agency where the head of a dispatch has it, on the folded text."""
    return re.compile(rf"[(/-][ ]?({alternatives(mapping('news_agencies'))})(?=[)/, -])")


def _main(found: Evidence, first: Iterable[str]) -> str | None:
    """The country of most of the evidence, by a margin; None of too little. Those named `first` count once more."""
    enough = found.total() >= _ENOUGH if len(found) > 1 else found.total() >= _ALONE
    if not enough:
        return None
    weighed = found + Evidence(first)
    (code, most), *others = weighed.most_common(2)
    next_ = others[0][1] if others else 0
    return code if most >= min(_MAIN * weighed.total(), _AHEAD * next_) else None

"""What stands between an office and the comma before its holder, and no list knows: « (chef du bureau) hôte , ».

Words are those of gaps.TOKEN: folded, punctuation by itself.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon import alternatives, fold, mapping, rows, single_words
from pipeline.lexicon.inflections import inflections
from pipeline.records import Mention
from pipeline.relate.clauses import Sentence, behind, offset
from pipeline.relate.gaps import ARTICLES, COMPLEMENT, is_nominal

_NOUNS = 6  #: words of a complement that no list knows


def behind_complement(words: list[str], *, goes_on: bool) -> list[str]:
    """The words from the comma on, where a few nouns before it say what an office is of: « de la tribu hôte , ».

    Where the office has a complement that `goes_on`, also an adjective of it: « (maire de la ville) | hôte , ».
    """
    noun = words.index(",") if "," in words else 0
    if not 0 < noun <= _NOUNS or not _leads_on(words[:noun], goes_on=goes_on):
        return words
    nouns = [word for word in words[:noun] if word not in COMPLEMENT and word not in _links()]
    letters = all(word.replace("-", "").isalpha() for word in nouns)
    return words[noun:] if letters and is_nominal(nouns) else words


def without_trade(sentence: Sentence, role: Mention, person: Mention, words: list[str]) -> list[str]:
    """The words without a trade that no list knows: « la patronne du comité, | l'ex-nageuse | X, a … ».

    The article of the trade has the gender of the office's, and no other member of a list follows the name.
    """
    former = words[-2:-1] and words[-2] in _former()
    words = [*words[:-2], words[-1]] if former else words
    if words[-3:-2] != [","] or words[-2] not in ARTICLES or _listed().match(sentence.behind(behind(person))):
        return words
    before = sentence.before(offset(role)).replace("'", "' ").split()[-1:]
    agrees = not {*before, words[-2]} >= {"le", "la"}
    trade = words[-1].replace("-", "").isalpha() and is_nominal(words[-1:])
    return words[:-1] if agrees and trade else words


def _leads_on(nouns: list[str], *, goes_on: bool) -> bool:
    """Whether words can lead a complement on: « de » and its noun, or an adjective with or without that."""
    genitives = single_words("genitives")
    if nouns[0] in genitives:
        return len(nouns) > 1
    return goes_on and (len(nouns) == 1 or (nouns[1] in genitives and nouns[0].endswith(_adjective_ends())))


@cache
def _links() -> frozenset[str]:
    """The words of what leads to a noun that belongs: « de cette », « de leur »."""
    return frozenset(word for line in rows("linkers") if line["value"] == "of" for word in fold(line["form"]).split())


@cache
def _former() -> frozenset[str]:
    """« ancien » and its like, which may stand before a trade."""
    lines = (line for line in rows("role_modifiers") if line["effect"] == "former" and line["position"] == "before")
    return frozenset(fold(form) for line in lines for form in inflections(line))


@cache
def _listed() -> re.Pattern[str]:
    """What leads to another member of a list, behind a name and the comma that closes it."""
    words = [word for name in ("conjunctions", "name_articles", "possessives") for word in mapping(name)]
    return re.compile(rf"\s*(?:,\s*)?(?:{alternatives(words)})(?:(?<=')|(?!\w))")


@cache
def _adjective_ends() -> tuple[str, ...]:
    """What an adjective ends in, the singular or the plural of most words."""
    return (*mapping("adjective_endings"), "s", "x")

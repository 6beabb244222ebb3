"""Whether an office belongs to the name before it: « X, ministre de la Justice », « X a été nommé préfet »."""

from __future__ import annotations

import re

from pipeline.lexicon import fold, mapping, single_words
from pipeline.lexicon.copulas import copula
from pipeline.records import Mention
from pipeline.relate.clauses import Sentence, behind, genitive, offset
from pipeline.relate.gaps import (
    ARTICLES,
    CLOSED,
    FAR,
    PERIOD,
    TOKEN,
    small_words,
    without_asides,
    without_brackets,
    without_served,
    word_before,
)

_OPENING = frozenset(",(-")  #: what an apposition begins with
_LINE_END = re.compile(r"[ ]*,?[ ]*\n[ ]*")


def follows(sentence: Sentence, person: Mention, role: Mention) -> bool:
    """« X, également ministre de la Justice (et garde des Sceaux) », « X est ministre »."""
    if offset(role) < behind(person) or offset(role) - behind(person) > FAR:
        return False
    rest, names = without_served(sentence, behind(person), offset(role))
    if names or _signs(sentence, person, role):
        return not names
    if fold(role.text or "") in mapping("office_verbs"):
        return next((word for word in TOKEN.findall(rest) if word != ","), "") in mapping("relatives")
    chained = any(m.label == "ROLE" for m in sentence.within(behind(person), offset(role)))
    rest = without_asides(without_brackets(rest, ""))
    said = rest.strip(" ,")
    if said and (copula(rest) or copula(said) or copula(_behind_aside(rest, chained=chained))):
        return True
    if chained and copula(_behind_others(rest)):
        return True
    return _is_apposed(sentence, person, role, rest, chained=chained)


def _is_apposed(sentence: Sentence, person: Mention, role: Mention, rest: str, *, chained: bool) -> bool:
    """Whether `rest`, the words between a name and an office, are those of an apposition."""
    words = TOKEN.findall(PERIOD.sub("", rest))
    if not words or words[0] not in _OPENING or words.count(",") > 2:
        return False
    others = set(words).difference(_OPENING, single_words("appositions"))
    if others and not (chained and others <= small_words()):
        return False
    # à Rome avec X, le ministre allemand a parlé
    return chained or words[-1] not in ARTICLES or _closed(sentence, role) or _speaks(sentence, person)


def _signs(sentence: Sentence, person: Mention, role: Mention) -> bool:
    """Whether a name is a line of its own, and the office begins the next one: a signature."""
    if not _LINE_END.fullmatch(sentence.view, behind(person), offset(role)):
        return False
    line = sentence.view.rfind("\n", 0, offset(person)) + 1
    return single_words("titles").issuperset(TOKEN.findall(sentence.view[line : offset(person)]))


def _speaks(sentence: Sentence, person: Mention) -> bool:
    """Whether a name is the subject behind its verb, so that what follows is no other: « a dit X, le chef … »."""
    return mapping("saying_cues").get(word_before(sentence, offset(person))) == ""


def _behind_aside(rest: str, *, chained: bool) -> str:
    """What follows an apposition of small words, whose names are left out of `rest`: « , à la , | est nommé ».

    Of any words where another office stands in it (`chained`), or where it is a clause that another one goes on from:
    « , qui a dirigé la banque et | qui est ».
    """
    clause, _, last = rest.rpartition(" et qui ")
    if clause.lstrip().startswith(", qui "):
        return f"qui {last}"
    aside, comma, main = rest.rpartition(",")
    small = comma and all(word in small_words() or word in (",", "et") for word in TOKEN.findall(aside))
    return main if small or (chained and aside.lstrip().startswith(",")) else ""


def _behind_others(rest: str) -> str:
    """The comma and what follows it behind other offices: « , magistrat | , précédemment |»; nothing behind words."""
    others, comma, last = rest.rpartition(",")
    return f"{comma} {last}" if all(w in small_words() or w in (",", "et") for w in TOKEN.findall(others)) else ""


def _closed(sentence: Sentence, role: Mention) -> bool:
    """Whether an office ends an apposition: punctuation or the end follows, behind what it is of and whom it serves."""
    end = behind(role)
    for mention in sentence.within(end, sentence.end):
        gap = sentence.view[end : offset(mention)] if offset(mention) >= end else "."
        served = mention.label == "ROLE" and genitive(sentence, end, offset(mention))
        known = mention.label in ("ORG", "LOC", "DEMONYM") and all(w in small_words() for w in TOKEN.findall(gap))
        end = behind(mention) if served or known else end
    return end >= sentence.end or CLOSED.match(sentence.view, end) is not None or _relative(sentence, end)


def _relative(sentence: Sentence, at: int) -> bool:
    words = sentence.behind(at).split()
    return bool(words) and words[0] in mapping("relatives")

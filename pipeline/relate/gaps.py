"""What stands between an office and a name, and what may stand there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache, lru_cache

from pipeline.lexicon import alternatives, fold, mapping, rows, single_words
from pipeline.records import Mention
from pipeline.relate.clauses import Sentence, behind, offset

TOKEN = re.compile(r"[\w.-]+'?|[^\w\s]")
CLOSED = re.compile(r"\s*(?:$|[,.;:)(»\"”!?–-]|et\b)|[ ]*\n")
ENDED = re.compile(r"\s*(?:$|[.;:)»\"”!?])")  #: what ends a clause
_BRACKETS = re.compile(r"\([^()]{1,25}\)")
PERIOD = re.compile(r"\d{1,3} ans")
_PLURAL = ("s", "x")
_PAIR = 2  #: commas around what is set apart
_OFFICES = 5_000  #: so many offices as written are remembered
FAR = 160  #: no office stands further from its holder, in characters
#: the small words of a complement
COMPLEMENT = frozenset({"de", "du", "des", "d'", "la", "l'", "le", "et"})
ARTICLES = frozenset({"le", "la", "l'"})


@cache
def then() -> re.Pattern[str]:
    """What says of the office before it that its holder had it then: « le maire d'alors », « son chef, feu X »."""
    return re.compile(rf" (?:{alternatives([*mapping('then_words'), *mapping('late_words')])})(?!\w)")


@cache
def acting() -> re.Pattern[str]:
    """What says behind the organisation of an office that its holder is acting: « de la Banque | par intérim »."""
    lines = (line for line in rows("role_modifiers") if line["effect"] == "acting" and line["form"] == line["plural"])
    return re.compile(rf" (?:{alternatives(fold(line['form']) for line in lines if ' ' in line['form'])})(?!\w)")


def without_terms(words: str) -> str:
    """Words without what they say of how an office is held: « d'alors », « par intérim », « exercée par »."""
    return _terms().sub(" ", words)


@cache
def _terms() -> re.Pattern[str]:
    exercised = rf",? (?:{alternatives(mapping('exercised_by'))})(?!\w)"
    return re.compile("|".join([PERIOD.pattern, then().pattern, acting().pattern, exercised]))


def without_asides(words: str) -> str:
    """Words without what decrees set in commas: « est nommé | , sur sa demande, | juge », « , matricule 12, »."""
    if words.count(",") < _PAIR:
        return words
    return _appointing().sub(" ", _identity().sub("", words))


@cache
def _appointing() -> re.Pattern[str]:
    return re.compile(rf",\s+(?:{alternatives(mapping('appointing_asides'))})(?!\w)[^,]{{0,40}},")


@cache
def _identity() -> re.Pattern[str]:
    return re.compile(rf",\s+(?:{alternatives(mapping('identity_asides'))})(?![^\W\d])[^,]{{0,40}}(?=,)")


def without_brackets(words: str, instead: str = " ") -> str:
    """Words without what stands in brackets."""
    return _BRACKETS.sub(instead, words) if "(" in words else words


@cache
def small_words() -> frozenset[str]:
    """What may stand between an office and a name beside organisations and places."""
    links = [*mapping("linkers"), *mapping("term_links")]
    linkers = (word for form in links for word in form.replace("'", "' ").split())
    return frozenset([*single_words("titles"), *linkers, "le", "la", "l'", "les"])


def word_before(sentence: Sentence, at: int) -> str:
    """The last folded word before an offset that is no small word; empty where there is none."""
    words = (word for word in reversed(TOKEN.findall(sentence.before(at))) if word not in small_words())
    return next(words, "")


def between(
    sentence: Sentence, start: int, end: int, labels: tuple[str, ...], passed: Collection[int] = ()
) -> tuple[str, bool]:
    """The folded words from `start` to `end` without the mentions of `labels`, and whether a name is among all.

    The names at the offsets `passed` are left out, and do not count.
    """
    view, at, parts = sentence.view, start, []
    inside, named = [m for m in sentence.within(start, end) if behind(m) <= end], False
    for mention in inside:
        name = mention.label == "PER" and offset(mention) not in passed
        left_out = mention.label in labels or (mention.label == "PER" and not name)
        named = named or name
        if left_out and offset(mention) >= at:
            parts.append(view[at : offset(mention)])
            at = behind(mention)
    return " ".join([*parts, view[at:end]]), named


def without_served(sentence: Sentence, start: int, end: int) -> tuple[str, bool]:
    """As `between`, without dates, names in brackets and those served: « X, conseiller | du roi Y | et préfet »."""
    inside = [m for m in sentence.within(start, end) if behind(m) <= end]
    served = [behind(m) + 1 for m in inside if m.label == "ROLE" and is_complement(sentence, m)]
    aside = [offset(m) for m in inside if sentence.view[offset(m) - 1] == "(" and sentence.view[behind(m)] == ")"]
    return between(sentence, start, end, ("ORG", "LOC", "DEMONYM", "ROLE", "DATE"), [*served, *aside])


def is_complement(sentence: Sentence, role: Mention) -> bool:
    """Whether an office is a complement: « du président »."""
    before = sentence.before(offset(role)).split()
    return bool(before) and (before[-1] in mapping("genitives") or " ".join(before[-2:]) in mapping("genitives"))


def is_nominal(words: Iterable[str]) -> bool:
    """Whether words can be a complement: no function word, at which one ends, but those that join its nouns."""
    return mapping("function_words").keys().isdisjoint(word for word in words if word not in COMPLEMENT)


def is_plural(role: Mention) -> bool:
    """Whether an office is one of several persons (« les ministres A et B »)."""
    return role.value is not None and _is_plural(role.text or "", role.value.head)


@lru_cache(_OFFICES)
def _is_plural(office: str, head: str) -> bool:
    return fold(office).split()[0].endswith(_PLURAL) and not fold(head).endswith(_PLURAL)

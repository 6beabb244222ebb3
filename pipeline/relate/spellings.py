"""Names of persons as keys: two spellings of one name give the same key, two names do not.

A name is the tuple of its folded words (`("ta", "quang", "khai")`), as identifiers have them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rapidfuzz.distance import JaroWinkler

from pipeline.lexicon import fold, mapping, rows

Name = tuple[str, ...]
#: letters from which on a word is compared by its sound; in a shorter one each letter tells names apart
_LONG = 5
#: letters from which on a word may have one letter more in another transliteration (Tsikhanovskaïa, Tikhanovskaïa)
_VERY_LONG = 10
#: languages whose words are syllables: a letter more or less is another name (Thang, Tang)
_SYLLABIC = frozenset(("vi", "zh", "ko"))
_DOUBLED = re.compile(r"([^\W\d])\1+")
#: as identifiers have them
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_WORD = re.compile(r"[^\W_]+")
_VOWELS = re.compile("[aeiouy]+")


def plain(text: str) -> str:
    """The letters and digits of a name or an identifier, folded: equal where the name gives the identifier."""
    return "".join(filter(str.isalnum, fold(text).translate(_LIGATURES)))


def is_full(name: Name) -> bool:
    """Whether a name says more than a family name or a mononym: two words beside the particles that begin it."""
    if len(name) > 2 and name[0] in mapping("family_first"):
        return True
    first = next((n for n, word in enumerate(name) if word not in _particles()), len(name))
    return len(name) - first > 1 and sum(len(word) > 1 for word in name[first:]) > 1


def letters(name: Name) -> str:
    """The name in one word: `N'Diaye` is `Ndiaye`, `Ming-yu` is `Mingyu`."""
    return "".join(name)


def sound(name: Name) -> str:
    """The name in one word as it sounds, whatever the transliteration: Mohammed and Muhammad are one key."""
    return "".join(_sounds(name))


def near_sounds(name: Name) -> Iterator[str]:
    """The keys of the names that have one letter less in a very long word."""
    sounds = _sounds(name)
    for at, word in enumerate(sounds):
        if len(word) >= _VERY_LONG:
            for n in range(len(word)):
                yield "".join([*sounds[:at], word[:n], word[n + 1 :], *sounds[at + 1 :]])


def skeleton(name: Name) -> str:
    """First letter and consonants of the name as it sounds."""
    heard = sound(name)
    return heard[:1] + _VOWELS.sub("", heard[1:])


def likeness(one: Name, other: Name) -> float:
    """How like two names are as written, 0 to 1: the similarity of Jaro and Winkler."""
    return JaroWinkler.similarity(letters(one), letters(other))


def turned(one: Name, other: Name) -> bool:
    """Whether two names are the same words in the order of another language: family name first or last."""
    rotations = (one[n:] + one[:n] for n in range(1, len(one)))
    return other != one and (other in rotations or other == one[::-1])


def has_family_first(name: Name) -> bool:
    """Whether an end of the name is a family name of a language that puts it first."""
    known = mapping("family_first")
    return name[0] in known or name[-1] in known


def is_syllabic(name: Name) -> bool:
    """Whether the name is of a language in which each letter tells names apart."""
    known = mapping("family_first")
    return known.get(name[0]) in _SYLLABIC or known.get(name[-1]) in _SYLLABIC


@cache
def _particles() -> frozenset[str]:
    return frozenset(word for form in mapping("name_particles") for word in _WORD.findall(form))


@cache
def _sounds(name: Name) -> tuple[str, ...]:
    if is_syllabic(name):
        return name
    words = [name[0], *(_substitute("word", word) for word in name[1:])]
    words[0] = _substitute("word", words[0]) or words[0]
    return tuple(_sound(word, first=n == 0) for n, word in enumerate(words) if word)


def _sound(word: str, *, first: bool) -> str:
    if len(word) < _LONG or _table("word").get(word) == word:
        return word
    heard = _edge("start", word)
    if not first:
        heard = _edge("end", heard)
    heard = _inside().sub(lambda found: _table("inside")[found[0]], heard)
    return _DOUBLED.sub(r"\1", heard)


def _substitute(where: str, word: str) -> str:
    return _table(where).get(word, word)


def _edge(where: str, word: str) -> str:
    """The word with the longest form of the table at its start or end put in another spelling."""
    at_start = where == "start"
    fits = word.startswith if at_start else word.endswith
    form = max((form for form in _table(where) if fits(form)), key=len, default="")
    if not form:
        return word
    value = _table(where)[form]
    return value + word[len(form) :] if at_start else word[: -len(form)] + value


@cache
def _table(where: str) -> dict[str, str]:
    return {line["form"]: line["value"] for line in rows("transliterations") if line["where"] == where}


@cache
def _inside() -> re.Pattern[str]:
    forms = sorted(_table("inside"), key=lambda form: (-len(form), form))
    return re.compile("|".join(map(re.escape, forms)))

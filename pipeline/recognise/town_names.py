"""Names of the index of towns in a text, and what stands in front of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipeline.lexicon.gazetteer import Town, begins_towns, has_town, longest_towns, town_form, town_word, towns
from pipeline.recognise.place_cues import Cues

LONGEST = 7  #: words in the longest name that is looked for
_FORMS = 5_000  #: so many names are remembered with the condition under which they are a town's
#: a word with a capital, perhaps: of letters, but for those two that fold to apostrophes. What is before its first one
#: is looked at behind it: Python is fast in looking for a letter
_CAPITALISED = re.compile(r"[^\W\d_a-zß-öø-ÿʹʼ](?<![^\W\d_ʹʼ].)[^\W\d_ʹʼ]*")
_WORD = re.compile(r"[^\W\d_]+")
_GAPS = frozenset(" '’ʼ‑.-\n")  #: what stands between two words of a name
_ARTICLE = re.compile(r"(?<![^\W_])(?:l[ae]s?[ ]|l')\Z")
_ARTICLES = ("la ", "le ", "las ", "les ", "l'")


class Name(NamedTuple):
    """A name found: offsets, form in the index, and the towns that go by it, the biggest first."""

    start: int
    end: int
    form: str
    towns: tuple[Town, ...]
    matching: str  #: the condition under which it is a town's; `known` where one of the towns needs none
    said: frozenset[str]  #: what the words in front say
    person: bool  #: whether they show that it is part of a person's name


def names(text: str, view: str, cues: Cues) -> Iterator[Name]:
    """All names of towns that begin at a capital, or at `le`, `la`, `les` in front; at each place the longest first."""
    for start, end, form in _forms(text, view):
        said = cues.before(view, start)
        yield Name(start, end, form, towns(form), _matching(form), said, cues.in_person(text, said, start))


@lru_cache(_FORMS)
def _matching(form: str) -> str:
    given = [town.matching for town in towns(form)]
    return "known" if {"known", "large"} & set(given) else given[0]


def _forms(text: str, view: str) -> Iterator[tuple[int, int, str]]:
    longest = longest_towns()
    for capitalised in _CAPITALISED.finditer(text):
        start, end = capitalised.span()
        most = longest.get(view[start:end])
        if most is None or not text[start].isupper():
            continue
        before = view[max(0, start - 4) : start]
        article = _ARTICLE.search(before) if before.endswith(_ARTICLES) else None
        for behind, form in reversed(_read(text, view, start, end, min(LONGEST, most))):
            if article and has_town(full := f"{town_form(article[0])} {form}"):
                yield start - len(article[0]), behind, full
            if has_town(form):
                yield start, behind, form


def _read(text: str, view: str, start: int, end: int, longest: int) -> list[tuple[int, str]]:
    """Where a name that begins with a word may end, and its form: one space, hyphen … is between its words."""
    form = town_word(view[start:end])
    read = [(end, form)]
    while len(read) < longest and text[end : end + 1] in _GAPS and (following := _WORD.match(view, end + 1)):
        form, end = f"{form} {town_word(following[0])}", following.end()
        if len(read) == 1 and not begins_towns(form):
            break
        read.append((end, form))
    return read

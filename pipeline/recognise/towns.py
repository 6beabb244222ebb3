"""Towns in a text, by the index of towns and by the words around each name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from pipeline.lexicon.gazetteer import Town, has_town, longest_town, name_form, senses, town_form, towns
from pipeline.recognise.place_cues import REACH, Cues

LONGEST = 7  #: words in the longest name that is looked for
UNLIKELY = 40  #: a town this many times smaller than its namesake needs its country in parentheses
SIZABLE = 20_000  #: inhabitants of a town that needs no cue in a text that names its country
SHORT = 3  #: letters of a name that needs one all the same
ACRONYM = 5  #: letters of a name in capitals that may be an acronym
_WORD = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"[ '’ʼ‑.-]|\n(?!\n)")
_ARTICLE = re.compile(r"(?<![^\W_])(?:l[ae]s?[ ]|l')\Z")
_DATELINE = re.compile(r"[ ]*(?:[,(–—]|-[- ])")
_PARENTHESIS = re.compile(r"[ ]?\(")
_JOINED = re.compile(r"-([^\W\d_]+)")
_JOINS = re.compile(r"([^\W\d_]+)-\Z")


class Found(NamedTuple):
    """A place found in a text: offsets, key (empty for what only looks like a place), country, LOC or DEMONYM."""

    start: int
    end: int
    key: str
    country: str = ""
    label: str = "LOC"


class Name(NamedTuple):
    """A name found: offsets, form in the index, and the towns that go by it, the biggest first."""

    start: int
    end: int
    form: str
    towns: tuple[Town, ...]

    @property
    def matching(self) -> str:
        """The condition under which the name is a town's; `known` where one of the towns needs none."""
        given = [town.matching for town in self.towns]
        return "known" if {"known", "large"} & set(given) else given[0]


def names(text: str, view: str) -> Iterator[Name]:
    """All names of towns that begin at a capital, or at `le`, `la`, `les` in front; at each place the longest first."""
    words = [(m.start(), m.end()) for m in _WORD.finditer(view)]
    for first, (start, end) in enumerate(words):
        if text[start].isupper() and (longest := longest_town(view[start:end])):
            yield from _at(text, view, words[first : first + min(LONGEST, longest)])


def _at(text: str, view: str, words: list[tuple[int, int]]) -> Iterator[Name]:
    start = words[0][0]
    article = _ARTICLE.search(view[max(0, start - 4) : start])
    for end in reversed(list(_ends(text, words))):
        form = town_form(text[start:end])
        if article and has_town(full := f"{town_form(article[0])} {form}"):
            yield Name(start - len(article[0]), end, full, towns(full))
        if has_town(form):
            yield Name(start, end, form, towns(form))


def _ends(text: str, words: list[tuple[int, int]]) -> Iterator[int]:
    """Where a name that begins with the first word may end: a space, hyphen or apostrophe is between its words."""
    yield words[0][1]
    for (_, before), (start, end) in pairwise(words):
        if not _GAP.fullmatch(text, before, start):
            return
        yield end


def choose(known: tuple[Town, ...], country: str | None, evidence: Counter[str]) -> Town:
    """One of several towns of a name: that in `country`, which stands behind it in parentheses, else the biggest.

    Among those that French texts name, or else among the bigger ones, one in a country of the text comes first.
    """
    if country and (there := [town for town in known if town.country == country]):
        return there[0]
    famous = [town for town in known if town.matching == "known"] or list(known)
    likely = [town for town in famous if int(town.population) * UNLIKELY >= int(famous[0].population)]
    return max(likely, key=lambda town: (evidence[town.country] > 0, int(town.population)))


class Towns:
    """Tells which names of towns in a text are meant as towns, and which town each is."""

    def __init__(self, cues: Cues) -> None:
        self.cues = cues

    def find(self, text: str, view: str, evidence: Counter[str], countries: Mapping[int, str]) -> list[Found]:
        """The towns of a text. `evidence` counts its countries; `countries` has that of the place at each offset.

        A name that stands alone as a person's, or after a given name, needs a clear word in front everywhere; one that
        is a town in one place is so wherever nothing speaks against it.
        """
        candidates = [name for name in names(text, view) if not self._inside(text, view, name)]
        persons = {n.form for n in candidates if n.matching != "known" and self.cues.in_person(text, view, n.start)}
        free = [name for name in candidates if not self._blocked(text, view, name)]
        sure = {n.form for n in free if n.form not in persons and self._clear(text, view, n, evidence, countries)}
        found: list[Found] = []
        for name in free:
            cued = self._cued(view, name)
            if cued or (name.form in sure and name.form not in persons) or self._listed(view, name, found, persons):
                town = choose(name.towns, self._country(text, name, countries), evidence)
                found.append(Found(name.start, name.end, town.key, town.country))
        return found

    def _country(self, text: str, name: Name, countries: Mapping[int, str]) -> str | None:
        """The country that stands behind a name, itself or as a province: « (Cuba) », « , dans la Drôme »."""
        opened = _PARENTHESIS.match(text, name.end)
        return countries.get(opened.end() if opened else self.cues.around(text, name.end))

    def _cued(self, view: str, name: Name) -> bool:
        """Whether the words in front say that the name is a town's."""
        said = self.cues.before(view, name.start)
        asked = {"at": {"at", "city"}, "article": {"article"}}.get(name.matching, {"at", "in", "town", "area"})
        return bool(said & asked) and (name.matching == "article" or "article" not in said)

    def _clear(self, text: str, view: str, name: Name, evidence: Counter[str], countries: Mapping[int, str]) -> bool:
        """Whether it is a town by the words in front, its fame, a country in parentheses or of the text, a dateline."""
        if name.matching == "known" or self._cued(view, name):
            return True
        if self._country(text, name, countries) in {town.country for town in name.towns}:
            return True
        if name.matching:
            return False
        there = [town for town in name.towns if evidence[town.country]]
        if there and "of" in self.cues.before(view, name.start):
            return True
        sizable = any(int(town.population) >= SIZABLE for town in there) and len(name.form) > SHORT
        return sizable or self._dateline(text, name)

    def _listed(self, view: str, name: Name, found: list[Found], persons: set[str]) -> bool:
        """Whether the name goes on a list of towns: « Kidira, Bakel et Kayes »."""
        if name.matching or name.form in persons or not found or found[-1].end > name.start:
            return False
        gap = view[found[-1].end : name.start]
        return gap == ", " or "and" in self.cues.words.get(gap.strip(" \n"), frozenset())

    @staticmethod
    def _dateline(text: str, name: Name) -> bool:
        """Whether the name opens a line and a dash, comma or parenthesis follows: « Thiès, 3 juil »."""
        before = text[max(0, name.start - REACH) : name.start].rstrip(" ")
        return (not before or before.endswith("\n")) and _DATELINE.match(text, name.end) is not None

    def _blocked(self, text: str, view: str, name: Name) -> bool:
        """Whether the words beside the name show that it is part of another name."""
        said = self.cues.before(view, name.start)
        if "street" in said or ("article" in said and name.matching != "article"):
            return True
        if text[name.start].islower() and name.matching != "known":
            return True
        word = text[name.start : name.end]
        if word.isupper() and len(word) <= ACRONYM and name.matching != "known" and not self._dateline(text, name):
            return True
        if self.cues.goes_on(text, name.end) and not (name.matching == "known" and said & {"at", "in", "town"}):
            return True
        return self.cues.in_person(text, view, name.start)

    def _inside(self, text: str, view: str, name: Name) -> bool:
        """Whether the name is a part of a longer word with hyphens whose other part is no place, « ex » apart."""
        if "-" not in (view[name.start - 1 : name.start], view[name.end : name.end + 1]):
            return False
        parts = [_JOINS.search(view[max(0, name.start - 40) : name.start]), _JOINED.match(view, name.end)]
        return any(part and not _is_place(part[1]) and not self.cues.former(part[1]) for part in parts)


def _is_place(word: str) -> bool:
    """Whether a folded word alone is the name of a country, region … or of a well-known town."""
    return name_form(word) in senses() or any(town.matching in ("known", "large") for town in towns(town_form(word)))

"""Towns in a text, by the index of towns and by the words around each name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from pipeline.lexicon.gazetteer import Town, name_form, senses, town_form, towns
from pipeline.recognise.place_cues import REACH, Cues
from pipeline.recognise.town_names import Name, names

UNLIKELY = 40  #: a town this many times smaller than its namesake needs its country in parentheses
SIZABLE = 20_000  #: inhabitants of a town that needs no cue in a text that names its country
SHORT = 3  #: letters of a name that needs one all the same
ACRONYM = 5  #: letters of a name in capitals that may be an acronym
_SURELY = frozenset(("at", "in", "town"))  #: what says of a well-known name that it is a town's, whatever follows
_PLACED = _SURELY | {"area"}  #: what says it of any name, but for those below
_ASKED = {"at": frozenset(("at", "city")), "article": frozenset(("article",))}
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
        candidates = [name for name in names(text, view, self.cues) if not self._inside(view, name)]
        persons = {name.form for name in candidates if name.person and name.matching != "known"}
        free = [name for name in candidates if not self._blocked(text, name)]
        sure = {name.form for name in free if name.form not in persons and self._clear(text, name, evidence, countries)}
        found: list[Found] = []
        for name in free:
            if _cued(name) or name.form in sure or self._listed(view, name, found, persons):
                town = choose(name.towns, self._country(text, name, countries), evidence)
                found.append(Found(name.start, name.end, town.key, town.country))
        return found

    def _country(self, text: str, name: Name, countries: Mapping[int, str]) -> str | None:
        """The country that stands behind a name, itself or as a province: « (Cuba) », « , dans la Drôme »."""
        opened = _PARENTHESIS.match(text, name.end)
        return countries.get(opened.end() if opened else self.cues.around(text, name.end))

    def _clear(self, text: str, name: Name, evidence: Counter[str], countries: Mapping[int, str]) -> bool:
        """Whether it is a town by the words in front, its fame, a country in parentheses or of the text, a dateline."""
        if name.matching == "known" or _cued(name):
            return True
        if self._country(text, name, countries) in {town.country for town in name.towns}:
            return True
        if name.matching:
            return False
        there = [town for town in name.towns if evidence[town.country]]
        if there and "of" in name.said:
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

    def _blocked(self, text: str, name: Name) -> bool:
        """Whether the words beside the name show that it is part of another name."""
        said = name.said
        if "street" in said or ("article" in said and name.matching != "article"):
            return True
        if text[name.start].islower() and name.matching != "known":
            return True
        word = text[name.start : name.end]
        if word.isupper() and len(word) <= ACRONYM and name.matching != "known" and not self._dateline(text, name):
            return True
        if name.person:
            return True
        return self.cues.goes_on(text, name.end) and not (name.matching == "known" and said & _SURELY)

    def _inside(self, view: str, name: Name) -> bool:
        """Whether the name is a part of a longer word with hyphens whose other part is no place, « ex » apart."""
        if "-" not in (view[name.start - 1 : name.start], view[name.end : name.end + 1]):
            return False
        parts = [_JOINS.search(view[max(0, name.start - 40) : name.start]), _JOINED.match(view, name.end)]
        return any(part and not _is_place(part[1]) and not self.cues.former(part[1]) for part in parts)


def _cued(name: Name) -> bool:
    """Whether the words in front say that the name is a town's."""
    if name.said.isdisjoint(_ASKED.get(name.matching, _PLACED)):
        return False
    return name.matching == "article" or "article" not in name.said


def _is_place(word: str) -> bool:
    """Whether a folded word alone is the name of a country, region … or of a well-known town."""
    return name_form(word) in senses() or any(town.matching in ("known", "large") for town in towns(town_form(word)))

"""The component greffier_places: countries, regions, towns, seas … (LOC) and nationalities (DEMONYM).

It writes `doc.spans["places"]`. A span's `id_` is the key of the gazetteer (`country:VN`, `city:3553478`), for a
DEMONYM `demonym:` and the code of the country (`demonym:VN`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.lexicon import Term, Terms, fold, rows
from pipeline.lexicon.gazetteer import (
    Sense,
    demonyms,
    has_town,
    name_form,
    places,
    regional_demonyms,
    senses,
    town,
    town_form,
)
from pipeline.recognise.place_cues import Cues
from pipeline.recognise.stretches import Stretch, stretch, write
from pipeline.recognise.text import Words, words_of
from pipeline.recognise.towns import Found, Towns

GROUP = "places"
COVER = Sense((), "cover", "")
STRONG = frozenset(("at", "in", "town", "area", "state"))
NO_TOWN = frozenset(("article", "area", "state", "division", "prefecture"))
_AREA = frozenset(("area", "article"))
WITHIN = frozenset(("area", "within"))
NOWHERE: Mapping[int, str] = {}
_ARTICLE = re.compile(r"L[ae]s? |L'")
_JOINS = re.compile(r"([^\W\d_]+)-\Z")
_JOINED = re.compile(r"-([^\W\d_]+)")
_NATION = re.compile(r"-([^\W\d_]+)((?:-[^\W\d_]+)?)")

Names = Term[tuple[Sense, ...]]
_ACRONYM = 15  #: characters of a bracket with a party: « (PS, | Gironde) »
_BRACKETED = re.compile(r"\((?:[^\W\d_a-z][\w-]{0,11},[ \u00a0]?)?\Z")
_FORMS = 10_000  #: so many forms are remembered with the place of their capital
Evidence = Counter[str] | None  #: how often a text names each country; None as long as that is not known


class Named(NamedTuple):
    """A listed name in a text: offsets, what it may mean, what stands in front, and what is left after a first look."""

    start: int
    end: int
    senses: tuple[Sense, ...]
    said: frozenset[str]
    asked: tuple[Sense, ...]  #: the senses whose condition decides
    nation: str  #: the country whose people it may be


class Places:
    """Finds places by the gazetteer and by the words in front of them."""

    def __init__(self) -> None:
        self.cues = Cues()
        self.towns = Towns(self.cues)
        self.regional = regional_demonyms()
        self.demonyms = {**self.regional, **demonyms()}
        self.prefixes = {name_form(line["form"]): line["value"] for line in rows("demonym_prefixes")}
        self.country = {key: line["country"] for key, line in places().items()}
        feminine = {name_form(line["name"]) for line in places().values() if line.get("article") == "la"}
        self.feminine = feminine & set(self.demonyms)  # « la Suisse », but « un Suisse »
        covers = {name_form(line["form"]): (COVER,) for line in rows("place_covers")}
        self.nations = {*self.demonyms, *self.prefixes}
        national: dict[str, tuple[Sense, ...]] = dict.fromkeys(self.nations, ())
        self.terms: Terms[tuple[Sense, ...]] = Terms((national | senses() | covers).items(), together=True)

    def __call__(self, doc: Doc) -> Doc:
        """Write the places of the doc to its span group `places`."""
        words = words_of(doc)
        write(doc, GROUP, _stretches(doc, words, self.find(words.text, words.view)))
        return doc

    def find(self, text: str, view: str | None = None) -> list[Found]:
        """The places and nationalities of a text, in order; they do not overlap. `view` is the text folded."""
        view = fold(text) if view is None else view
        named = [
            self._named(text, view, term) for name in self.terms.find(view) for term in self._written(text, view, name)
        ]
        plain = [found for one in named if (found := self._read(text, one, None))]
        evidence = Counter(found.country for found in plain if found.country)
        towns = self.towns.find(text, view, evidence, {f.start: f.country for f in plain if f.label == "LOC"})
        evidence.update(found.country for found in towns)
        around = {self.cues.around(text, found.end): found.country for found in towns}
        listed = [found for one in named if (found := self._read(text, one, evidence, around))]
        return [self._with_former(text, found) for found in _apart([*listed, *towns]) if found.key]

    def _with_former(self, text: str, found: Found) -> Found:
        """A place with the « ex » that a hyphen ties to it: « ex-Zaïre » is one word."""
        part = _joins(text, found.start) if found.label == "LOC" else None
        former = part is not None and self.cues.former(fold(part[1]))
        return found._replace(start=found.start - len(part[0])) if part and former else found

    def _written(self, text: str, view: str, name: Names) -> list[Names]:
        """A name, or, where its first word lacks the capital, those in the rest of it: « le royaume du Maroc »."""
        rest = view.find(" ", name.start, name.end)
        if rest < 0 or not name.value or any(_capital(text, name, sense) for sense in name.value):
            return [name]
        return [
            term._replace(start=rest + term.start, end=rest + term.end)
            for term in self.terms.find(view[rest : name.end])
        ]

    def _named(self, text: str, view: str, term: Names) -> Named:
        """A term with what the words beside it say."""
        start, end, senses = term
        said = self.cues.before(view, start)
        asked = () if self._is_other(text, view, term, said) else tuple(s for s in senses if _capital(text, term, s))
        nation = self._nation(text, view, term, said) if view[start:end] in self.nations else ""
        return Named(start, end, senses, said | {"at"} if "city" in said else said, asked, nation)

    def _read(self, text: str, one: Named, evidence: Evidence, around: Mapping[int, str] = NOWHERE) -> Found | None:
        """What a name is, if anything; without evidence, only what needs none. `around`: what country names lie in."""
        if COVER in one.senses:
            return Found(one.start, one.end, "")
        if key := self._lies(one, around) or self._place(text, one, evidence):
            return Found(one.start, one.end, key, self._country(key))
        if key := one.nation:
            return Found(one.start, one.end, key.replace("country:", "demonym:"), self.country[key], "DEMONYM")
        return None

    def _lies(self, one: Named, around: Mapping[int, str]) -> str:
        """The region of that name in the country of the town before: « Atlanta, en Géorgie »; or nothing."""
        if one.start not in around:
            return ""
        keys = [key for sense in one.senses for key in sense.keys if key.startswith("region:")]
        return next((key for key in keys if self._country(key) == around[one.start]), "")

    def _place(self, text: str, one: Named, evidence: Evidence) -> str:
        """The key of the place that a name stands for, or nothing."""
        sense = next((sense for sense in one.asked if self._holds(text, one, sense, evidence)), None)
        keys = _namesakes(one, sense) if sense else ()
        if not keys or (len(keys) > 1 and evidence is None):
            return ""
        return max(keys, key=lambda key: self._count(key, evidence)) if len(keys) > 1 else keys[0]

    def _is_other(self, text: str, view: str, term: Names, said: frozenset[str]) -> bool:
        """Whether the words beside a term show that it is no place, or one for the index of towns."""
        if not term.value or self._part_of_name(text, view, term, said) or "street" in said:
            return True
        if "city" in said and self._only_town(text[term.start : term.end], term):
            return True
        return "masculine" in said and view[term.start : term.end] in self.feminine

    @staticmethod
    def _only_town(name: str, term: Names) -> bool:
        """Whether, as a town's, a name is one for the index of towns: « la ville de Québec »."""
        return has_town(town_form(name)) and all(sense.matching != "at" for sense in term.value)

    def _country(self, key: str) -> str:
        """The code of the country of a place, or nothing."""
        kind, _, identifier = key.partition(":")
        return town(identifier).country if kind == "city" else self.country[key]

    def _count(self, key: str, evidence: Evidence) -> int:
        """How often the text names the country of a place."""
        return evidence[self._country(key)] if evidence else 0

    def _holds(self, text: str, one: Named, sense: Sense, evidence: Evidence) -> bool:
        """Whether the condition of a sense is met."""
        match sense.matching:
            case "" | "exact":
                return not sense.matching or text[one.start : one.end] == sense.form
            case "cue":
                return not one.said.isdisjoint(STRONG)
            case "context":
                return any(self._count(key, evidence) for key in sense.keys)
            case "area":
                bracket = max(0, one.start - _ACRONYM)
                return not one.said.isdisjoint(WITHIN) or _BRACKETED.search(text, bracket, one.start) is not None
            case "division" | "prefecture" if evidence is not None and (len(sense.keys) > 1 or "area" in one.said):
                inside = sense.matching in one.said or self._is_area(text, one)
                return inside and any(self._count(key, evidence) for key in sense.keys)
            case _:
                of_town = sense.matching == "at" and sense.keys[0].startswith("city:") and "of" in one.said
                return sense.matching in one.said or (of_town and one.said.isdisjoint(NO_TOWN))

    def _is_area(self, text: str, one: Named) -> bool:
        """Whether the words in front, an article too, say area; « dans le Nord » may be a quarter as well."""
        quarter = "in" in one.said and fold(text[one.start : one.end]) in self.cues.words
        return one.said.issuperset(_AREA) and not quarter

    def _part_of_name(self, text: str, view: str, term: Names, said: frozenset[str]) -> bool:
        """Whether the words beside a name show that it is part of another: « Israël Katz », « Villiers-en-France »."""
        beside = (_joins(text, term.start), _JOINED.match(text, term.end))
        if any(part and part[1].islower() and not self.cues.former(part[1]) for part in beside):
            return True
        if said or " " in view[term.start : term.end]:
            return "title" in said
        return self.cues.goes_on(text, term.end)

    def _nation(self, text: str, view: str, term: Names, said: frozenset[str]) -> str:
        """The country of an adjective or noun of nationality, or of the first part of a compound one; else nothing."""
        word = view[term.start : term.end]
        if word in self.prefixes and word not in self.demonyms:
            return self.prefixes[word] if self._compound(view, term.end) else ""
        if word in self.regional and not text[term.start].islower():
            return ""
        if "language" in said or ("title" in said and text[term.start].isupper()):
            return ""
        return self.demonyms.get(word, "")

    def _compound(self, view: str, end: int) -> bool:
        """Whether a hyphen and another nationality follow, of one word or two (« sud-coréen »)."""
        following = _NATION.match(view, end)
        return following is not None and not self.nations.isdisjoint({following[1], following[1] + following[2]})


def _namesakes(one: Named, sense: Sense) -> tuple[str, ...]:
    """What a name may be in a sense: of « sénateur du Nord », also the subdivisions of other countries."""
    if sense.matching != "area":
        return sense.keys
    others = (other.keys for other in one.asked if other.matching in ("area", "division"))
    return tuple(dict.fromkeys((*sense.keys, *(key for keys in others for key in keys))))


def _joins(text: str, start: int) -> re.Match[str] | None:
    """The word that a hyphen ties to what begins at an offset."""
    return _JOINS.search(text[max(0, start - 40) : start]) if text[start - 1 : start] == "-" else None


def _capital(text: str, term: Names, sense: Sense) -> bool:
    """Whether the text has a capital where the listed form has its first one, behind its article."""
    first = _first_capital(sense.form)
    return first is None or text[term.start + first].isupper()


@lru_cache(_FORMS)
def _first_capital(form: str) -> int | None:
    article = _ARTICLE.match(form)
    begin = article.end() if article else 0
    return next((n for n, char in enumerate(form) if n >= begin and char.isupper()), None)


def _apart(found: Iterable[Found]) -> Iterator[Found]:
    """Those of the found that do not overlap: the leftmost, then the longest, a listed place before a town."""
    taken = 0
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if one.start >= taken:
            yield one
            taken = one.end


def _stretches(doc: Doc, words: Words, found: Iterable[Found]) -> Iterator[Stretch]:
    """The tokens of what was found; a nationality within a word of the tokenizer takes the whole word."""
    for one in found:
        tokens = (words.around if one.label == "DEMONYM" else words.within)(one.start, one.end)
        if tokens:
            yield stretch(doc, *tokens, one.label, one.key)


@Language.factory("greffier_places")
def create(nlp: Language, name: str) -> Places:
    """The component, for `nlp.add_pipe("greffier_places")`."""
    return Places()

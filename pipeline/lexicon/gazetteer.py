"""The gazetteer: places by their names and keys, from the place lists and the index of towns in words/.

A key is `kind:identifier`: `country:VN`, `region:FR-69`, `supra:amerique-latine`, `natural:lac-leman`,
`facility:kremlin`, `city:3553478` (the number in GeoNames).
"""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from pipeline.errors import LexiconError
from pipeline.lexicon.fold import fold
from pipeline.lexicon.inflections import inflections
from pipeline.lexicon.lists import WORDS, rows

#: the lists of places in words/, in the order in which their names count
LISTS = ("countries", "regions", "subdivisions", "world_regions", "natural", "facilities")
#: lists of what those say not: numbers and coordinates
POINTS = ("region_points", "place_points")
#: conditions under which a name is that of any subdivision that bears it, the text decides which
SHARED = frozenset(("division", "prefecture"))
KINDS = {
    "country": "country",
    "region": "region",
    "supra": "supranational",
    "natural": "natural",
    "facility": "facility",
    "city": "city",
}
_SAINTS = {"st": "saint", "ste": "sainte"}
_LONGEST_ARTICLE = 3
_TOWNS = 5_000  #: so many towns are remembered by their number
_TOWN_CELLS = str.maketrans("-'’.", "    ")


class Sense(NamedTuple):
    """What a name may mean: keys, the first of them by default, under the condition `matching`; `form` as listed."""

    keys: tuple[str, ...]
    matching: str
    form: str


class Town(NamedTuple):
    """A line of words/cities.csv: a name that a town goes by, in the form of `town_form`, and the town."""

    form: str
    geonames_id: str
    name: str
    country: str
    latitude: str
    longitude: str
    population: str
    matching: str

    @property
    def key(self) -> str:
        """The key of the town."""
        return f"city:{self.geonames_id}"


def name_form(name: str) -> str:
    """A name as `Terms` compares it."""
    return " ".join(fold(name).split())


def town_form(name: str) -> str:
    """A name as words/cities.csv has it: folded, spaces for hyphens and apostrophes, `saint` for `st`."""
    return " ".join(map(town_word, fold(name).translate(_TOWN_CELLS).split()))


@cache
def places() -> dict[str, dict[str, str]]:
    """{key: line of its list} for all places but towns."""
    points = {line["key"]: line for name in POINTS for line in rows(name)}
    return {line["key"]: line | points.get(line["key"], {}) for name in LISTS for line in rows(name)}


@cache
def wikidata() -> dict[str, str]:
    """{key of a country or world region: its item in Wikidata}."""
    return {line["key"]: line["item"] for line in rows("wikidata")}


@cache
def senses() -> dict[str, tuple[Sense, ...]]:
    """{name in the form of `name_form`: what it may mean}, senses with a condition before those without."""
    found: dict[str, list[Sense]] = {}
    for line in places().values():
        for form in (line["name"], *filter(None, line["forms"].split("|"))):
            _add(found.setdefault(name_form(form), []), Sense((line["key"],), line["matching"], form))
    for line in rows("place_aliases"):
        sense = Sense(tuple(line["value"].split("|")), line["matching"], line["form"])
        known = found.setdefault(name_form(line["form"]), [])
        known[:] = [s for s in known if s.matching != sense.matching or s.form != sense.form] + [sense]
    return {form: tuple(sorted(known, key=lambda s: not s.matching)) for form, known in found.items()}


def _add(known: list[Sense], sense: Sense) -> None:
    """Add a sense of a name; subdivisions of one name are one sense, with regions of that name that need no more."""
    same = [s for s in known if sense.matching in SHARED and s.matching in (sense.matching, "area")]
    if not same:
        known.append(sense)
        return
    keys = tuple(dict.fromkeys(key for s in (*same, sense) for key in s.keys))
    known[:] = [Sense(keys, sense.matching, sense.form)] + [s for s in known if s.matching != sense.matching]


@cache
def _town_lines() -> dict[str, list[str]]:
    """{name in the form of `town_form`: lines of words/cities.csv}, unread: a text needs few of them."""
    path = WORDS / "cities.csv"
    header, *lines = (line for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    if header != ",".join(Town._fields):
        raise LexiconError(f"{path.name}: expected the columns {', '.join(Town._fields)}, got {header}")
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault(line[: line.index(",")], []).append(line)
    return found


@cache
def _numbered() -> dict[str, str]:
    """{number in GeoNames: line of words/cities.csv}."""
    return {line.split(",", 2)[1]: line for lines in _town_lines().values() for line in lines}


def _read(lines: list[str]) -> tuple[Town, ...]:
    return tuple(Town._make(cells) for cells in csv.reader(lines))


@cache
def towns(form: str) -> tuple[Town, ...]:
    """The towns that go by a name in the form of `town_form`, the biggest first; often none."""
    return _read(_town_lines().get(form, []))


def town_word(word: str) -> str:
    """A folded word as names of towns have it in the form of `town_form`."""
    return _SAINTS.get(word, word)


def has_town(form: str) -> bool:
    """Whether a town goes by a name in the form of `town_form`."""
    return form in _town_lines()


def begins_towns(words: str) -> bool:
    """Whether a longer name of a town begins with two words of `town_form`, perhaps behind an article."""
    return words in _beginnings()


@cache
def _beginnings() -> frozenset[str]:
    names = (form.split(" ", 3) for form in _town_lines() if " " in form)
    return frozenset(f"{one} {two}" for words in names for one, two in islice(pairwise(words), 1 + _has_article(words)))


@cache
def longest_towns() -> dict[str, int]:
    """{folded word: how many words the longest name of a town has that begins with it, perhaps behind an article}."""
    found = dict.fromkeys((form for form in _town_lines() if " " not in form), 1)
    for words in (form.split(" ") for form in _town_lines() if " " in form):
        for first in range(1 + _has_article(words)):
            found[words[first]] = max(found.get(words[first], 0), len(words) - first)
    return found | {short: found[word] for short, word in _SAINTS.items()}


def _has_article(words: list[str]) -> bool:
    return len(words[0]) <= _LONGEST_ARTICLE


@lru_cache(_TOWNS)
def town(geonames_id: str) -> Town:
    """The town of a number in GeoNames. Raises KeyError where the index has none."""
    return _read([_numbered()[geonames_id]])[0]


@cache
def regional_demonyms() -> dict[str, str]:
    """{folded adjective of a province or a town: key of the country that it lies in}."""
    return {name_form(form): line["value"] for line in rows("regional_demonyms") for form in inflections(line)}


@cache
def demonyms() -> dict[str, str]:
    """{folded adjective or noun of nationality: key of the country, `country:VN`}."""
    return {name_form(line["form"]): line["value"] for line in reversed(rows("demonyms"))}

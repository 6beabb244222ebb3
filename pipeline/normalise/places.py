"""Keys and names of places -> canonical French name, kind, country, number in GeoNames and coordinates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.lexicon import gazetteer
from pipeline.lexicon.gazetteer import KINDS, Town, name_form, town_form

_KNOWN = "known"  #: matching of a town that its name alone means


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer.

    `country` is an ISO 3166-1 alpha-2 code (also XK, and the withdrawn codes of states that are no more), or None where
    the place lies in no one country. Coordinates are WGS 84 degrees; a country has those of its capital, a region those
    of its biggest town, all else those of a point in it.
    """

    key: str
    name: str
    kind: str
    country: str | None = None
    country_name: str | None = None
    geonames_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    wikidata_id: str | None = None


@cache
def place(key: str) -> Place:
    """The place of a key (`country:VN`, `region:FR-69`, `city:3553478`, also `demonym:VN` for the country).

    Raises KeyError where the gazetteer has no such key.
    """
    kind, _, identifier = key.partition(":")
    if kind == "city":
        return _town(gazetteer.town(identifier))
    line = gazetteer.places()[f"country:{identifier}" if kind == "demonym" else key]
    country = line["country"] or None
    return Place(
        key=line["key"],
        name=line["name"],
        kind=line.get("kind") or KINDS[line["key"].partition(":")[0]],
        country=country,
        country_name=country_name(country) if country else None,
        geonames_id=int(line["geonames_id"]) if line.get("geonames_id") else None,
        latitude=float(line["latitude"]) if line.get("latitude") else None,
        longitude=float(line["longitude"]) if line.get("longitude") else None,
        wikidata_id=gazetteer.wikidata().get(line["key"]),
    )


def lookup(name: str) -> str | None:
    """The key of what a name means on its own, of towns the best known, then the biggest; None for no such name."""
    known = [s for s in gazetteer.senses().get(name_form(name), ()) if s.matching != "exact" or s.form == name]
    free = [key for sense in known for key in sense.keys if sense.matching in ("", "exact")]
    towns = sorted(gazetteer.towns(town_form(name)), key=lambda town: town.matching != _KNOWN)
    named = [town.key for town in towns]
    bound = [key for sense in known for key in sense.keys]
    return next(iter((*free, *named, *bound)), None)


def country_name(code: str) -> str:
    """The French name of a country. Raises KeyError for a code that there is not."""
    return gazetteer.places()[f"country:{code}"]["name"]


def demonym_country(form: str) -> str | None:
    """The code of the country of an adjective or noun of nationality, in any of its forms."""
    key = gazetteer.demonyms().get(name_form(form))
    return key.partition(":")[2] if key else None


def _town(town: Town) -> Place:
    return Place(
        key=town.key,
        name=town.name,
        kind="city",
        country=town.country,
        country_name=country_name(town.country),
        geonames_id=int(town.geonames_id),
        latitude=float(town.latitude),
        longitude=float(town.longitude),
    )

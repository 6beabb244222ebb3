"""Keys and names of places -> canonical French name, kind, country, number in GeoNames and coordinates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.lexicon import gazetteer
from pipeline.lexicon.gazetteer import KINDS, Town, name_form, town_form


@dataclass(frozen=True, slots=True)
class Place:
    """A place: `country` is an ISO 3166-1 alpha-2 code (XK, and withdrawn codes for states that are no more), or None where it lies in no one country; coordinates are WGS 84 degrees, for a country those of its capital."""

    key: str
    name: str
    kind: str
    country: str | None = None
    country_name: str | None = None
    geonames_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None


@cache
def place(key: str) -> Place:
    """The place of a key (`country:VN`, `region:FR-69`, `city:3553478`, also `demonym:VN` for the country).

    Raises KeyError where the gazetteer has no such key.
    """
    kind, _, identifier = key.partition(":")
    if kind == "city":
        return _town(_towns()[identifier])
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
    )


def lookup(name: str) -> str | None:
    """The key of the place that a name stands for on its own, the biggest of several towns; None where there is none."""
    known = gazetteer.senses().get(name_form(name), ())
    for sense in sorted(known, key=lambda s: bool(s.matching)):
        if sense.matching != "exact" or sense.form == name:
            return sense.keys[0]
    named = gazetteer.towns().get(town_form(name), ())
    return named[0].key if named else None


def country_name(code: str) -> str:
    """The French name of a country. Raises KeyError for a code that there is not."""
    return gazetteer.places()[f"country:{code}"]["name"]


def demonym_country(form: str) -> str | None:
    """The code of the country of an adjective or noun of nationality, in any of its forms."""
    key = gazetteer.demonyms().get(name_form(form))
    return key.partition(":")[2] if key else None


@cache
def _towns() -> dict[str, Town]:
    """{number in GeoNames: town}."""
    return {town.geonames_id: town for known in gazetteer.towns().values() for town in known}


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

